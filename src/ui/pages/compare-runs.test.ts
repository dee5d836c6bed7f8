/** A comparison names what differs and nothing else. */
import { expect, it } from 'vitest';
import { emptyDocument } from '../../engine/document.ts';
import { runHeadline } from '../../engine/run-record.ts';
import { differencesOf, metricRows } from './compare-runs.ts';

const node = (id: string, params = {}) => ({ id, kind: `k.${id}`, version: 1, params, position: { x: 0, y: 0 } });
const run = (seed: number, nodes: Record<string, ReturnType<typeof node>>) => ({
  document: JSON.stringify({ ...emptyDocument('p', 'P'), seed, nodes }),
});

it('lists settings, nodes and seeds that differ', () => {
  const a = run(1, { split: node('split', { size: 0.2, same: 1 }), extra: node('extra') });
  const b = run(2, { split: node('split', { same: 1 }) });
  expect(differencesOf([a, b])).toEqual([
    { node: '', title: '', kind: '', param: 'seed', values: [1, 2] },
    { node: 'split', title: '', kind: 'k.split', param: 'size', values: [0.2, undefined] },
    { node: 'extra', title: '', kind: 'k.extra', values: [true, false] },
  ]);
  expect(differencesOf([a, a])).toEqual([]);
});

const step = (nodeId: string, more: { headline?: string; metrics?: Record<string, number> } = {}) => ({
  node: nodeId,
  title: nodeId,
  kind: 'k',
  state: 'fresh' as const,
  reason: '',
  ...more,
});
it('lines metrics up by step, and takes the headline of the step that judged', () => {
  const one = { steps: [step('e', { metrics: { auc: 0.9 }, headline: 'AUC 0.900' }), step('save', { headline: '64 KB' })] };
  const two = { steps: [step('e', { metrics: { auc: 0.8, f1: 0.7 } })] };
  expect(metricRows([one, two])).toEqual([
    { node: 'e', title: 'e', metric: 'auc', values: [0.9, 0.8] },
    { node: 'e', title: 'e', metric: 'f1', values: [undefined, 0.7] },
  ]);
  expect(runHeadline(one.steps)).toBe('AUC 0.900');
  expect(runHeadline([step('x', { headline: '1 × 2' })])).toBe('1 × 2');
});
