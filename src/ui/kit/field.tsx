/** One labelled setting: label, changed dot and reset, control, help or problem under it. Controls stand in their own files. */
import { type ReactNode, useId } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

interface Props {
  label: string;
  help?: string;
  /** Names that other tools give it; shown on hover with the help. */
  alias?: string;
  /** Small text at the right end of the label line ("log scale"). */
  aside?: string;
  changed?: boolean;
  onReset?: () => void;
  /** Sentence of a problem at this field, and what can be done. */
  problem?: { message: string; severity?: 'error' | 'warning' | 'note'; action?: ReactNode };
  /** Short values may share a line with another field. */
  half?: boolean;
  name?: string;
  children: (ids: { id: string; describedBy: string; invalid: boolean }) => ReactNode;
}

export function Field({ label, help, alias, aside, changed, onReset, problem, half, name, children }: Props) {
  const t = useText();
  const id = useId();
  const describedBy = `${id}-help`;
  const invalid = problem !== undefined && (problem.severity ?? 'error') === 'error';
  return (
    <div className={`mr-field${half ? ' is-half' : ''}${invalid ? ' is-invalid' : ''}`} data-param={name}>
      <div className="mr-field-head">
        <label htmlFor={id} title={[half ? help : '', alias].filter(Boolean).join(' ') || undefined}>
          {label}
        </label>
        {changed ? <span className="mr-changed-dot" title={t('designer.form.changed')} /> : null}
        {aside ? <span className="mr-field-aside">{aside}</span> : null}
        {changed && onReset ? (
          <IconButton icon="reset" label={t('designer.form.reset', { label })} onClick={onReset} className="mr-reset" />
        ) : null}
      </div>
      {children({ id, describedBy, invalid })}
      <div id={describedBy} className="mr-field-foot">
        {problem ? (
          <span className={invalid ? 'mr-field-problem' : 'mr-field-note'}>
            <Icon name={invalid ? 'failed' : 'info'} size={12} /> {problem.message} {problem.action}
          </span>
        ) : (
          <span className={half ? 'mr-hidden' : undefined}>{help}</span>
        )}
      </div>
    </div>
  );
}
