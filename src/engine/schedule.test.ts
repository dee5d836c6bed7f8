/** The scheduler under random graphs and random orders of events: it always ends, and never breaks its promises. */
import { expect, test } from 'vitest';
import { type Random, stream } from '../base/random.ts';
import { hasEnded, reduce, type Schedule, type ScheduledStep, type ScheduleEffect, type StepStatus } from './schedule.ts';

/** Legal moves of a run (reliability D2) and of a step. */
const RUN_MOVES: Record<string, string[]> = { Queued: ['Running', 'Canceled'], Running: ['Completed', 'Failed', 'Canceled'] };
const STEP_MOVES: Record<string, StepStatus[]> = {
  waiting: ['checking', 'blocked', 'cancelled'],
  checking: ['queued', 'running', 'reused', 'cancelled'],
  queued: ['running', 'cancelled'],
  running: ['fresh', 'failed', 'cancelled'],
};

function randomSchedule(draw: Random): Schedule {
  const steps = new Map<string, ScheduledStep>();
  const size = 1 + draw.below(14);
  const workers = 1 + draw.below(4);
  for (let i = 0; i < size; i++) {
    const parents = Array.from({ length: i === 0 ? 0 : draw.below(3) }, () => `s${draw.below(i)}`);
    steps.set(`s${i}`, {
      status: 'waiting',
      parents: [...new Set(parents)],
      lane: draw.below(5) === 0 ? 'engine' : 'pool',
      maxWorkers: draw.below(3) === 0 ? 1 + draw.below(3) : workers,
      ...(draw.below(12) === 0 ? { blockedBy: 'outside' } : {}),
    });
  }
  return { status: 'Queued', workers, steps, ...(draw.below(3) === 0 ? { goal: `s${draw.below(size)}` } : {}) };
}

test('10,000 random runs end right, whatever the order of events', () => {
  const draw = stream('schedule', 1);
  const broken: string[] = [];
  const must = (fine: boolean, promise: string) => void (fine || broken.push(promise));
  for (let round = 0; round < 10_000; round++) {
    let state = randomSchedule(draw);
    const pending: ({ type: 'look-up' | 'execute'; node: string } | { type: 'start' })[] = [{ type: 'start' }];
    const seen: ScheduleEffect[] = [];
    const cancelAt = draw.below(4) === 0 ? draw.below(30) : -1;
    const apply = (event: Parameters<typeof reduce>[1]) => {
      const before = state;
      const frozen = JSON.stringify([...before.steps]);
      const { state: after, effects } = reduce(before, event);
      must(JSON.stringify([...before.steps]) === frozen, 'the old state is not changed');
      const endedAtOnce = before.status === 'Queued' && hasRunEnded(after.status) && event.type === 'start';
      must(
        after.status === before.status || endedAtOnce || RUN_MOVES[before.status].includes(after.status),
        `run ${before.status} → ${after.status}`,
      );
      for (const [id, step] of after.steps) {
        const was = before.steps.get(id)!.status;
        const skipped = was === 'waiting' && hasEnded(step.status);
        must(was === step.status || skipped || STEP_MOVES[was].includes(step.status), `step ${was} → ${step.status}`);
        if (was === 'waiting' && step.status === 'checking')
          must(
            step.parents.every((parent) => ['fresh', 'reused'].includes(after.steps.get(parent)!.status)),
            'no step before its parents',
          );
      }
      const running = [...after.steps.values()].filter((step) => step.status === 'running' && step.lane === 'pool');
      must(
        running.every((step) => running.length <= Math.min(after.workers, step.maxWorkers)),
        'worker limits hold',
      );
      state = after;
      seen.push(...effects);
      for (const effect of effects)
        if (effect.type === 'look-up' || effect.type === 'execute') pending.push({ type: effect.type, node: effect.node });
    };
    for (let turn = 0; pending.length > 0; turn++) {
      if (turn === cancelAt) apply({ type: 'cancel' });
      const [next] = pending.splice(draw.below(pending.length), 1);
      if (next.type === 'start') apply({ type: 'start' });
      else if (next.type === 'look-up') apply({ type: 'looked-up', node: next.node, hit: draw.below(3) === 0 });
      else apply({ type: draw.below(6) === 0 ? 'failed' : 'done', node: next.node });
      if (turn > 200) throw new Error('a run that does not end');
    }
    checkEnd(state, seen, cancelAt, must);
    const after = JSON.stringify([...state.steps]);
    for (const event of [
      { type: 'cancel' },
      { type: 'start' },
      { type: 'done', node: 's0' },
      { type: 'looked-up', node: 's0', hit: true },
    ] as const)
      must(reduce(state, event).effects.length === 0, 'what has ended stays ended');
    must(JSON.stringify([...state.steps]) === after, 'what has ended stays as it is');
  }
  expect(broken).toEqual([]);
});

const hasRunEnded = (status: string) => ['Completed', 'Failed', 'Canceled'].includes(status);

function checkEnd(
  state: Schedule,
  seen: readonly ScheduleEffect[],
  cancelAt: number,
  must: (fine: boolean, promise: string) => void,
): void {
  const steps = [...state.steps];
  const well = (id: string) => ['fresh', 'reused'].includes(state.steps.get(id)!.status);
  must(
    steps.every(([, step]) => hasEnded(step.status)),
    'every step ends',
  );
  must(seen.filter((effect) => effect.type === 'end').length === 1, 'one end');
  const executed = seen.flatMap((effect) => (effect.type === 'execute' ? [effect.node] : []));
  must(new Set(executed).size === executed.length, 'no step runs twice');
  if (state.status === 'Canceled') {
    must(cancelAt >= 0, 'cancelled only when asked');
    return;
  }
  const failed = steps.some(([, step]) => step.status === 'failed') || (state.goal !== undefined && !well(state.goal));
  must(state.status === (failed ? 'Failed' : 'Completed'), 'the run’s status follows from its steps');
  // Branches beside a failure go on.
  for (const [, step] of steps)
    must(
      (step.status === 'blocked') === (step.blockedBy !== undefined || !step.parents.every(well)),
      'blocked exactly behind what did not end well',
    );
}

const step = (more: Partial<ScheduledStep> = {}): ScheduledStep => ({
  status: 'waiting',
  parents: [],
  lane: 'pool',
  maxWorkers: 9,
  ...more,
});

test('a step that finds no worker is told its place in the queue', () => {
  let state: Schedule = {
    status: 'Queued',
    workers: 1,
    steps: new Map([
      ['a', step()],
      ['b', step()],
      ['c', step()],
    ]),
  };
  const effects: ScheduleEffect[] = [];
  for (const event of [{ type: 'start' }, ...['a', 'b', 'c'].map((node) => ({ type: 'looked-up', node, hit: false }) as const)] as const) {
    const next = reduce(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  expect(effects.slice(3)).toEqual([
    { type: 'execute', node: 'a', lane: 'pool' },
    { type: 'queue', node: 'b', place: 1 },
    { type: 'queue', node: 'c', place: 2 },
  ]);
});

test('a run without steps completes; one whose goal is blocked fails', () => {
  expect(reduce({ status: 'Queued', workers: 1, steps: new Map() }, { type: 'start' }).effects).toEqual([
    { type: 'end', status: 'Completed' },
  ]);
  const blocked: Schedule = { status: 'Queued', workers: 1, goal: 'a', steps: new Map([['a', step({ blockedBy: 'x' })]]) };
  expect(reduce(blocked, { type: 'start' }).effects).toEqual([
    { type: 'block', node: 'a', by: 'x' },
    { type: 'end', status: 'Failed' },
  ]);
});
