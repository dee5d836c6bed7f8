/** One run from start to end: feeds the scheduler with what happens, carries out its effects, tells the listeners. */
import type { Digest } from '../base/hash.ts';
import { type Problem, toProblem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { RunEvent } from '../events/event.ts';
import type { Ask, Services } from '../kind/run.ts';
import type { Checked } from './check.ts';
import type { PipelineDocument, Wire } from './document.ts';
import { executeStep, laneOf, type StepDeps } from './execute-step.ts';
import { isUncacheable, keptSettings, keyOf, rereads } from './keys.ts';
import type { LastRun, Memory, Outcome } from './memory.ts';
import { type Kinds, nodeWords } from './naming.ts';
import { INPUT_CHANGED, isWhole, REUSED, type Step, waitsFor } from './plan.ts';
import type { RunRequest } from './plan-types.ts';
import type { RunningJob } from './pool.ts';
import { resultLine } from './result-line.ts';
import type { FinishedRun, FinishedStep, StartedRun } from './run-record.ts';
import { hasEnded, reduce, type Schedule, type ScheduledStep, type ScheduleEffect, type ScheduleEvent } from './schedule.ts';

export interface SessionDeps extends StepDeps {
  kinds: Kinds;
  memory: Memory;
  services: (origin: { run: string; node: string; document: PipelineDocument }) => Services;
  emit: (event: RunEvent) => void;
  onRunStarted?: (run: StartedRun) => void;
  onStepChanged?: (run: string, step: FinishedStep) => void;
  onRunFinished?: (run: FinishedRun) => void | Promise<void>;
  stands: (outcome: Outcome) => boolean;
}
export interface Session {
  cancel: () => void;
  stop: (node: string) => void;
  /** False where the step does not run, or listens to no such ask. */
  ask: (node: string, ask: Ask) => boolean;
  /** Resolves when the run has ended; never rejects. */
  ended: Promise<FinishedRun>;
}

export function startSession(
  deps: SessionDeps,
  run: string,
  document: PipelineDocument,
  request: RunRequest,
  checked: Checked,
  plan: readonly Step[],
): Session {
  const { now, emit, memory, store, kinds } = deps;
  const startedAt = now();
  const takesPart = (step: Step) => step.settings !== undefined && step.state !== 'disabled' && step.state !== 'needs-input';
  const steps = new Map(plan.filter(takesPart).map((step) => [step.node, step]));
  const outcomes = new Map<string, Outcome>();
  const contents = new Map<string, Digest | null>();
  const jobs = new Map<string, Omit<RunningJob, 'result'>>();
  const records = new Map<string, FinishedStep>();
  let settle: (finished: FinishedRun) => void;
  const ended = new Promise<FinishedRun>((resolve) => {
    settle = resolve;
  });

  const kindOf = (id: string) => kinds.get(document.nodes[id].kind)!;
  const record = (id: string): FinishedStep => {
    const found = records.get(id) ?? {
      node: id,
      title: nodeWords(document, kinds, id),
      kind: document.nodes[id].kind,
      state: 'queued' as const,
      reason: steps.get(id)?.reason ?? '',
      intent: steps.get(id)?.intent ?? null,
      log: [],
    };
    records.set(id, found);
    return found;
  };
  const change = (id: string, to: Partial<FinishedStep>) => {
    const step = Object.assign(record(id), to);
    deps.onStepChanged?.(run, step);
  };

  let schedule: Schedule = {
    status: 'Queued',
    workers: deps.pool.size,
    goal: request.scope.type === 'to' ? request.scope.node : undefined,
    steps: new Map(
      Array.from(steps.values(), (step): [string, ScheduledStep] => [
        step.node,
        {
          status: 'waiting',
          parents: step.pinned ? [] : [...checked.graph.parents.get(step.node)!].filter((parent) => steps.has(parent)),
          lane: laneOf(kindOf(step.node)),
          maxWorkers: Math.max(1, document.nodes[step.node].maxWorkers ?? deps.pool.size),
          ...(step.blockedBy ? { blockedBy: step.blockedBy } : {}),
        },
      ]),
    ),
  };

  const dispatch = (event: ScheduleEvent) => {
    const next = reduce(schedule, event);
    schedule = next.state;
    for (const effect of next.effects) perform(effect);
  };

  const perform = (effect: ScheduleEffect) => {
    switch (effect.type) {
      case 'look-up':
        // In a later turn, so that one event's effects are all carried out before the next event.
        queueMicrotask(() => lookUp(effect.node));
        break;
      case 'queue':
        emit({ type: 'step-queued', run, node: effect.node, place: effect.place });
        break;
      case 'execute':
        void execute(effect.node);
        break;
      case 'block':
        change(effect.node, { state: 'blocked', reason: waitsFor(nodeWords(document, kinds, effect.by)) });
        emit({ type: 'step-blocked', run, node: effect.node, by: effect.by });
        break;
      case 'abort':
        change(effect.node, { state: 'cancelled' });
        jobs.get(effect.node)?.cancel();
        emit({ type: 'step-cancelled', run, node: effect.node, at: now() });
        break;
      case 'end':
        end(effect.status);
        break;
    }
  };

  const digestOn = (wire: Wire) => outcomes.get(wire.from.node)?.outputs[wire.from.port]?.digest;

  const lookUp = (id: string) => {
    if (schedule.steps.get(id)?.status !== 'checking') return;
    const step = steps.get(id)!;
    const kind = kindOf(id);
    const uncacheable = isUncacheable(document.nodes[id], kind) || rereads(document.nodes[id], kind);
    // An output that a step left out still tells its readers apart from one that was never there.
    const content = uncacheable ? null : keyOf(step.settings!, checked.graph.into.get(id) ?? [], (wire) => digestOn(wire) ?? 'none');
    contents.set(id, content);
    const stored = step.forced || content === null ? undefined : (step.outcome ?? memory.byContent(content));
    const known = step.pinned ? step.outcome : stored;
    if (!isWhole(known, { has: store.has, stands: deps.stands })) {
      if (step.state === 'will-check' || step.state === 'reused') step.reason = INPUT_CHANGED;
      record(id).reason = step.reason;
      dispatch({ type: 'looked-up', node: id, hit: false });
      return;
    }
    const reason = step.pinned ? step.reason : step.state === 'reused' ? REUSED : phrase('plan.input-unchanged', 'input unchanged');
    finish(id, known, 'reused', reason);
    dispatch({ type: 'looked-up', node: id, hit: true });
  };

  /** Where what this step keeps is found; undefined where it keeps nothing, or is never keyed. */
  const keptKey = (id: string): Digest | undefined => {
    const { keeps } = kindOf(id);
    if (!keeps || (contents.get(id) ?? null) === null) return undefined;
    const wires = checked.graph.into.get(id) ?? [];
    return keyOf(keptSettings(steps.get(id)!.settings!, keeps), wires, (wire) => digestOn(wire) ?? 'none') ?? undefined;
  };

  const finish = (id: string, outcome: Outcome, state: 'fresh' | 'reused', reason: Words) => {
    outcomes.set(id, outcome);
    for (const { digest } of Object.values(outcome.outputs)) store.pin(run, digest);
    const step = steps.get(id)!;
    const last: LastRun = { settings: step.settings!, intent: step.intent, content: contents.get(id) ?? null, outcome };
    // A pinned result does not belong to the settings of now: what is known of it stays as it is.
    if (!step.pinned) memory.remember(document.id, id, last);
    const headlines = Object.values(outcome.outputs);
    const digests = Object.entries(outcome.outputs).map(([port, info]) => [port, info.digest]);
    change(id, {
      state,
      reason,
      ms: state === 'fresh' ? outcome.ms : 0,
      backend: outcome.backend,
      headline: resultLine(outcome.outputs),
      metrics: headlines.find((info) => info.metrics)?.metrics,
      outputs: Object.fromEntries(digests),
    });
    const { outputs, notes } = outcome;
    emit({ type: 'step-done', run, node: id, at: now(), state, reason, ms: state === 'fresh' ? outcome.ms : 0, outputs, notes });
  };

  const execute = async (id: string) => {
    const step = steps.get(id)!;
    const isRunning = () => schedule.steps.get(id)?.status === 'running';
    const key = keptKey(id);
    const kept = key === undefined || step.forced ? undefined : memory.kept(key);
    change(id, { state: 'running' });
    emit({ type: 'step-started', run, node: id, at: now(), reason: step.reason });
    try {
      const outcome = await executeStep(deps, {
        run,
        document,
        node: document.nodes[id],
        kind: kindOf(id),
        backend: step.settings!.backend,
        wires: checked.graph.into.get(id) ?? [],
        digestOn,
        ...(kept !== undefined && store.has(kept) ? { kept } : {}),
        services: deps.services({ run, node: id, document }),
        progress: (progress) => isRunning() && emit({ type: 'step-progress', run, node: id, at: now(), progress }),
        log: (line, problem) => {
          record(id).log.push(line);
          if (isRunning()) emit({ type: 'step-log', run, node: id, line, ...(problem ? { problem } : {}) });
        },
        started: (job) => {
          jobs.set(id, job);
          if (!isRunning()) job.cancel();
        },
      });
      if (!isRunning()) return;
      if (key !== undefined && outcome.kept !== undefined) memory.keep(key, outcome.kept);
      finish(id, outcome, 'fresh', step.reason);
      dispatch({ type: 'done', node: id });
    } catch (error) {
      if (!isRunning()) return;
      const problem: Problem = toProblem(error, { node: id });
      change(id, { state: 'failed', problem, ms: 0 });
      emit({ type: 'step-failed', run, node: id, at: now(), problem });
      dispatch({ type: 'failed', node: id });
    } finally {
      jobs.delete(id);
    }
  };

  const end = (status: 'Completed' | 'Failed' | 'Canceled') => {
    store.unpin(run);
    const endedAt = now();
    const finished: FinishedRun = { ...started, status, endedAt };
    // Who hears of the end may close the tab: by then it stands in the record.
    void Promise.resolve(deps.onRunFinished?.(finished)).then(() => {
      emit({ type: 'run-finished', run, at: endedAt, status, ms: endedAt - startedAt });
      settle(finished);
    });
  };

  const started: StartedRun = {
    id: run,
    document,
    request,
    startedAt,
    workers: deps.pool.size,
    steps: [...steps.keys()].map((id) => record(id)),
  };
  deps.onRunStarted?.(started);
  emit({ type: 'run-started', run, at: startedAt, steps: [...steps.keys()] });
  dispatch({ type: 'start' });
  return {
    ended,
    cancel: () => dispatch({ type: 'cancel' }),
    stop: (node) => {
      const status = schedule.steps.get(node)?.status;
      if (status && !hasEnded(status)) jobs.get(node)?.stop();
    },
    ask: (node, ask) => {
      const job = jobs.get(node);
      if (!job || schedule.steps.get(node)?.status !== 'running' || !kindOf(node).tags?.asks?.includes(ask.name)) return false;
      job.ask(ask);
      return true;
    },
  };
}
