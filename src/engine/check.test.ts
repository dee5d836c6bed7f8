/** The check says everything wrong at once, each at its place, and what can be exported; random graphs against an oracle. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { checkDocument } from './check.ts';
import { mostSimilar } from './check-columns.ts';
import type { PipelineDocument } from './document.ts';
import { compareIds, graphOf, nextId } from './graph.ts';
import { tableKinds } from './table-kinds.fixture.ts';
import { node, pipeline, wire } from './toy.fixture.ts';

const check = (document: PipelineDocument, known: () => string | undefined = () => undefined) =>
  checkDocument(document, { kinds: tableKinds, known, probeProblems: () => [], gpu: false });
const places = (document: PipelineDocument) =>
  check(document).problems.map(({ code, at }) =>
    [code, at.node, at.port ?? at.param, at.column].filter((part) => part !== undefined).join(' '),
  );
const ports = (paths: string[]) => paths.map((path) => path.replace(/^(\w+)>/, '$1.table>').replace(/>(\w+)$/, '>$1.table'));

test('everything at once', () => {
  const document = pipeline(
    [
      node('p', 'people', { count: 0, size: 1 }),
      node('f', 'formula', { from: 'agee', pairs: [{ column: 'gone' }] }),
      node('g', 'formula'),
      node('s', 'split', { method: 'odd' }),
      node('u', 'unheard-of'),
      node('n', 'cast', {}, { version: 2 }),
      node('e', 'evaluate'),
      node('l', 'learn', {}, { runOn: 'gpu' }),
    ],
    ['p.table>f.table', 'f.table>g.table', 'l.learner>e.table', 'p.table>g.table', 'p.nothing>s.table', 'gone.table>s.table'],
  );
  expect(places(document).sort()).toEqual(
    [
      'check.loose-wire',
      'check.missing-input n table',
      'check.newer-kind n',
      'check.no-column f from agee',
      'check.no-column f pairs gone',
      'check.no-gpu l',
      'check.port-type e table',
      'check.too-many-wires g table',
      'check.unknown-kind u',
      'check.unknown-param p size',
      'check.unknown-port p nothing',
      'param.range p count',
      'param.required g from',
      'param.unknown-choice s method',
    ].sort(),
  );
});

test('a misspelt column comes with its repair; an open or unknown schema says nothing', () => {
  const document = pipeline([node('p', 'people'), node('f', 'formula', { from: 'Fares' })], ports(['p>f']));
  expect(check(document).problems[0]).toMatchObject({
    at: { node: 'f', param: 'from', column: 'Fares' },
    fix: { label: 'Use “fare”', command: 'replace-column', args: { node: 'f', param: 'from', from: 'Fares', to: 'fare' } },
  });
  expect(places(pipeline([node('f', 'formula', { from: 'x' })], []))).toEqual(['check.missing-input f table']);
  expect(mostSimilar('Survivd', ['age', 'Survived'])).toBe('Survived');
  expect(mostSimilar('zzz', ['age', 'Survived'])).toBeUndefined();
});

test('schemas flow, with what probes found', () => {
  const document = pipeline([node('p', 'people'), node('c', 'cast'), node('f', 'formula', { from: 'age' })], ports(['p>c', 'c>f']));
  const names = (found: ReturnType<typeof check>) => {
    const output = found.outputs.f.table;
    return output?.type === 'table' ? output.schema.columns.map((column) => column.name) : [];
  };
  expect(names(check(document))).toEqual(['age', 'fare', 'survived', 'made']);
  expect(names(check(document, () => 'more'))).toEqual(['age', 'fare', 'survived', 'extra', 'made']);
});

test('what hinders export is named from the step on, until a barrier', () => {
  const document = pipeline(
    [
      node('p', 'people'),
      node('a', 'fill'),
      node('f', 'formula', { from: 'fare' }, { title: 'Fare' }),
      node('c', 'cast'),
      node('b', 'stack'),
      node('d', 'fill'),
      node('l', 'learn'),
      node('m', 'learn'),
    ],
    ports(['p>a', 'a>f', 'f>c', 'c>b', 'b>d', 'd>l', 'c>m']),
  );
  const { exportable } = check(document);
  const answers = Object.entries(exportable).map(([id, answer]) => [id, answer === true || answer.at.node]);
  expect(Object.fromEntries(answers)).toEqual({ a: true, f: 'f', c: 'f', m: 'f', d: true, l: true });
});

test('a kind function that throws becomes a problem at its node, and the rest goes on', () => {
  const broken = {
    ...tableKinds.get('cast')!,
    schema: () => {
      throw new Error('bug');
    },
  };
  const document = pipeline([node('p', 'people'), node('c', 'cast'), node('g', 'fill')], ports(['p>c', 'p>g']));
  const found = checkDocument(document, {
    kinds: new Map([...tableKinds, ['cast', broken]]),
    known: () => undefined,
    probeProblems: () => [],
    gpu: false,
  });
  expect(found.problems).toMatchObject([{ code: 'internal', at: { node: 'c' } }]);
  expect(found.outputs.g.table).toBeDefined();
});

test('cycles are named, and only what lies on or behind them is left out', () => {
  const document = pipeline(
    [
      node('p', 'people'),
      node('a', 'cast', {}, { title: 'One' }),
      node('b', 'cast', {}, { title: 'Two' }),
      node('c', 'cast'),
      node('d', 'cast'),
    ],
    ports(['a>b', 'b>a', 'b>c', 'p>d']),
  );
  const found = check(document);
  expect(found.problems).toMatchObject([{ code: 'check.cycle', at: { node: 'a' }, message: '“One”, “Two” feed each other in a circle.' }]);
  expect(found.graph.order).toEqual(['p', 'd']);
});

test('2,000 random graphs: order and cycles agree with strongly connected components', () => {
  const draw = stream('graphs', 1);
  for (let round = 0; round < 2000; round++) {
    const size = 1 + draw.below(8);
    const ids = Array.from({ length: size }, (_, i) => `n${i}`);
    const paths = Array.from({ length: draw.below(size * 2) }, () => [draw.below(size), draw.below(size)]);
    const document = pipeline(
      ids.map((id) => node(id, 'cast')),
      [],
    );
    document.wires = Object.fromEntries(paths.map(([a, b], i) => [`w${i}`, wire(`w${i}`, `n${a}.table>n${b}.table`)]));
    const graph = graphOf(document);
    const edges = new Set(paths.map(([a, b]) => `${a} ${b}`));
    const cyclic = components(size, edges).filter((group) => group.length > 1 || edges.has(`${group[0]} ${group[0]}`));
    expect(graph.cycles.length > 0).toBe(cyclic.length > 0);
    for (const cycle of graph.cycles) {
      const numbers = cycle.map((id) => Number(id.slice(1)));
      expect(numbers.every((from, i) => edges.has(`${from} ${numbers[(i + 1) % numbers.length]}`))).toBe(true);
    }
    const at = new Map(graph.order.map((id, i) => [id, i]));
    for (const [a, b] of paths) if (at.has(`n${b}`)) expect(at.get(`n${a}`)).toBeLessThan(at.get(`n${b}`)!);
    if (cyclic.length === 0) expect(graph.order).toHaveLength(size);
    for (const group of cyclic) for (const member of group) expect(at.has(`n${member}`)).toBe(false);
  }
});

/** Strongly connected components by mutual reachability (Warshall), as an independent oracle. */
function components(size: number, edges: ReadonlySet<string>): number[][] {
  const reach = Array.from({ length: size }, (_, a) => Array.from({ length: size }, (_, b) => a === b || edges.has(`${a} ${b}`)));
  for (let k = 0; k < size; k++) for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) reach[a][b] ||= reach[a][k] && reach[k][b];
  const groups = new Map<string, number[]>();
  for (let a = 0; a < size; a++) {
    const mutual = reach[a].map((yes, b) => (yes && reach[b][a] ? b : -1)).filter((b) => b >= 0);
    groups.set(mutual.join(), mutual);
  }
  return [...groups.values()];
}

test('ids count as numbers and new ones come last', () => {
  expect(['w10', 'w2', 'a', 'w1'].sort(compareIds)).toEqual(['a', 'w1', 'w2', 'w10']);
  expect(nextId('w', ['w1', 'w10', 'x99'])).toBe('w11');
  expect(nextId('w', [])).toBe('w1');
});
