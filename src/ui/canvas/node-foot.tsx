/** The last line of a node face: result and state; what a run would do while a run button is pointed at. */
import type { PlannedStep } from '../../engine/plan-types.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { SparkLine } from '../kit/spark.tsx';
import { type NodeState, StateBadge } from '../kit/state-badge.tsx';
import type { NodeView } from '../state/node-view.ts';
import type { NodeDiff } from '../versions/document-diff.ts';
import { DiffMark } from './compare-layer.tsx';

/** A longer result needs the width of the state's word: success is quiet, so the icon alone stays there. */
const LONG_RESULT = 11;
const isDone = (state: NodeState) => state === 'fresh' || state === 'reused';

/** Part that a node plays in the run that is pointed at. */
export type Part = 'run' | 'check' | 'reuse' | 'stuck' | 'out';
export const partOf = (step: PlannedStep | undefined): Part =>
  step === undefined
    ? 'out'
    : step.state === 'will-run'
      ? 'run'
      : step.state === 'will-check'
        ? 'check'
        : step.state === 'reused'
          ? 'reuse'
          : 'stuck';

interface Props {
  view: NodeView;
  part: Part | undefined;
  /** How long it took last time. */
  ms: number | undefined;
  /** Against an older version. */
  diff: NodeDiff['what'] | undefined;
}
export function NodeFoot({ view, part, ms, diff }: Props) {
  const t = useText();
  const format = useFormat();
  const planned = part === 'run' || part === 'check';
  return (
    <div className="mr-node-foot">
      {view.curve && view.curve.length > 1 ? (
        <SparkLine values={view.curve} />
      ) : (
        <span className="mr-node-result">{planned ? '' : view.result}</span>
      )}
      {diff ? (
        <DiffMark what={diff} />
      ) : planned ? (
        <span className="mr-state mr-part">
          <Icon name={part === 'run' ? 'play' : 'queued'} size={13} />
          <span>
            {t(`canvas.part.${part}`)}
            {ms === undefined ? null : <span className="mr-part-time"> {format.duration(ms)}</span>}
          </span>
        </span>
      ) : part === 'reuse' ? (
        <StateBadge state={view.state === 'pinned' ? 'pinned' : 'reused'} />
      ) : (
        <StateBadge state={view.state} fraction={view.fraction} word={!(isDone(view.state) && view.result.length > LONG_RESULT)} />
      )}
    </div>
  );
}
