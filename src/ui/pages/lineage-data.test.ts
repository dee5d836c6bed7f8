/** The data card of a model names its own sources, and the run that read them. */
import { expect, test } from 'vitest';
import { emptyDocument } from '../../engine/document.ts';
import type { RunRecord } from '../../registry/records.ts';
import { sourcesOf } from './lineage-data.ts';

const node = (id: string, kind: string, params = {}) => ({ id, kind, version: 1, params, position: { x: 0, y: 0 } });
const wire = (from: string, to: string) => ({ id: `${from}${to}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
const nodes = [
  node('file', 'data.file-import'),
  node('other', 'data.sample'),
  node('fit', 'learn.tree'),
  node('fit2', 'learn.tree'),
  node('keep', 'deliver.register-model', { name: 'm' }),
  node('keep2', 'deliver.register-model', { name: 'n' }),
];
const wires = [wire('file', 'fit'), wire('fit', 'keep'), wire('other', 'fit2'), wire('fit2', 'keep2')];
const document = JSON.stringify({
  ...emptyDocument('p', 'P'),
  nodes: Object.fromEntries(nodes.map((one) => [one.id, one])),
  wires: Object.fromEntries(wires.map((one) => [one.id, one])),
});
const step = (id: string, state: 'fresh' | 'reused', digest: string): RunRecord['steps'][number] => ({
  node: id,
  title: `${id}.csv`,
  kind: 'k',
  state,
  reason: '',
  headline: '10 × 3',
  outputs: { table: digest as never },
});
const run = (startedAt: number, state: 'fresh' | 'reused', digest = 'aa') => ({
  document,
  startedAt,
  steps: [step('file', state, digest), step('other', state, 'bb'), step('fit', 'fresh', 'cc')],
});

test('only the sources of that model, read by the run itself', () => {
  expect(sourcesOf('m', run(5, 'fresh'), [])).toEqual([{ title: 'file.csv', size: '10 × 3', readAt: 5 }]);
  expect(sourcesOf('n', run(5, 'fresh'), []).map(({ title }) => title)).toEqual(['other.csv']);
});

test('a source that was used again was read by the newest run before it that read the same', () => {
  const runs = [run(1, 'fresh'), run(2, 'fresh'), run(3, 'fresh', 'zz'), run(9, 'fresh')];
  expect(sourcesOf('m', run(5, 'reused'), runs)[0].readAt).toBe(2);
  expect(sourcesOf('m', run(5, 'reused'), [])[0].readAt).toBeUndefined();
});

test('a model whose name no node has: the sources of all that register', () => {
  expect(sourcesOf('x', run(5, 'fresh'), []).map(({ title }) => title)).toEqual(['file.csv', 'other.csv']);
});
