/** What runs and what ran: run events folded into one record per node, at most ten updates a second. Apart from the document. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { Words } from '../../base/words.ts';
import type { RunEvent, StepState, ValueInfo } from '../../events/event.ts';

export interface StepRun {
  state: StepState;
  run: string;
  /** Intent key of the plan when the run began: tells whether the outcome still speaks of the node as it is. */
  intent: string | null;
  place?: number;
  fraction?: number;
  /** When that was reported. */
  fractionAt?: number;
  text?: Words;
  /** The live curve: first series, in order. */
  curve?: number[];
  /** What a view of the kind's own draws while it runs, and when that was told. */
  live?: Json;
  liveAt?: number;
  startedAt?: number;
  ms?: number;
  reason?: Words;
  by?: string;
  outputs?: Record<string, ValueInfo>;
  problem?: Problem;
  notes: Problem[];
  log: Words[];
}
export interface ActiveRun {
  id: string;
  status: 'running' | 'Completed' | 'Failed' | 'Canceled';
  startedAt: number;
  steps: readonly string[];
  done: number;
  /** Asked to stop, and not ended yet. */
  stopping?: boolean;
  ms?: number;
}
export interface RunState {
  run: ActiveRun | undefined;
  steps: Record<string, StepRun>;
}
export type RunStore = StoreApi<RunState>;

const CURVE_POINTS = 120;
const LOG_LINES = 200;

/** Folds one event into the state; pure. `intents` are those of the plan at the start of the run. */
export function foldRun(state: RunState, event: RunEvent, intents: ReadonlyMap<string, string | null>): RunState {
  if (event.type === 'run-started')
    return { ...state, run: { id: event.run, status: 'running', startedAt: event.at, steps: event.steps, done: 0 } };
  if (event.type === 'run-finished')
    return state.run?.id === event.run ? { ...state, run: { ...state.run, status: event.status, stopping: false, ms: event.ms } } : state;
  const before = state.steps[event.node];
  const old: StepRun = before ?? { state: 'queued', run: event.run, intent: null, notes: [], log: [] };
  const put = (step: StepRun, done = 0): RunState => ({
    run: state.run && done ? { ...state.run, done: state.run.done + done } : state.run,
    steps: { ...state.steps, [event.node]: step },
  });
  const fresh = { run: event.run, intent: intents.get(event.node) ?? null, outputs: old.outputs, notes: [], log: [] };
  switch (event.type) {
    case 'step-queued':
      return put({ ...fresh, state: 'queued', place: event.place });
    case 'step-started':
      return put({ ...fresh, state: 'running', startedAt: event.at, reason: event.reason });
    case 'step-progress': {
      const { fraction, text, point, live } = event.progress;
      const value = point ? Object.values(point.series)[0] : undefined;
      const curve = value === undefined ? old.curve : [...(old.curve ?? []), value].slice(-CURVE_POINTS);
      const reached = fraction === undefined ? {} : { fraction, fractionAt: event.at };
      return put({ ...old, ...reached, text: text ?? old.text, curve, ...(live === undefined ? {} : { live, liveAt: event.at }) });
    }
    case 'step-log':
      return put({
        ...old,
        log: [...old.log, event.line].slice(-LOG_LINES),
        notes: event.problem ? [...old.notes, event.problem] : old.notes,
      });
    case 'step-done':
      return put(
        {
          state: event.state,
          run: event.run,
          intent: intents.get(event.node) ?? null,
          ms: event.ms,
          reason: event.reason,
          outputs: event.outputs,
          notes: event.notes,
          log: old.run === event.run ? old.log : [],
        },
        1,
      );
    case 'step-failed':
      return put({ ...fresh, state: 'failed', problem: event.problem, log: old.log }, 1);
    case 'step-blocked':
      return put({ ...fresh, state: 'blocked', by: event.by }, 1);
    case 'step-cancelled':
      return put({ ...fresh, state: 'cancelled', text: old.text }, 1);
  }
}

/** Collects events and applies them together: at once when something began or ended, else every 100 ms. */
export function createRuns(intents: () => ReadonlyMap<string, string | null>, initial: Record<string, StepRun> = {}) {
  const store: RunStore = createStore<RunState>()(() => ({ run: undefined, steps: initial }));
  let pending: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started: ReadonlyMap<string, string | null> = new Map();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = pending;
    pending = [];
    store.setState(
      events.reduce((state, event) => foldRun(state, event, started), store.getState()),
      true,
    );
  };
  const take = (event: RunEvent) => {
    if (event.type === 'run-started') started = intents();
    pending.push(event);
    if (event.type === 'run-started' || event.type === 'run-finished') flush();
    else timer ??= setTimeout(flush, 100);
  };
  /** Shown at once, whatever the engine is doing; its answer follows. */
  const stopping = () => {
    const { run } = store.getState();
    if (run?.status === 'running') store.setState({ run: { ...run, stopping: true } });
  };
  return Object.assign(store, { take, flush, stopping, isRunning: () => store.getState().run?.status === 'running' });
}
export type Runs = ReturnType<typeof createRuns>;
