/** One labelled setting: label, changed dot and reset, control, help or problems under it. Controls stand in their own files. */
import { type ReactNode, useId, useRef } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

export interface FieldProblem {
  /** What is wrong, and what can be done. */
  message: string;
  severity?: 'error' | 'warning' | 'note';
  action?: ReactNode;
}
/** Pixels to the right since the start, how fast (10 with Shift, 0.1 with Alt), and whether the drag has ended. */
export type Scrub = (pixels: number, speed: number, done: boolean) => void;

interface Props {
  label: string;
  help?: string;
  /** What the value can be ("1 to 100"), after the help. */
  facts?: string;
  /** Names that other tools give it. */
  alias?: string;
  /** Small text at the right end of the label line ("log scale"). */
  aside?: string;
  changed?: boolean;
  onReset?: () => void;
  problems?: readonly FieldProblem[];
  /** Short values may share a line with another field. */
  half?: boolean;
  name?: string;
  /** The label can be dragged sideways to change the number. */
  onScrub?: Scrub;
  children: (ids: { id: string; describedBy: string; invalid: boolean }) => ReactNode;
}

/** Other names shown below a field; its tip and the docs have all. */
const MOST_ALIASES = 3;

export function Field({ label, help, facts, alias, aside, changed, onReset, problems = [], half, name, onScrub, children }: Props) {
  const t = useText();
  const id = useId();
  const describedBy = `${id}-help`;
  const invalid = problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const drag = useScrub(onScrub);
  return (
    <div className={`mr-field${half ? ' is-half' : ''}${invalid ? ' is-invalid' : ''}`} data-param={name}>
      <div className="mr-field-head">
        <label htmlFor={id} title={(half ? help : undefined) || undefined} className={onScrub ? 'is-scrub' : undefined} {...drag}>
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
        {problems.map((problem) => {
          const bad = (problem.severity ?? 'error') === 'error';
          return (
            <span key={problem.message} className={bad ? 'mr-field-problem' : 'mr-field-note'}>
              <Icon name={bad ? 'failed' : problem.severity === 'warning' ? 'warning' : 'info'} size={12} /> {problem.message}{' '}
              {problem.action}
            </span>
          );
        })}
        {problems.length === 0 && help ? <span className={half ? 'mr-hidden' : undefined}>{help} </span> : null}
        {facts || alias ? (
          <span className={half ? 'mr-field-facts' : undefined}>
            {facts ? <span>{facts}</span> : null}
            {facts && alias ? ' · ' : null}
            {alias ? <code title={t('designer.form.also', { alias })}>{alias.split(', ', half ? 1 : MOST_ALIASES).join(', ')}</code> : null}
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Nearer than this it is a press, which goes to the field. */
const SLACK_PX = 3;

/** A drag that starts on the label; a press without one stays a press. */
function useScrub(onScrub: Scrub | undefined) {
  const start = useRef<number>(undefined);
  const moved = useRef(false);
  if (!onScrub) return {};
  const speedOf = (event: React.PointerEvent) => (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
  const end = (event: React.PointerEvent, keep: boolean) => {
    if (start.current !== undefined && moved.current) onScrub(keep ? event.clientX - start.current : 0, speedOf(event), true);
    start.current = undefined;
  };
  return {
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = event.clientX;
      moved.current = false;
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (start.current === undefined) return;
      const pixels = event.clientX - start.current;
      moved.current ||= Math.abs(pixels) > SLACK_PX;
      if (moved.current) onScrub(pixels, speedOf(event), false);
    },
    onPointerUp: (event: React.PointerEvent) => end(event, true),
    onPointerCancel: (event: React.PointerEvent) => end(event, false),
    // The press that ends a drag must not put the focus into the field.
    onClick: (event: React.MouseEvent) => moved.current && event.preventDefault(),
  };
}
