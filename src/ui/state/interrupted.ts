/** What a run that ended with its tab left undone: the nodes that were under way say so when their pipeline is opened again. */
import type { Backend } from '../../host/protocol.ts';
import type { StepRun } from './run-store.ts';

/** The interrupted steps of the pipeline's newest run, by node; none when that run ended as runs do. */
export async function interruptedSteps(backend: Pick<Backend, 'listRuns'>, pipeline: string): Promise<Record<string, StepRun>> {
  const [newest] = await backend.listRuns(pipeline);
  if (newest?.problem?.code !== 'run.ended-with-tab') return {};
  const under = newest.steps.filter((step) => step.state === 'interrupted');
  return Object.fromEntries(
    under.map(({ node, intent = null, problem }): [string, StepRun] => [
      node,
      { state: 'failed', run: newest.id, intent, problem, notes: [], log: [] },
    ]),
  );
}
