/** The three source nodes: what probe says before a run is what run gives; overrides, targets and faults at their parameter. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import type { Json } from '../../base/json.ts';
import { type Problem, toProblem } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import type { Kind } from '../../kind/kind.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import type { NodeCode, RunContext, Services } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import { cellsOf } from '../../table/column.ts';
import { columnNamed, schemaOf } from '../../table/table.ts';
import { enterData } from '../enter-data/kind.ts';
import * as enterCode from '../enter-data/run.ts';
import { sampleData } from '../sample-data/kind.ts';
import * as sampleCode from '../sample-data/run.ts';
import { fileImport } from './kind.ts';
import * as fileCode from './run.ts';

const services = (bytes: Uint8Array) =>
  ({
    readFile: async () => bytes,
    readSample: async (name: string) => new Uint8Array(readFileSync(`public/samples/${name}.csv`)),
  }) as unknown as Services;

async function runNode(code: NodeCode, kind: Kind, params: ParamValues, bytes = utf8('')) {
  const problems: Problem[] = [];
  const full = { ...defaults(kind.params), ...params };
  const context: RunContext = {
    params: full,
    inputs: {},
    lists: {},
    progress: () => {},
    log: (_, problem) => problem && problems.push(problem),
    random: (purpose) => stream(purpose),
    stopRequested: () => false,
    onAsk: () => {},
    now: () => 0,
    backend: 'cpu',
    width: 1,
    spread: () => Promise.reject(new Error('no parts here')),
    services: services(bytes),
    within: (_ms, _late, work) => work(),
  };
  const known = (await code.probe?.(full, context.services)) as Json;
  const port = kind.schema({ params: full, inputs: {}, lists: {}, known }).table;
  const { table } = (await code.run(context)).table as Frame;
  return { table, problems, schema: port?.type === 'table' ? port.schema : undefined };
}
const file = { name: 'x.csv', digest: 'd', size: 1 } as unknown as Json;

test('file import: the schema known before a run is the schema of the table', async () => {
  const bytes = utf8('id;price;city\n1;2,5;Rome\n2;;Oslo\n3;4,5;Rome\n');
  const { table, schema, problems } = await runNode(fileCode, fileImport, { file, target: 'price' }, bytes);
  expect(schema).toEqual(schemaOf(table));
  expect(table.fields.map((f) => f.role)).toEqual(['feature', 'target', 'feature']);
  expect(cellsOf(columnNamed(table, 'price'))).toEqual([2.5, null, 4.5]);
  expect(problems).toEqual([]);
});

test('file import: every override reaches the reader', async () => {
  const bytes = Uint8Array.from('title\n%note\ncode|when|v\n007|01/02/2023|99\n008|03/02/2023|caf\xe9\n', (c) => c.charCodeAt(0));
  const types = [{ column: 'code', type: 'integer' }];
  const set = {
    delimiter: 'pipe',
    encoding: 'windows-1252',
    header: 'yes',
    skipLines: 1,
    comment: '%',
    missing: '99',
    dateOrder: 'day-first',
  };
  const { table, problems } = await runNode(fileCode, fileImport, { file, types, ...set }, bytes);
  expect(table.fields.map((f, i) => [f.name, cellsOf(table.columns[i])])).toEqual([
    ['code', [7, 8]],
    ['when', [Date.UTC(2023, 1, 1), Date.UTC(2023, 1, 3)]],
    ['v', [null, 'café']],
  ]);
  expect(problems.map((p) => p.code)).toEqual(['csv.encoding', 'csv.comments', 'column.missing']);
});

test('file import: large files are probed by their head, without a row count', async () => {
  const bytes = utf8(`a,b\n${'1,x\n2,y\n'.repeat(300_000)}`);
  const { table, schema } = await runNode(fileCode, fileImport, { file }, bytes);
  expect(table.rowCount).toBe(600_000);
  expect(schema).toEqual({
    columns: [
      { name: 'a', type: 'integer', role: 'feature' },
      { name: 'b', type: 'category', role: 'feature' },
    ],
  });
});

test('file import: no file, an empty file and an absent target are problems at their place', async () => {
  const fault = async (params: ParamValues, bytes?: Uint8Array<ArrayBuffer>) =>
    runNode(fileCode, fileImport, params, bytes).then(
      () => expect.fail('it ran'),
      (error: unknown) => toProblem(error),
    );
  expect(await fault({})).toMatchObject({ code: 'file-import.no-file', at: { param: 'file' } });
  expect(await fault({ file }, utf8(''))).toMatchObject({ code: 'csv.empty', severity: 'error' });
  expect(await fault({ file, target: 'z' }, utf8('a,b\n1,2\n'))).toMatchObject({ code: 'source.no-target', at: { param: 'target' } });
});

test('a target that the source lacks is found before a run', () => {
  const known = { columns: [{ name: 'a', type: 'number', role: 'feature' }] };
  const check = (target: Json, about: Json | undefined = known) =>
    [fileImport, sampleData].map((kind) => kind.check?.({ params: { target }, inputs: {}, lists: {}, known: about }).map((p) => p.code));
  expect(check('b')).toEqual([['source.no-target'], ['source.no-target']]);
  expect([check('a'), check(null), check('b', null)]).toEqual(Array(3).fill([[], []]));
});

test('sample data: iris', async () => {
  const { table, schema } = await runNode(sampleCode, sampleData, { target: 'species' });
  expect([table.rowCount, table.columns.length, table.fields[4].role]).toEqual([150, 5, 'target']);
  expect(schema).toEqual(schemaOf(table));
});

test('enter data: a typed sheet, and pasted text', async () => {
  const sheet = {
    columns: [
      { name: 'n', type: 'number' },
      { name: 'when', type: 'datetime' },
      { name: 'code', type: 'category' },
    ],
    rows: [
      ['1,234.5', '2023-02-01', '007'],
      ['x', '', null],
    ],
  };
  const typed = await runNode(enterCode, enterData, { sheet });
  expect(typed.table.columns.map((c) => [c.type, cellsOf(c)])).toEqual([
    ['number', [1234.5, null]],
    ['datetime', [Date.UTC(2023, 1, 1), null]],
    ['category', ['007', null]],
  ]);
  expect(typed.problems.map((p) => [p.code, p.at.column])).toEqual([
    ['column.cast', 'n'],
    ['column.thousands', 'n'],
  ]);
  expect(typed.schema).toEqual(schemaOf(typed.table));
  const pasted = await runNode(enterCode, enterData, { source: 'csv', csv: 'a\tb\n1\tx\n2\ty\n' });
  expect(pasted.table.columns.map((c) => cellsOf(c))).toEqual([
    [1, 2],
    ['x', 'y'],
  ]);
  expect(enterData.brief?.({ source: 'csv', csv: 'a\n1\n2\n' })).toMatchObject({ text: '2 rows' });
});

test('enter data: faults of the sheet are found before a run', () => {
  const check = (sheet: Json) => enterData.check?.({ params: { source: 'sheet', sheet }, inputs: {}, lists: {} }).map((p) => p.code);
  expect(check({ columns: [{ name: 'a', type: 'number' }], rows: [['1']] })).toEqual([]);
  expect(
    check({
      columns: [
        { name: 'a', type: 'number' },
        { name: 'a', type: 'text' },
      ],
      rows: [],
    }),
  ).toEqual(['enter-data.names']);
  expect(check({ columns: [{ name: 'a', type: 'odd' }], rows: [] })).toEqual(['enter-data.sheet']);
  expect(check(null)).toEqual(['enter-data.sheet']);
});
