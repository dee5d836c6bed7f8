/** A number: typed (arithmetic allowed), stepped by arrow keys, or slid where it has a range; `null` means the app chooses. */
import { useRef, useState } from 'react';
import type { NumberParam, SeedParam } from '../../kind/params.ts';
import { wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Switch } from '../kit/switch.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { readNumber } from './arithmetic.ts';
import { type Remark, readSetting, stepped } from './read-setting.ts';

interface Props {
  param: NumberParam | SeedParam;
  value: number | null;
  onChange: (value: number | null) => void;
  /** While it is slid: shown everywhere, but no change yet. */
  onPreview?: (value: number | undefined) => void;
  /** The nodes that are set together differ here. */
  mixed?: boolean;
  id: string;
  describedBy: string;
  invalid: boolean;
  label: string;
}

/** Shown as typed: at most 6 significant digits, never an exponent for ordinary sizes. */
const say = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(6))));
const STEPS = 200;

export function NumberField({ param, value, onChange, onPreview, mixed, id, describedBy, invalid, label }: Props) {
  const t = useText();
  const [remark, setRemark] = useState<Remark>();
  const range = param.type === 'seed' ? {} : param;
  const { min, max } = range as NumberParam;
  const commit = (text: string) => {
    const read = readSetting(param, text);
    setRemark(read.remark);
    if (read.value !== undefined) onChange(read.value);
  };
  const auto = param.type !== 'seed' && param.auto !== undefined ? wordText(param.auto) : undefined;
  const tuned = param.type !== 'seed' ? param.tune : undefined;
  const field = (
    <TextInput
      id={id}
      aria-describedby={describedBy}
      invalid={invalid || remark?.why === 'not-a-number'}
      inputMode="decimal"
      suffix={param.unit}
      value={mixed ? '' : say(value)}
      placeholder={mixed ? t('inspect.mixed') : auto}
      onCommit={(text) => {
        setRemark(undefined);
        if (text.trim() !== '') commit(text);
        else if (auto) onChange(null);
      }}
      onStep={(text, steps) => {
        const from = readNumber(text) ?? value;
        if (from === null) return undefined;
        const next = stepped(param, from, steps);
        setRemark(undefined);
        onChange(next);
        return say(next);
      }}
    />
  );
  if (auto && value === null && !mixed)
    return (
      <div className="mr-auto">
        <Switch id={id} checked onChange={() => onChange(min ?? tuned?.min ?? 1)}>
          {auto}
        </Switch>
      </div>
    );
  const slides = param.type === 'number' && (tuned !== undefined || (min !== undefined && max !== undefined && max - min <= 1));
  const low = Math.max(tuned?.min ?? min ?? 0, min ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(tuned?.max ?? max ?? 1, max ?? Number.POSITIVE_INFINITY);
  return (
    <div
      className="mr-number"
      onInput={() => setRemark(undefined)}
      onKeyDownCapture={(event) => event.key === 'Escape' && setRemark(undefined)}
    >
      {slides ? (
        <div className="mr-slide">
          <Slider
            label={t('designer.form.slider', { label })}
            value={value ?? low}
            low={low}
            high={high}
            log={(param as NumberParam).log === true && low > 0}
            onChange={(next) => {
              setRemark(undefined);
              onChange(next);
            }}
            onPreview={onPreview}
          />
          {field}
        </div>
      ) : (
        field
      )}
      {remark ? (
        <span role="status" className={`mr-number-remark${remark.why === 'not-a-number' ? ' mr-field-problem' : ''}`}>
          {t(
            `inspect.number.${remark.why}`,
            remark.why === 'not-a-number' ? { text: remark.text } : { typed: say(remark.typed), value: say(remark.value) },
          )}
        </span>
      ) : null}
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  low: number;
  high: number;
  log: boolean;
  onChange: (value: number) => void;
  onPreview: Props['onPreview'];
}

/** A drag of the thumb is one change, made when it ends; keys change at once. */
function Slider({ label, value, low, high, log, onChange, onPreview }: SliderProps) {
  const held = useRef<number>(undefined);
  const dragging = useRef(false);
  const place = (v: number) => (log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)) * STEPS;
  const at = (p: number) => Number((log ? low * (high / low) ** (p / STEPS) : low + ((high - low) * p) / STEPS).toPrecision(2));
  const shown = Math.max(0, Math.min(STEPS, place(value)));
  const finish = () => {
    if (!dragging.current) return;
    dragging.current = false;
    onPreview?.(undefined);
    if (held.current !== undefined) onChange(held.current);
    held.current = undefined;
  };
  return (
    <input
      type="range"
      className="mr-range"
      aria-label={label}
      min={0}
      max={STEPS}
      step={1}
      value={shown}
      aria-valuetext={say(value)}
      style={{ '--at': `${(shown / STEPS) * 100}%` } as React.CSSProperties}
      onPointerDown={() => {
        dragging.current = onPreview !== undefined;
      }}
      onPointerUp={finish}
      onPointerCancel={finish}
      onBlur={finish}
      onChange={(event) => {
        const next = at(Number(event.target.value));
        if (!dragging.current) return onChange(next);
        held.current = next;
        onPreview?.(next);
      }}
    />
  );
}
