/** Shows the stored result of the settings as they are now, after an undo for example, in place of that of another run. */
import type { PipelineDocument } from '../../engine/document.ts';
import type { PlannedStep } from '../../engine/plan-types.ts';
import type { Backend } from '../../host/protocol.ts';
import type { CheckStore } from './check-store.ts';
import type { Runs, StepRun } from './run-store.ts';

type Reused = PlannedStep & { intent: string };

/** To be called after each check. While something runs nothing is put in its place: the run tells what it reuses. */
export async function takeStored(
  backend: Pick<Backend, 'recall'>,
  checks: CheckStore,
  runs: Runs,
  current: () => PipelineDocument,
): Promise<void> {
  const { steps: plan, of } = checks.getState();
  const { steps: shown } = runs.getState();
  const isOver = () => runs.isRunning() || of !== current() || checks.getState().steps !== plan;
  const wanted = [...plan.values()].filter(
    (step): step is Reused => step.state === 'reused' && !step.pinned && step.intent !== null && shown[step.node]?.intent !== step.intent,
  );
  if (wanted.length === 0 || isOver()) return;
  const found = await backend.recall(
    of!,
    wanted.map(({ node }) => node),
  );
  // Edited or run meanwhile: the next check asks again.
  if (isOver()) return;
  const taken = wanted.flatMap(({ node, intent, reason }): [string, StepRun][] =>
    found[node] ? [[node, { ...found[node], state: 'reused', run: '', intent, reason, log: [] }]] : [],
  );
  if (taken.length > 0) runs.setState(({ steps }) => ({ steps: { ...steps, ...Object.fromEntries(taken) } }));
}
