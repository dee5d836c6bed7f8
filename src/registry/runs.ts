/** Runs as history: a number for people, the document as it was, and what each step did. Status moves one way only. */
import { type Problem, problem } from '../base/problem.ts';
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

export type RunStep = RunRecord['steps'][number];
const withChanges = (run: RunRecord, changes: ReadonlyMap<string, Partial<RunStep>>): RunStep[] =>
  run.steps.map((step) => ({ ...step, ...changes.get(step.node) }));

/** Changes what is known of steps, by node; a step that the record lacks is ignored. */
export const updateSteps = ({ db }: Registry, id: string, changes: ReadonlyMap<string, Partial<RunStep>>): Promise<void> =>
  write(db, ['runs'], async () => {
    const run = await db.runs.get(id);
    if (run) await db.runs.put({ ...run, steps: withChanges(run, changes) });
  });

/**
 * Moves a run's status if that move is legal, with what is last known of its steps; says whether it moved. Final moves set
 * the end and write an event.
 */
export function moveRun(
  { db, now }: Registry,
  id: string,
  to: RunStatus,
  changes: ReadonlyMap<string, Partial<RunStep>> = new Map(),
  cause?: Problem,
): Promise<boolean> {
  return write(db, ['runs', 'events'], async () => {
    const run = await db.runs.get(id);
    if (!run || !mayMove(run.status, to)) return false;
    const final = MOVES[to].length === 0;
    await db.runs.put({
      ...run,
      status: to,
      steps: withChanges(run, changes),
      ...(final ? { endedAt: now() } : {}),
      ...(cause ? { problem: cause } : {}),
    });
    if (final) await db.events.add({ at: now(), type: 'RunFinished', subject: `runs/${run.number}`, data: { status: to } });
    return true;
  });
}

/** Runs that are not in the trash, newest first. */
export const listRuns = async ({ db }: Registry, pipeline?: string): Promise<RunRecord[]> =>
  (await db.runs.orderBy('number').reverse().toArray()).filter(
    (run) => run.deletedAt === undefined && (pipeline === undefined || run.pipeline === pipeline),
  );

const unfinished = ({ db }: Registry): Promise<RunRecord[]> =>
  db.runs.where('status').anyOf('NotStarted', 'Queued', 'Running', 'NotResponding').toArray();

/** Where the browser has no locks nobody can say whether a run of another session still goes on: it is shown as silent. */
export async function markSilent(registry: Registry): Promise<void> {
  for (const run of await unfinished(registry)) await moveRun(registry, run.id, 'NotResponding');
}

/**
 * Ends each unfinished run as failed as soon as `gone` says that the tab that carried it out is no more; at once where the
 * record names no tab. Steps keep what they had come to: finished, interrupted, not started.
 */
export async function endInterrupted(registry: Registry, gone: (session: string) => Promise<void>): Promise<void> {
  const open = await unfinished(registry);
  await Promise.all(
    open.map(async ({ id, session }) => {
      if (session !== undefined) await gone(session);
      const run = await registry.db.runs.get(id);
      if (run) await interrupt(registry, run);
    }),
  );
}

async function interrupt(registry: Registry, run: RunRecord): Promise<void> {
  const under = run.steps.filter((step) => step.state === 'running');
  const waiting = run.steps.filter((step) => step.state === 'queued');
  if (under.length + waiting.length === 0) {
    await moveRun(registry, run.id, run.steps.some((step) => step.state === 'failed') ? 'Failed' : 'Completed');
    return;
  }
  const finished = run.steps.length - under.length - waiting.length;
  const changes = new Map<string, Partial<RunStep>>([
    ...under.map((step): [string, Partial<RunStep>] => [step.node, { state: 'interrupted', problem: INTERRUPTED(step.node) }]),
    ...waiting.map((step): [string, Partial<RunStep>] => [step.node, { state: 'not-started' }]),
  ]);
  const cause = problem({
    code: 'run.ended-with-tab',
    args: { total: run.steps.length, finished, interrupted: under.length, waiting: waiting.length },
    message: `The tab or the browser was closed during this run: of its ${run.steps.length} steps ${finished} were finished, ${under.length} interrupted and ${waiting.length} not started.`,
    hint: 'Run again; the steps that were finished are reused.',
  });
  await moveRun(registry, run.id, 'Failed', changes, cause);
}

const INTERRUPTED = (node: string): Problem =>
  problem({
    code: 'run.interrupted',
    at: { node },
    message: 'The tab or the browser was closed while this step was under way.',
    hint: 'Run again; the steps that were finished are reused.',
  });
