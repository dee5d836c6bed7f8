/** danfojs on the verbs: what it offers, over the same cells. */
import { createRequire } from 'node:module';
import { cellsOf } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { Tables, Work } from './verb-cases.ts';

interface Series {
  gt: (value: number) => unknown;
  eq: (value: string) => unknown;
  unique: () => { shape: number[] };
}
/** The part of danfojs that is measured. */
interface Frame {
  shape: number[];
  column: (name: string) => Series;
  copy: () => Frame;
  query: (condition: unknown) => Frame;
  sortValues: (column: string) => Frame;
  dropNa: (options: { axis: 0 | 1 }) => Frame;
  fillNa: (value: unknown, options: { columns: string[] }) => Frame;
  drop: (options: { columns: string[] }) => Frame;
  rename: (names: Record<string, string>) => Frame;
  groupby: (keys: string[]) => { agg: (spec: Record<string, string>) => Frame };
  describe: () => Frame;
}
interface Danfo {
  DataFrame: new (data: Record<string, unknown[]>) => Frame;
  concat: (options: { dfList: Frame[]; axis: 0 | 1 }) => Frame;
  merge: (options: { left: Frame; right: Frame; on: string[]; how: string }) => Frame;
}

export function danfoWork({ main, lookups }: Tables): Work {
  const danfo = createRequire(import.meta.url)('danfojs') as Danfo;
  const frameOf = (t: Table) =>
    new danfo.DataFrame(
      Object.fromEntries(
        t.fields.map(({ name }, i) => {
          const hole = t.columns[i].type === 'category' || t.columns[i].type === 'text' ? undefined : Number.NaN;
          return [name, cellsOf(t.columns[i]).map((cell) => cell ?? hole)];
        }),
      ),
    );
  const frame = frameOf(main);
  const [small, large] = [frameOf(lookups.small), frameOf(lookups.large)];
  const gaps = main.fields.map((field, i) => ({ name: field.name, label: ['category', 'text'].includes(main.columns[i].type) }));
  const rows = (result: Frame) => result.shape[0];
  return {
    'filter by number': () => rows(frame.query(frame.column('a').gt(0))),
    'filter by label': () => rows(frame.query(frame.column('h').eq('level 2'))),
    'sort by integer': () => rows(frame.sortValues('k')),
    'sort by text': () => rows(frame.sortValues('s')),
    'drop missing': () => rows(frame.dropNa({ axis: 1 })),
    'fill missing': () =>
      rows(
        frame.fillNa(
          gaps.map(({ label }) => (label ? 'none' : 0)),
          { columns: gaps.map(({ name }) => name) },
        ),
      ),
    'drop columns': () => rows(frame.drop({ columns: ['b', 'h'] })),
    rename: () => rows(frame.rename({ a: 'z' })),
    // Its concat adds the rows to its first table, so a copy stands in for it.
    concat: () => rows(danfo.concat({ dfList: [frame.copy(), frame], axis: 0 })),
    'group by label': () => rows(frame.groupby(['g']).agg({ a: 'mean' })),
    'group by two, five values': () => rows(frame.groupby(['p', 'q']).agg({ a: 'mean', b: 'sum', c: 'min', d: 'max', e: 'std' })),
    'distinct by text': () => frame.column('s').unique().shape[0],
    'join 1,000 labels': () => rows(danfo.merge({ left: frame, right: small, on: ['g'], how: 'left' })),
    'join 200,000 integers': () => rows(danfo.merge({ left: frame, right: large, on: ['k'], how: 'inner' })),
    summary: () => frame.describe().shape[0],
  };
}
