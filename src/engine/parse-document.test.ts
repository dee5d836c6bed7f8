/** Reading pipeline files: exact round trips, refusals with their place, migrations by number. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import type { Kind } from '../kind/kind.ts';
import { migrate, parseDocument } from './parse-document.ts';
import { serialise } from './serialise.ts';
import { node, randomPipeline, toyKinds } from './toy.fixture.ts';

const problemOf = (source: string | Json) => {
  try {
    parseDocument(source, toyKinds);
  } catch (error) {
    return (error as { problem: { code: string; message: string } }).problem;
  }
};
type Loose = { nodes: { n1: object } };
const changed = (change: (document: Loose) => void): Json => {
  const document = JSON.parse(serialise(randomPipeline('parse', 5)));
  change(document);
  return document;
};

test('a saved document reads back equal, and saves to the same bytes', () => {
  const document = {
    ...randomPipeline('parse', 20),
    description: 'Toy “pipeline”',
    notes: { note1: { id: 'note1', text: 'x\ny', position: { x: 1, y: 2 }, size: { width: 3, height: 4 } } },
    extra: { made: 'by hand' },
  };
  const text = serialise(document);
  expect(parseDocument(text, toyKinds)).toEqual(document);
  expect(serialise(parseDocument(text, toyKinds))).toBe(text);
});

test('the order of building does not show, and ids sort as numbers', () => {
  const document = randomPipeline('parse', 12);
  const backwards = {
    ...document,
    nodes: Object.fromEntries(Object.entries(document.nodes).reverse()),
    wires: Object.fromEntries(Object.entries(document.wires).reverse()),
  };
  expect(serialise(backwards)).toBe(serialise(document));
  expect(serialise(document).indexOf('"n2"')).toBeLessThan(serialise(document).indexOf('"n10": {'));
});

test.each([
  ['document.not-json', '{'],
  ['document.not-one', '[]'],
  ['document.not-one', '{}'],
  ['document.newer', { format: 2 }],
  ['document.wrong-value', { format: 1 }],
  ['document.unknown-member', changed((d) => Object.assign(d, { schedule: 1 }))],
  ['document.unknown-member', changed((d) => Object.assign(d.nodes.n1, { colour: 'red' }))],
  ['document.wrong-value', changed((d) => Object.assign(d.nodes.n1, { params: [] }))],
  ['document.wrong-value', changed((d) => Object.assign(d.nodes.n1, { id: 'n7' }))],
  ['document.wrong-value', changed((d) => Object.assign(d.nodes.n1, { runOn: 'tpu' }))],
  ['document.wrong-value', changed((d) => Object.assign(d.nodes.n1, { position: { x: 1 } }))],
  ['document.wrong-value', '{"format":1,"id":"a","name":"","seed":1,"nodes":{"__proto__":{}},"wires":{},"notes":{}}'],
])('%s', (code, source) => {
  expect(problemOf(source)?.code).toBe(code);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('the message names the place', () => {
  const source = changed((d) => Object.assign(d.nodes.n1, { version: 'one' }));
  expect(problemOf(source)?.message).toBe('In the pipeline file, nodes.n1.version should be a whole number.');
});

test('migrations run one after another; unknown and newer kinds stay as they are', () => {
  const kind = {
    ...toyKinds.get('add')!,
    version: 3,
    migrations: { 1: ({ amount }) => ({ by: amount }), 2: (params) => ({ ...params, unit: 'm' }) },
  } satisfies Kind;
  expect(migrate(node('a', 'add', { amount: 2 }), kind)).toMatchObject({ version: 3, params: { by: 2, unit: 'm' } });
  expect(migrate({ ...node('a', 'add', { by: 2 }), version: 2 }, kind)).toMatchObject({ version: 3, params: { by: 2, unit: 'm' } });
  const newer = { ...node('a', 'add'), version: 9 };
  expect(migrate(newer, kind)).toBe(newer);
  expect(migrate(newer, undefined)).toBe(newer);
});
