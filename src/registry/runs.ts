/** Runs as history: a number for people, the document as it was, and what each step did. Status moves one way only. */
import { problem } from '../base/problem.ts';
import { nextNumber, type Registry, write } from './db.ts';
import type { RunRecord, RunStatus } from './records.ts';

/** Legal moves (reliability D2); the last four of a line are final, but for a silent run that turns out to live or to be dead. */
const MOVES: Record<RunStatus, readonly RunStatus[]> = {
  NotStarted: ['Queued', 'Running', 'Canceled', 'Failed', 'NotResponding'],
  Queued: ['Running', 'Canceled', 'Failed', 'NotResponding'],
  Running: ['Completed', 'Failed', 'Canceled', 'NotResponding'],
  NotResponding: ['Running', 'Completed', 'Failed', 'Canceled'],
  Completed: [],
  Failed: [],
  Canceled: [],
};
export const mayMove = (from: RunStatus, to: RunStatus): boolean => MOVES[from].includes(to);

/** Starts a record; the registry gives the running number. */
export function createRun({ db }: Registry, run: Omit<RunRecord, 'number'>): Promise<RunRecord> {
  return write(db, ['runs', 'keyvalue'], async () => {
    const record = { ...run, number: await nextNumber(db, 'run') };
    await db.runs.add(record);
    return record;
  });
}

type StepChange = Partial<RunRecord['steps'][number]>;
/** Changes what is known of one step; a step that the record lacks is ignored. */
export const updateStep = ({ db }: Registry, id: string, node: string, change: StepChange): Promise<void> =>
  write(db, ['runs'], async () => {
    await db.runs.update(id, (run: RunRecord) => {
      run.steps = run.steps.map((step) => (step.node === node ? { ...step, ...change } : step));
    });
  });

/** Moves a run's status if that move is legal; says whether it moved. Final moves set the end and write an event. */
export function moveRun({ db, now }: Registry, id: string, to: RunStatus): Promise<boolean> {
  return write(db, ['runs', 'events'], async () => {
    const run = await db.runs.get(id);
    if (!run || !mayMove(run.status, to)) return false;
    const final = MOVES[to].length === 0;
    await db.runs.put({ ...run, status: to, ...(final ? { endedAt: now() } : {}) });
    if (final) await db.events.add({ at: now(), type: 'RunFinished', subject: `runs/${run.number}`, data: { status: to } });
    return true;
  });
}

/** Runs that are not in the trash, newest first. */
export const listRuns = async ({ db }: Registry, pipeline?: string): Promise<RunRecord[]> =>
  (await db.runs.orderBy('number').reverse().toArray()).filter(
    (run) => run.deletedAt === undefined && (pipeline === undefined || run.pipeline === pipeline),
  );

/**
 * For the one writer of a workspace, at its start: runs that the last session left unfinished are `NotResponding`. Call
 * `failInterrupted` when it is sure that nothing goes on with them.
 */
export async function markInterrupted(registry: Registry): Promise<RunRecord[]> {
  const open = await registry.db.runs.where('status').anyOf('NotStarted', 'Queued', 'Running').toArray();
  for (const run of open) await moveRun(registry, run.id, 'NotResponding');
  return registry.db.runs.where('status').equals('NotResponding').toArray();
}

/** Ends the silent runs as failed, with the reason at the steps that were under way. */
export async function failInterrupted(registry: Registry): Promise<void> {
  const silent = await registry.db.runs.where('status').equals('NotResponding').toArray();
  for (const run of silent) {
    for (const step of run.steps.filter((one) => one.state === 'running' || one.state === 'queued')) {
      await updateStep(registry, run.id, step.node, {
        state: step.state === 'running' ? 'failed' : 'cancelled',
        problem: problem({
          code: 'run.interrupted',
          at: { node: step.node },
          message: 'The tab or the browser was closed while this step was under way.',
          hint: 'Run again; the steps that were finished are reused.',
        }),
      });
    }
    await moveRun(registry, run.id, 'Failed');
  }
}
