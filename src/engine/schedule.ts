/** The scheduler as a pure reducer: (state, event) → (state, effects). Time, workers and values are the engine's business. */
export type StepStatus = 'waiting' | 'checking' | 'queued' | 'running' | EndStatus;
export type EndStatus = 'fresh' | 'reused' | 'failed' | 'blocked' | 'cancelled';
export type ScheduleStatus = 'Queued' | 'Running' | 'Completed' | 'Failed' | 'Canceled';

export interface ScheduledStep {
  status: StepStatus;
  /** Steps that must have ended well before this one. */
  parents: readonly string[];
  /** `engine` steps take no worker. */
  lane: 'pool' | 'engine';
  /** Runs only while at most this many workers are busy, itself included. */
  maxWorkers: number;
  /** Blocked from the start: by a step that cannot run. */
  blockedBy?: string;
}
export interface Schedule {
  status: ScheduleStatus;
  /** In execution order. */
  steps: ReadonlyMap<string, ScheduledStep>;
  workers: number;
  /** A step whose failure to end well fails the run even if it was only blocked ("run to here"). */
  goal?: string;
}

export type ScheduleEvent =
  | { type: 'start' }
  /** Answer to `look-up`: is the result known already? */
  | { type: 'looked-up'; node: string; hit: boolean }
  | { type: 'done'; node: string }
  | { type: 'failed'; node: string }
  | { type: 'cancel' };
export type ScheduleEffect =
  | { type: 'look-up'; node: string }
  | { type: 'queue'; node: string; place: number }
  | { type: 'execute'; node: string; lane: 'pool' | 'engine' }
  | { type: 'block'; node: string; by: string }
  | { type: 'abort'; node: string; running: boolean }
  | { type: 'end'; status: 'Completed' | 'Failed' | 'Canceled' };

const ENDED: ReadonlySet<StepStatus> = new Set<StepStatus>(['fresh', 'reused', 'failed', 'blocked', 'cancelled']);
const WELL: ReadonlySet<StepStatus> = new Set<StepStatus>(['fresh', 'reused']);
export const hasEnded = (status: StepStatus): status is EndStatus => ENDED.has(status);

/** Events that no longer fit (a result of a cancelled step) change nothing. */
export function reduce(state: Schedule, event: ScheduleEvent): { state: Schedule; effects: ScheduleEffect[] } {
  const steps = new Map(state.steps);
  const effects: ScheduleEffect[] = [];
  const set = (id: string, status: StepStatus) => void steps.set(id, { ...steps.get(id)!, status });
  const is = (id: string, status: StepStatus) => steps.get(id)?.status === status;
  let status = state.status;

  switch (event.type) {
    case 'start':
      if (status !== 'Queued') return { state, effects };
      status = 'Running';
      break;
    case 'looked-up':
      if (!is(event.node, 'checking')) return { state, effects };
      set(event.node, event.hit ? 'reused' : 'queued');
      break;
    case 'done':
    case 'failed':
      if (!is(event.node, 'running')) return { state, effects };
      set(event.node, event.type === 'done' ? 'fresh' : 'failed');
      break;
    case 'cancel':
      if (status !== 'Queued' && status !== 'Running') return { state, effects };
      for (const [id, step] of state.steps) {
        if (hasEnded(step.status)) continue;
        effects.push({ type: 'abort', node: id, running: step.status === 'running' });
        set(id, 'cancelled');
      }
      effects.push({ type: 'end', status: 'Canceled' });
      return { state: { ...state, steps, status: 'Canceled' }, effects };
  }
  if (status !== 'Running') return { state: { ...state, steps, status }, effects };
  advance({ ...state, steps }, set, effects, event.type === 'looked-up' ? event.node : undefined);
  const all = [...steps.values()];
  if (all.every((step) => hasEnded(step.status))) {
    const missed = state.goal !== undefined && !WELL.has(steps.get(state.goal)?.status ?? 'blocked');
    status = missed || all.some((step) => step.status === 'failed') ? 'Failed' : 'Completed';
    effects.push({ type: 'end', status });
  }
  return { state: { ...state, steps, status }, effects };
}

/** Moves every step as far as it can go now: blocks dependants of failures, asks for results, starts what has a worker. */
function advance(
  state: Schedule & { steps: ReadonlyMap<string, ScheduledStep> },
  set: (id: string, status: StepStatus) => void,
  effects: ScheduleEffect[],
  asked: string | undefined,
): void {
  for (const [id] of state.steps) {
    const step = state.steps.get(id)!;
    if (step.status !== 'waiting') continue;
    const statusOf = (parent: string) => state.steps.get(parent)!.status;
    const bad = step.blockedBy ?? step.parents.find((parent) => hasEnded(statusOf(parent)) && !WELL.has(statusOf(parent)));
    if (bad !== undefined) {
      set(id, 'blocked');
      effects.push({ type: 'block', node: id, by: bad });
    } else if (step.parents.every((parent) => WELL.has(statusOf(parent)))) {
      set(id, 'checking');
      effects.push({ type: 'look-up', node: id });
    }
  }
  let place = 0;
  for (const [id] of state.steps) {
    const step = state.steps.get(id)!;
    if (step.status !== 'queued') continue;
    if (step.lane === 'engine' || fits(state, step)) {
      set(id, 'running');
      effects.push({ type: 'execute', node: id, lane: step.lane });
    } else {
      place++;
      if (id === asked) effects.push({ type: 'queue', node: id, place });
    }
  }
}

function fits(state: Schedule, step: ScheduledStep): boolean {
  const running = [...state.steps.values()].filter((other) => other.status === 'running' && other.lane === 'pool');
  const limit = Math.min(state.workers, step.maxWorkers, ...running.map((other) => other.maxWorkers));
  return running.length < limit;
}
