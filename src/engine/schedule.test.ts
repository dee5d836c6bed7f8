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

test('3,000 random runs end right, whatever the order of events', () => {
  const draw = stream('schedule', 1);
  for (let round = 0; round < 3000; round++) {
    let state = randomSchedule(draw);
    const pending: ({ type: 'look-up' | 'execute'; node: string } | { type: 'start' })[] = [{ type: 'start' }];
    const seen: ScheduleEffect[] = [];
    const cancelAt = draw.below(4) === 0 ? draw.below(30) : -1;
    const apply = (event: Parameters<typeof reduce>[1]) => {
      const before = state;
      const frozen = JSON.stringify([...before.steps]);
      const { state: after, effects } = reduce(before, event);
      expect(JSON.stringify([...before.steps])).toBe(frozen);
      if (after.status !== before.status && !(before.status === 'Queued' && hasRunEnded(after.status) && event.type === 'start'))
        expect(RUN_MOVES[before.status]).toContain(after.status);
      for (const [id, step] of after.steps) {
        const was = before.steps.get(id)!.status;
        if (was !== step.status && !(was === 'waiting' && hasEnded(step.status))) expect(STEP_MOVES[was]).toContain(step.status);
        if (was === 'waiting' && step.status === 'checking')
          for (const parent of step.parents) expect(['fresh', 'reused']).toContain(after.steps.get(parent)!.status);
      }
      const running = [...after.steps.values()].filter((step) => step.status === 'running' && step.lane === 'pool');
      for (const step of running) expect(running.length).toBeLessThanOrEqual(Math.min(after.workers, step.maxWorkers));
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
      expect(turn).toBeLessThan(200);
    }
    checkEnd(state, seen, cancelAt);
    const after = JSON.stringify([...state.steps]);
    for (const event of [
      { type: 'cancel' },
      { type: 'start' },
      { type: 'done', node: 's0' },
      { type: 'looked-up', node: 's0', hit: true },
    ] as const)
      expect(reduce(state, event).effects).toEqual([]);
    expect(JSON.stringify([...state.steps])).toBe(after);
  }
});

const hasRunEnded = (status: string) => ['Completed', 'Failed', 'Canceled'].includes(status);

function checkEnd(state: Schedule, seen: readonly ScheduleEffect[], cancelAt: number): void {
  const steps = [...state.steps];
  expect(steps.every(([, step]) => hasEnded(step.status))).toBe(true);
  expect(seen.filter((effect) => effect.type === 'end')).toHaveLength(1);
  const status = (id: string) => state.steps.get(id)!.status;
  if (state.status === 'Canceled') expect(cancelAt).toBeGreaterThanOrEqual(0);
  else {
    const failed =
      steps.some(([, step]) => step.status === 'failed') || (state.goal !== undefined && !['fresh', 'reused'].includes(status(state.goal)));
    expect(state.status).toBe(failed ? 'Failed' : 'Completed');
    // Blocked exactly when something before it did not end well; branches beside it went on.
    for (const [, step] of steps) {
      const bad = step.blockedBy !== undefined || step.parents.some((parent) => !['fresh', 'reused'].includes(status(parent)));
      expect(step.status === 'blocked').toBe(bad);
    }
  }
  for (const [id] of steps) expect(seen.filter((effect) => effect.type === 'execute' && effect.node === id).length).toBeLessThanOrEqual(1);
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
