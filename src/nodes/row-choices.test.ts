/** What steps before a split do to rows across it: choosing by comparison is noted, copies of a row are warned of, and nothing else is. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { checkDocument } from '../engine/check.ts';
import { emptyDocument } from '../engine/document.ts';
import { kinds } from '../host/kinds.ts';
import type { ParamValues } from '../kind/params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { schemaOf, tableOf } from '../table/table.ts';
import { runKind } from './run-kind.fixture.ts';

const people = tableOf({
  key: ['integer', [1, 2, 3, 4, 5, 6, 7, 8]],
  x: ['number', [1, 2, 3, 4, 5, 6, 7, 8]],
  y: ['category', ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']],
});

/** Codes of what the check says at the step of this kind, between a source and a split or cross-validation. */
function said(kind: string, params: ParamValues, after = 'prepare.split'): string[] {
  const chain = [
    ['source', 'data.registered-dataset', { name: 'people' }],
    ['step', kind, params],
    ['split', after, {}],
  ] as const;
  const document = {
    ...emptyDocument('p', 'P'),
    nodes: Object.fromEntries(
      chain.map(([id, of, given]) => [
        id,
        { id, kind: of, version: kinds.get(of)!.version, params: given as Record<string, Json>, position: { x: 0, y: 0 } },
      ]),
    ),
    wires: Object.fromEntries(
      chain.slice(1).map(([to], i) => [to, { id: to, from: { node: chain[i][0], port: 'table' }, to: { node: to, port: 'table' } }]),
    ),
  };
  const known = (node: string) => (node === 'source' ? (schemaOf(people) as unknown as Json) : undefined);
  const { problems, badges } = checkDocument(document, { kinds, known, probeProblems: () => [], gpu: false });
  expect(badges).toEqual([]);
  return problems.filter((found) => found.at.node === 'step').map((found) => `${found.code} ${found.severity}`);
}

const NOTE = ['split.rows-chosen-before note'];
const BY_X = { by: [{ column: 'x', direction: 'descending' }] };
test.each([
  ['prepare.sort', { ...BY_X, first: 3 }, NOTE],
  ['prepare.sort', BY_X, []],
  ['prepare.remove-duplicates', { columns: { names: ['y'] } }, NOTE],
  ['prepare.remove-duplicates', { columns: { all: true, except: ['x'] } }, NOTE],
  ['prepare.remove-duplicates', { keep: 'none' }, NOTE],
  ['prepare.remove-duplicates', {}, []],
  ['prepare.filter-rows', { conditions: [{ column: 'x', test: '>', value: '2' }] }, []],
  ['prepare.drop-missing', {}, []],
] as [string, ParamValues, string[]][])('%s %j', (kind, params, wanted) => {
  expect(said(kind, params)).toEqual(wanted);
  expect(said(kind, params, 'evaluate.cross-validate')).toEqual(wanted);
});

const visits = (keys: number[]) => rawFrame(tableOf({ key: ['integer', keys], visit: ['number', keys.map((_, i) => i)] }));
const joined = async (right: Frame, how: string) =>
  (await runKind('prepare.join', { keys: [{ left: 'key', right: 'key' }], how }, { left: rawFrame(people), right })).outputs.table as Frame;
const codes = async (table: Frame, kind: string, params: ParamValues) => {
  const lists: Record<string, unknown[]> =
    kind === 'prepare.split' ? {} : { learner: [(await runKind('learn.baseline', { target: 'y' }, {})).outputs.learner] };
  return (await runKind(kind, params, { table }, lists)).problems.map((found) => found.code);
};

test.each(['prepare.split', 'evaluate.cross-validate'])('copies made by a join, before %s', async (kind) => {
  const short: ParamValues = kind === 'prepare.split' ? {} : { folds: 2 };
  const warned = ['leak.repeated-rows'];
  for (const how of ['left', 'inner', 'outer', 'right'])
    expect([how, await codes(await joined(visits([1, 1, 2, 2, 3, 4, 4]), how), kind, short)]).toEqual([how, warned]);
  // One partner at most; or a group that keeps the copies together.
  for (const how of ['left', 'inner', 'outer'])
    expect([how, await codes(await joined(visits([1, 2, 3, 4, 5, 6]), how), kind, short)]).toEqual([how, []]);
  const many = await joined(visits([1, 1, 2, 2, 3, 4, 4]), 'left');
  expect(await codes(many, kind, { ...short, method: 'grouped', group: 'key' })).toEqual([]);
  // A partner for nobody here repeats no row.
  expect(await codes(await joined(visits([1, 2, 9, 9]), 'left'), kind, short)).toEqual([]);
});
