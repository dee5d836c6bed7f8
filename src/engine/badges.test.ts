/** Leak and refit badges: rules 4 to 6 of the contracts, each with a case that must and one that must not warn. */
import { expect, test } from 'vitest';
import { checkDocument } from './check.ts';
import type { DocumentNode } from './document.ts';
import { mayShareRows } from './row-origin.ts';
import { tableKinds } from './table-kinds.fixture.ts';
import { node, pipeline } from './toy.fixture.ts';

/**
 * `'people>fill>split.train>learn'`: kinds by the id without its number; a port names an output, or after the last id an
 * input; `table` where none is named.
 */
function check(paths: string[], params: Record<string, DocumentNode['params']> = {}) {
  const ids = new Set<string>();
  const wires = new Set<string>();
  for (const path of paths) {
    const ends = path.split('>').map((end) => end.split('.'));
    for (const [id] of ends) ids.add(id);
    for (let i = 1; i < ends.length; i++) {
      const [from, output = 'table'] = ends[i - 1];
      const [to, port = 'table'] = ends[i];
      wires.add(`${from}.${output}>${to}.${i === ends.length - 1 ? port : 'table'}`);
    }
  }
  const nodes = [...ids].map((id) => node(id, id.replace(/\d+$/, ''), params[id] ?? {}));
  return checkDocument(pipeline(nodes, [...wires]), { kinds: tableKinds, known: () => undefined, probeProblems: () => [], gpu: false });
}
const badges = (paths: string[], params?: Record<string, DocumentNode['params']>) =>
  check(paths, params).badges.map(
    (badge) =>
      `${badge.node} ${badge.type} ${badge.rule}${badge.problem ? ` ${badge.problem.code}` : ''}${badge.column ? ` ${badge.column}` : ''}`,
  );

test('learning steps before a split are refitted, and say on how many rows', () => {
  const { badges: found } = check(['people>cast>fill>split.train>learn']);
  expect(found).toMatchObject([
    { node: 'fill', type: 'refit', rule: 5, message: { text: 'after “Split”: refitted on the 70 % training rows' } },
  ]);
  expect(badges(['people>split.train>fill>learn'])).toEqual([]);
});

test('folds refit too', () => {
  expect(badges(['people>fill>folds', 'learn.learner>folds.learner'])).toEqual(['fill refit 4']);
});

test('barriers that learn or mix, and scripts, leak; row-wise scripts do not', () => {
  expect(badges(['people>group>split'])).toEqual(['group leak 6 leak.seals']);
  expect(badges(['people>rank>drop>split'])).toEqual(['rank leak 6 leak.seals']);
  expect(badges(['people>script>split'])).toEqual(['script leak 6 leak.seals']);
  expect(badges(['people>script>split'], { script: { rowwise: true } })).toEqual([]);
  expect(badges(['people>split.train>group'])).toEqual([]);
  expect(badges(['people>rank'])).toEqual([]);
});

test('a plain barrier leaks nothing itself but seals the learning before it', () => {
  expect(badges(['people>stack>split'])).toEqual([]);
  expect(badges(['people>fill>stack>split'])).toEqual(['fill leak 6 leak.sealed']);
});

test('a side from the same source makes a join learn; one from elsewhere is a constant', () => {
  expect(badges(['people>join>split', 'people>group>join.right'])).toEqual(['join refit 5']);
  expect(badges(['people>join>split', 'people2>group>join.right'])).toEqual([]);
});

test('looking back leaks before a random split only', () => {
  expect(badges(['people>lag>split'])).toEqual(['lag leak 6 leak.order']);
  expect(badges(['people>lag>split'], { split: { method: 'time' } })).toEqual([]);
});

test('a feature made from the target leaks, with the fix, unless it is left out', () => {
  const found = check(['people>formula>cast>learn'], { formula: { from: 'survived' } });
  expect(found.badges).toMatchObject([{ node: 'learn', rule: 6, column: 'made', problem: { code: 'leak.target', severity: 'warning' } }]);
  expect(found.badges[0].problem?.fix?.args).toEqual({ node: 'learn', param: 'features', value: { all: true, except: ['made'] } });
  expect(found.problems.map((problem) => problem.code)).toEqual(['leak.target']);
  expect(
    badges(['people>formula>cast>learn'], { formula: { from: 'survived' }, learn: { features: { all: true, except: ['made'] } } }),
  ).toEqual([]);
  expect(badges(['people>formula>cast>learn'], { formula: { from: 'age' } })).toEqual([]);
  expect(badges(['people>encode>learn'])).toEqual([]);
});

test('a model judged on its own rows gives a training score, on other rows it does not', () => {
  const judged = (table: string) => badges([`people>split.train>learn.model>evaluate.model`, `people>split.${table}>cast>evaluate`]);
  expect(judged('train')).toEqual(['evaluate leak 6 leak.training-score']);
  expect(judged('test')).toEqual([]);
  const scored = (table: string) => badges(['people>split.train>learn.model>score.model', `people>split.${table}>score>evaluate`]);
  expect(scored('train')).toEqual(['evaluate leak 6 leak.training-score']);
  expect(scored('test')).toEqual([]);
  expect(badges(['people>learn.model>evaluate.model', 'people>split.test>evaluate'])).toEqual(['evaluate leak 6 leak.training-score']);
  expect(badges(['people>learn.model>evaluate.model', 'people2>evaluate'])).toEqual([]);
});

test('rows put together from both sides of a split are on both', () => {
  const judged = (table: string) =>
    badges(['people>split.train>stack>learn.model>evaluate.model', 'people>split.test>stack', `people>split.${table}>evaluate`]);
  expect(judged('test')).toEqual(['evaluate leak 6 leak.training-score']);
  expect(
    badges(['people>split.train>stack>learn.model>evaluate.model', 'people2>stack', 'people>split.test>evaluate', 'people3>evaluate']),
  ).toEqual([]);
});

test('rows are shared unless they come from other sources or other sides of one split', () => {
  expect(mayShareRows(['a', 's.train'], ['a', 's.test'])).toBe(false);
  expect(mayShareRows(['a', 's.train'], ['a', 't.test'])).toBe(true);
  expect(mayShareRows(['a'], ['a', 's.test'])).toBe(true);
  expect(mayShareRows(['a', 's.train', 't.train'], ['a', 's.train', 't.test'])).toBe(false);
  expect(mayShareRows(['a'], ['b'])).toBe(false);
});
