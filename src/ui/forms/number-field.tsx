/** A number: typed (arithmetic allowed), or slid where it has a range; `null` means the app chooses. */
import type { NumberParam, SeedParam } from '../../kind/params.ts';
import { useText } from '../i18n/text.ts';
import { Switch } from '../kit/switch.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { readNumber } from './arithmetic.ts';

interface Props {
  param: NumberParam | SeedParam;
  value: number | null;
  onChange: (value: number | null) => void;
  id: string;
  describedBy: string;
  invalid: boolean;
  label: string;
}

/** Shown as typed: at most 6 significant digits, never an exponent for ordinary sizes. */
const say = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(6))));
const STEPS = 200;

export function NumberField({ param, value, onChange, id, describedBy, invalid, label }: Props) {
  const t = useText();
  const range = param.type === 'seed' ? {} : param;
  const { min, max } = range as NumberParam;
  const commit = (text: string) => {
    const read = readNumber(text);
    if (read === undefined) return;
    const whole = param.type === 'number' ? read : Math.round(read);
    onChange(Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, whole)));
  };
  const auto = param.type !== 'seed' ? param.auto : undefined;
  const tuned = param.type !== 'seed' ? param.tune : undefined;
  const slides = param.type === 'number' && (tuned !== undefined || (min !== undefined && max !== undefined && max - min <= 1));
  const field = (
    <TextInput
      id={id}
      aria-describedby={describedBy}
      invalid={invalid}
      inputMode="decimal"
      suffix={param.unit}
      value={say(value)}
      placeholder={auto}
      onCommit={(text) => (text.trim() === '' && auto ? onChange(null) : commit(text))}
    />
  );
  if (auto && value === null)
    return (
      <div className="mr-auto">
        <Switch id={id} checked onChange={() => onChange(min ?? tuned?.min ?? 1)}>
          {auto}
        </Switch>
      </div>
    );
  if (!slides) return field;
  const low = Math.max(tuned?.min ?? min ?? 0, min ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(tuned?.max ?? max ?? 1, max ?? Number.POSITIVE_INFINITY);
  const log = (param as NumberParam).log && low > 0;
  const place = (v: number) => (log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)) * STEPS;
  const at = (p: number) => (log ? low * (high / low) ** (p / STEPS) : low + ((high - low) * p) / STEPS);
  return (
    <div className="mr-slide">
      <input
        type="range"
        aria-label={t('designer.form.slider', { label })}
        min={0}
        max={STEPS}
        step={1}
        value={Math.max(0, Math.min(STEPS, place(value ?? low)))}
        aria-valuetext={say(value)}
        style={{ '--at': `${Math.max(0, Math.min(100, (place(value ?? low) / STEPS) * 100))}%` } as React.CSSProperties}
        onChange={(event) => onChange(Number(at(Number(event.target.value)).toPrecision(2)))}
      />
      {field}
    </div>
  );
}
