/** What a node's face says of warnings: those of the check and of the last run with these settings, not those that a badge tells. */
import { expect, test } from 'vitest';
import { type Problem, problem } from '../../base/problem.ts';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument } from '../../engine/document.ts';
import type { Badge, Report } from '../../engine/plan-types.ts';
import type { ValueInfo } from '../../events/event.ts';
import { setLanguage } from '../i18n/text.ts';
import { emptyReport } from './check-store.ts';
import { addNode } from './edits.ts';
import { kindOf, kindsById } from './kinds.ts';
import { viewsOf } from './node-view.ts';
import type { RunState } from './run-store.ts';

const split = kindOf('prepare.split');
if (!split) throw new Error('no split kind');
const made = addNode(emptyDocument('p', 'P'), split, { x: 0, y: 0 });
const { document } = applyEdit(emptyDocument('p', 'P'), made.edit, kindsById);
const node = made.id;

const warning = (code: string, message: string): Problem =>
  problem({ code, severity: 'warning', at: { node }, message, hint: 'Look at it.' });
const ran = (notes: Problem[], intent: string): RunState => ({
  run: undefined,
  steps: { [node]: { state: 'fresh', run: 'r', intent, notes, log: [] } },
});
const report = (problems: Problem[], badges: Badge[] = []): Report => ({
  ...emptyReport,
  problems,
  badges,
  plan: [{ node, state: 'reused', reason: 'same', intent: 'now' }],
});
const view = (of: Report, runs: RunState) => viewsOf(document, of, new Map(), runs, {}, 0)[node];

test('warnings of check and run are counted, the first one told', () => {
  const { warnings, warning: told } = view(
    report([warning('a.b', 'Ten cells are odd.')]),
    ran([warning('c.d', 'Three rows short.')], 'now'),
  );
  expect([warnings, told]).toEqual([2, 'Ten cells are odd.']);
});

test('what a run with other settings warned of no longer counts, nor does a note', () => {
  const note = { ...warning('a.b', 'Good to know.'), severity: 'note' as const };
  expect(view(report([note]), ran([warning('c.d', 'Three rows short.')], 'before'))).toMatchObject({ warnings: 0, warning: '' });
});

test('a leak stands on its badge only', () => {
  const leak = warning('leak.rows', 'Rows of the test side were seen.');
  const seen = view(report([], [{ node, type: 'leak', rule: 6, message: 'Rows seen.', problem: leak }]), ran([], 'now'));
  expect(seen).toMatchObject({ badge: 'leak', warnings: 0 });
});

test('a view is the same object until something it tells is another', async () => {
  const plan = new Map(report([]).plan.map((step) => [step.node, step]));
  const runs = ran([], 'now');
  const views = viewsOf(document, report([]), plan, runs, {}, 0);
  // A report that comes anew and says the same, and time that passes while nothing runs.
  expect(viewsOf(document, report([]), new Map(plan), runs, views, 5000)).toBe(views);
  const warned = viewsOf(document, report([warning('a.b', 'Odd.')]), plan, runs, views, 0);
  expect(warned[node].warning).toBe('Odd.');
  expect(viewsOf(document, report([]), plan, runs, warned, 0)[node].warnings).toBe(0);
  const off = applyEdit(document, { label: '', changes: [{ type: 'field', field: 'name', value: 'Q' }] }, kindsById).document;
  expect(viewsOf(off, report([]), plan, runs, views, 0)).toBe(views);
  const stale = new Map([[node, { ...plan.get(node)!, state: 'will-run' as const, intent: 'next', reason: 'test size' }]]);
  expect(viewsOf(document, report([]), stale, runs, views, 0)[node].state).not.toBe(views[node].state);
  await setLanguage('zh');
  expect(viewsOf(document, report([]), plan, runs, views, 0)[node].title).toBe('拆分');
  await setLanguage('en');
});

test('after an undo a result of the settings in between is stale, though one for these settings is stored', () => {
  const plan = new Map([[node, { node, state: 'reused' as const, reason: 'reused', intent: 'now', outputs: { train: 'one' } }]]);
  const shown = (digest: string): RunState => {
    const { run, steps } = ran([], 'before');
    return { run, steps: { [node]: { ...steps[node], outputs: { train: { type: 'table', digest } as unknown as ValueInfo } } } };
  };
  const state = (runs: RunState) => viewsOf(document, report([]), plan, runs, {}, 0)[node].state;
  expect(state(shown('another'))).toBe('stale');
  expect(state(shown('one'))).toBe('reused');
  expect(state(ran([], 'before'))).toBe('reused');
});
