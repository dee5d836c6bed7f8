/** The verbs on a million rows: ours beside danfojs, in one process. pandas runs the same in `conformance/verbs_speed.py`. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { exp, log } from '../base/float.ts';
import { fillParams } from '../kind/fill.ts';
import type { ParamValues } from '../kind/params.ts';
import { steps } from '../nodes/steps.ts';
import type { StepCode } from '../recipe/step.ts';
import { cellsOf } from '../table/column.ts';
import { writeCsv } from '../table/csv/write.ts';
import { gatherRows, type Table } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import { benchTable } from './data.ts';
import { line, measure } from './measure.ts';

/** The part of danfojs that is measured. */
interface Frame {
  query: (condition: unknown) => Frame;
  sortValues: (column: string) => Frame;
  dropNa: (options: { axis: 0 | 1 }) => Frame;
  fillNa: (value: unknown, options: { columns: string[] }) => Frame;
  drop: (options: { columns: string[] }) => Frame;
  rename: (names: Record<string, string>) => Frame;
  groupby: (keys: string[]) => { agg: (spec: Record<string, string>) => Frame };
  column: (name: string) => { gt: (value: number) => unknown };
}
interface Danfo {
  DataFrame: new (data: Record<string, unknown[]>) => Frame;
  concat: (options: { dfList: Frame[]; axis: 0 | 1 }) => Frame;
}

async function verb(id: string, params: ParamValues): Promise<(table: Table) => unknown> {
  const found = [...steps, ...transforms].find((item) => item.kind.id === id)!;
  const code: StepCode = await found.load();
  const full = fillParams(found.kind.params, params);
  return async (table) => {
    if (code.select) return gatherRows(table, code.select(table, full, undefined, []));
    if (code.apply)
      return code.apply(
        table,
        full,
        await code.fit?.(table, full, {
          sides: [],
          random: () => {
            throw new Error('no random');
          },
        }),
        [],
      );
    return code.make?.(table, full, id === 'prepare.concat' ? [table] : []);
  };
}

/** What it throws, if it does; a peer that cannot do the work has no time. */
function failureOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export async function verbsArea(rows: number): Promise<void> {
  const table = benchTable(rows);
  await writeFile(path.join(os.tmpdir(), 'millrace-bench.csv'), writeCsv(table));
  const dfd = createRequire(import.meta.url)('danfojs') as Danfo;
  const frame = new dfd.DataFrame(
    Object.fromEntries(table.fields.map((field, i) => [field.name, cellsOf(table.columns[i]).map((cell) => cell ?? Number.NaN)])),
  );
  const cases: [string, string, ParamValues, () => unknown][] = [
    ['filter', 'prepare.filter-rows', { conditions: [{ column: 'a', test: '>', value: '0' }] }, () => frame.query(frame.column('a').gt(0))],
    ['sort', 'prepare.sort', { by: [{ column: 'k', direction: 'ascending' }] }, () => frame.sortValues('k')],
    ['drop missing', 'prepare.drop-missing', {}, () => frame.dropNa({ axis: 1 })],
    [
      'fill missing',
      'prepare.fill-missing',
      { numbers: 'constant', number: 0, labels: 'leave' },
      () => frame.fillNa([0, 0, 0, 0], { columns: ['a', 'b', 'c', 'd'] }),
    ],
    ['drop columns', 'prepare.select-columns', { columns: { names: ['b', 'h'] } }, () => frame.drop({ columns: ['b', 'h'] })],
    ['rename', 'prepare.rename', { names: [{ from: 'a', to: 'z' }] }, () => frame.rename({ a: 'z' })],
    [
      'group by',
      'prepare.group-by',
      { keys: { names: ['g'] }, values: [{ column: 'a', how: 'mean', name: '' }] },
      () => frame.groupby(['g']).agg({ a: 'mean' }),
    ],
    ['concat', 'prepare.concat', {}, () => dfd.concat({ dfList: [frame, frame], axis: 0 })],
  ];
  const ratios: number[] = [];
  for (const [title, id, params, theirs] of cases) {
    const ours = await verb(id, params);
    const mine = { name: 'millrace', run: () => ours(table) };
    const failure = failureOf(theirs);
    if (failure !== undefined) {
      process.stdout.write(`${line(title, await measure([mine], 3))}; danfojs fails: ${failure}\n`);
      continue;
    }
    const timings = await measure([mine, { name: 'danfojs', run: theirs }], 3);
    ratios.push(Math.max(timings[1].median, 1) / Math.max(timings[0].median, 1));
    process.stdout.write(`${line(title, timings)}\n`);
  }
  const mean = exp(ratios.reduce((sum, ratio) => sum + log(ratio), 0) / ratios.length);
  process.stdout.write(`geometric mean of the ${ratios.length} ratios: ${mean.toFixed(1)}×\n`);
}
