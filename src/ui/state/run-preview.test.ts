/** What a run would do and how long it would take, before it is started; and what a running step still needs. */
import { expect, it, vi } from 'vitest';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import type { PlannedStep, PlanState } from '../../engine/plan-types.ts';
import { createChecks, emptyReport } from './check-store.ts';
import { createPreview, expectedMs, totalOf } from './run-preview.ts';
import { timeLeft } from './time-left.ts';

const step = (node: string, state: PlanState, estimateMs?: number): PlannedStep => ({
  node,
  state,
  reason: '',
  intent: null,
  ...(estimateMs === undefined ? {} : { estimateMs }),
});
const wires = (...pairs: string[]): PipelineDocument['wires'] =>
  Object.fromEntries(
    pairs.map((pair, i) => [`w${i}`, { id: `w${i}`, from: { node: pair[0], port: 'out' }, to: { node: pair[2], port: 'in' } }]),
  );

it('counts branches that run beside each other once, as far as there are workers', () => {
  const plan = [step('a', 'will-run', 100), step('b', 'will-run', 400), step('c', 'will-check', 300), step('d', 'reused', 9000)];
  const both = wires('a>b', 'a>c', 'd>c');
  expect(expectedMs(plan, both, 1)).toBe(800);
  expect(expectedMs(plan, both, 2)).toBe(500);
  expect(expectedMs([step('d', 'reused', 9000)], both, 2)).toBe(0);
});

it('says how many run, may run, are reused or stuck, and how many never ran', () => {
  const plan = [
    step('a', 'will-run'),
    step('b', 'will-check', 50),
    step('c', 'reused', 10),
    step('d', 'blocked'),
    step('e', 'needs-input'),
  ];
  expect(totalOf(plan, {}, 1)).toEqual({ runs: 1, checks: 1, reuses: 1, stuck: 2, ms: 50, unknown: 1 });
});

it('asks the engine for the plan of a part, shows the newest wish only, and follows the document', async () => {
  const document = emptyDocument('p', 'P');
  const answers: ((plan: PlannedStep[]) => void)[] = [];
  const plan = vi.fn(() => new Promise<PlannedStep[]>((resolve) => answers.push(resolve)));
  const checks = createChecks({ check: async () => ({ ...emptyReport, plan: [step('x', 'will-run')] }) }, () => document);
  const preview = createPreview({ plan }, checks, () => document, 1);
  const shown = () => [...(preview.getState().now?.steps.keys() ?? [])];
  preview.point({ scope: { type: 'to', node: 'a' } });
  preview.point({ scope: { type: 'from', node: 'a' } });
  answers[0]([step('a', 'will-run')]);
  answers[1]([step('b', 'will-run')]);
  await vi.waitFor(() => expect(shown()).toEqual(['b']));
  await checks.settled();
  expect(plan).toHaveBeenCalledTimes(3);
  answers[2]([step('c', 'reused')]);
  await vi.waitFor(() => expect(shown()).toEqual(['c']));
  preview.point({ scope: { type: 'all' } });
  expect(shown()).toEqual(['x']);
  preview.point(undefined);
  expect(preview.getState().now).toBeUndefined();
});

it('tells the time left by progress, else by last time, else only the time spent, and nothing at first', () => {
  const running = { startedAt: 0, fraction: 0.25, fractionAt: 2000 };
  expect(timeLeft(running, undefined, 2999)).toBeUndefined();
  expect(timeLeft(running, undefined, 4000)).toEqual({ left: 4000 });
  // Between two reports it falls with the clock.
  expect(timeLeft(running, undefined, 5000)).toEqual({ left: 3000 });
  expect(timeLeft(running, undefined, 60_000)).toEqual({ left: 0 });
  expect(timeLeft({ startedAt: 0 }, 9000, 4000)).toEqual({ left: 5000 });
  expect(timeLeft({ startedAt: 0 }, 3500, 4000)).toEqual({ spent: 4000 });
  expect(timeLeft({ startedAt: 0 }, undefined, 4000)).toEqual({ spent: 4000 });
});
