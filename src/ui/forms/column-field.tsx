/** One column out of those that are really there; with a guess, the guess and its reason stand in the list. */
import type { ColumnParam } from '../../kind/params.ts';
import { guessTarget } from '../../recipe/target.ts';
import { wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { allowed, useForm } from './form-context.ts';

interface Props {
  param: ColumnParam;
  name: string;
  /** Several nodes are set together and differ here. */
  mixed?: boolean;
  value: string | null;
  onChange: (value: string | null) => void;
  id: string;
  describedBy: string;
}

/** No column is called so. */
const MIXED = '\u0000mixed';

export function ColumnField({ param, name, value, mixed, onChange, id, describedBy }: Props) {
  const t = useText();
  const form = useForm();
  const schema = form.schema(param.filter?.port);
  const columns = (schema?.columns ?? []).filter((c) => allowed(c, param.filter));
  const own = param.auto ? form.guesses[name] : undefined;
  const guess = param.auto && !own && name === 'target' && schema ? guessTarget(schema) : undefined;
  const none = param.auto
    ? own
      ? t('designer.form.guess-column', { column: own })
      : guess
        ? t('designer.form.guessed', { column: guess.column, reason: wordsText(guess.reason) })
        : wordText(param.auto)
    : t(param.optional ? 'designer.form.none' : 'designer.form.choose-column');
  const known = value === null || columns.some((c) => c.name === value);
  return (
    <span className="mr-select-box">
      <select
        id={id}
        aria-describedby={describedBy}
        className="mr-input mr-select"
        value={mixed ? MIXED : (value ?? '')}
        onChange={(event) => event.target.value !== MIXED && onChange(event.target.value || null)}
      >
        {mixed ? <option value={MIXED}>{t('inspect.mixed')}</option> : null}
        <option value="">{none}</option>
        {known || mixed ? null : <option value={value ?? ''}>{t('designer.form.gone', { column: value })}</option>}
        {columns.map((c) => (
          <option key={c.name} value={c.name}>
            {t('designer.form.column-option', { name: c.name, type: t(`designer.type.${c.type}`) })}
          </option>
        ))}
      </select>
    </span>
  );
}
