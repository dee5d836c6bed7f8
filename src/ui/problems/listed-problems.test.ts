/** The list of problems: from check, runs and leaks, walked one by one, and each at its place. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../base/problem.ts';
import type { PlannedStep, Report } from '../../engine/plan-types.ts';
import { emptyReport } from '../state/check-store.ts';
import type { RunState, StepRun } from '../state/run-store.ts';
import { listedProblems, placeProblems, problemKey, rowsAtFault, stepProblem } from './listed-problems.ts';

const made = (code: string, at: object, more: object = {}) => problem({ code, message: code, hint: 'Do it.', at, ...more });
const stepRun = (more: Partial<StepRun>): StepRun => ({ state: 'fresh', run: 'r', intent: 'i', notes: [], log: [], ...more });
const planned = (node: string, intent: string) => ({ node, intent }) as PlannedStep;
const report = (more: Partial<Report>): Report => ({ ...emptyReport, ...more });

describe('listedProblems', () => {
  it('takes what a run warned of and failed with, only while the node is as it ran', () => {
    const runs: RunState = {
      run: undefined,
      steps: {
        a: stepRun({ notes: [made('csv.ragged', {}, { severity: 'warning' }), made('fine', {}, { severity: 'note' })] }),
        b: stepRun({ state: 'failed', problem: made('bin.edges', { param: 'edges' }) }),
        c: stepRun({ state: 'failed', problem: made('old', {}), intent: 'before' }),
      },
    };
    const list = listedProblems(report({ plan: [planned('a', 'i'), planned('b', 'i'), planned('c', 'now')] }), runs);
    expect(list.map(({ code, at }) => [code, at])).toEqual([
      ['bin.edges', { node: 'b', param: 'edges' }],
      ['csv.ragged', { node: 'a' }],
    ]);
  });
});

describe('stepProblem', () => {
  const list = [
    made('x', { node: 'a', param: 'p' }),
    made('y', { node: 'a', param: 'q' }),
    made('z', { wire: 'w' }),
    made('v', { node: 'b' }),
  ];
  it('walks every problem, also several of one node, and comes round', () => {
    let last: string | undefined;
    let active: string | undefined;
    const seen = Array.from({ length: 5 }, () => {
      const next = stepProblem(list, 1, last, active)!;
      last = problemKey(next);
      active = next.at.node;
      return next.code;
    });
    expect(seen).toEqual(['x', 'y', 'z', 'v', 'x']);
    expect(stepProblem(list, -1, problemKey(list[0]), 'a')?.code).toBe('v');
  });
  it('starts from the chosen node when that was left since', () => {
    expect(stepProblem(list, 1, problemKey(list[0]), 'b')?.code).toBe('x');
    expect(stepProblem(list, -1, undefined, undefined)?.code).toBe('v');
    expect(stepProblem([], 1, undefined, undefined)).toBeUndefined();
  });
});

it('places problems at the settings that are shown, all others at the node', () => {
  const list = [made('x', { node: 'a', param: 'p' }), made('y', { node: 'a', param: 'hidden' }), made('z', { node: 'b', param: 'p' })];
  const { byParam, rest } = placeProblems(list, 'a', ['p']);
  expect(Object.keys(byParam)).toEqual(['p']);
  expect(rest.map(({ code }) => code)).toEqual(['y']);
});

it('reads the rows at fault where a problem names them', () => {
  expect(rowsAtFault(made('csv.ragged', {}, { args: { rows: [3, 9], count: 7 } }))).toEqual([3, 9]);
  expect(rowsAtFault(made('split.empty', {}, { args: { rows: 12 } }))).toEqual([]);
});
