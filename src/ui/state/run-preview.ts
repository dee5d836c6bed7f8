/** What a run would do, asked before it is started: shown on the canvas while a run button is pointed at. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { canonical } from '../../base/json.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { PlannedStep, RunRequest } from '../../engine/plan-types.ts';
import type { Backend } from '../../host/protocol.ts';
import type { CheckStore } from './check-store.ts';

/** Of one plan: how many steps do what, and how long those that run took last time. */
export interface RunTotal {
  runs: number;
  /** Run only if what they read comes out different. */
  checks: number;
  reuses: number;
  /** Cannot run: switched off, waiting, or in need of something. */
  stuck: number;
  /** Longest it may take, steps beside each other counted as such; of the known ones. */
  ms: number;
  /** Steps that may run and never ran before. */
  unknown: number;
}
export interface RunPreview {
  request: RunRequest;
  steps: ReadonlyMap<string, PlannedStep>;
  total: RunTotal;
}
export interface PreviewStore extends StoreApi<{ now: RunPreview | undefined }> {
  /** Shows what this request would do, and follows the document; nothing ends it. */
  point: (request: RunRequest | undefined) => void;
}

const mayRun = ({ state }: PlannedStep) => state === 'will-run' || state === 'will-check';

/** Steps take workers in the order of the plan, each once its parents have ended: the end of the last one. Milliseconds. */
export function expectedMs(plan: readonly PlannedStep[], wires: PipelineDocument['wires'], workers: number): number {
  const ends = new Map<string, number>();
  const free = Array.from({ length: Math.max(1, workers) }, () => 0);
  for (const step of plan.filter(mayRun)) {
    const parents = Object.values(wires).flatMap((wire) => (wire.to.node === step.node ? [ends.get(wire.from.node) ?? 0] : []));
    const worker = free.indexOf(Math.min(...free));
    free[worker] = Math.max(free[worker], ...parents) + (step.estimateMs ?? 0);
    ends.set(step.node, free[worker]);
  }
  return Math.max(0, ...ends.values());
}

export function totalOf(plan: readonly PlannedStep[], wires: PipelineDocument['wires'], workers: number): RunTotal {
  const count = (...states: PlannedStep['state'][]) => plan.filter((step) => states.includes(step.state)).length;
  return {
    runs: count('will-run'),
    checks: count('will-check'),
    reuses: count('reused'),
    stuck: count('blocked', 'disabled', 'needs-input'),
    ms: expectedMs(plan, wires, workers),
    unknown: plan.filter((step) => mayRun(step) && step.estimateMs === undefined).length,
  };
}

export function createPreview(
  backend: Pick<Backend, 'plan'>,
  checks: CheckStore,
  current: () => PipelineDocument,
  workers: number,
): PreviewStore {
  const store = createStore<{ now: RunPreview | undefined }>()(() => ({ now: undefined }));
  let wanted: RunRequest | undefined;
  const show = (request: RunRequest, plan: readonly PlannedStep[]) =>
    store.setState({
      now: { request, steps: new Map(plan.map((step) => [step.node, step])), total: totalOf(plan, current().wires, workers) },
    });
  const ask = async (request: RunRequest) => {
    // The plan of a whole run is known already.
    if (request.scope.type === 'all' && !request.regenerate) {
      show(request, checks.getState().report.plan);
      return;
    }
    const plan = await backend.plan(current(), request).catch(() => undefined);
    if (wanted === request && plan) show(request, plan);
  };
  const point = (request: RunRequest | undefined) => {
    if (request && wanted && canonical(request) === canonical(wanted)) return;
    wanted = request;
    if (request) void ask(request);
    else if (store.getState().now) store.setState({ now: undefined });
  };
  checks.subscribe((state, before) => {
    if (wanted && state.report !== before.report) void ask(wanted);
  });
  return Object.assign(store, { point });
}
