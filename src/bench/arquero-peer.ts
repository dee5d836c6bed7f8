/** arquero on the verbs: typed arrays for numbers and dates, lists of texts for labels; lazy results are made real. */
import { type Cell, cellsOf } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { importPeer } from './import-peer.ts';
import type { Tables, Work } from './verb-cases.ts';

/** The part of arquero that is measured; expressions are given as source text, as it compiles them itself. */
interface Rows {
  numRows: () => number;
  reify: () => Rows;
  filter: (source: string) => Rows;
  orderby: (...keys: unknown[]) => Rows;
  impute: (values: Record<string, string>) => Rows;
  select: (columns: unknown) => Rows;
  rename: (names: Record<string, string>) => Rows;
  concat: (other: Rows) => Rows;
  groupby: (...keys: string[]) => Rows;
  rollup: (values: Record<string, string>) => Rows;
  dedupe: (...keys: string[]) => Rows;
  join: (other: Rows, key: string) => Rows;
  join_left: (other: Rows, key: string) => Rows;
}
interface Arquero {
  table: (columns: Record<string, ArrayLike<Cell>>) => Rows;
  desc: (column: string) => unknown;
  not: (...columns: string[]) => unknown;
}

export async function arqueroWork({ main, lookups }: Tables): Promise<Work> {
  const aq = (await importPeer('arquero')) as Arquero;
  const rowsOf = (t: Table) =>
    aq.table(
      Object.fromEntries(
        t.fields.map(({ name }, i) => {
          const column = t.columns[i];
          return [
            name,
            column.type === 'category' || column.type === 'text' ? cellsOf(column) : (column as { values: Float64Array }).values,
          ];
        }),
      ),
    );
  const rows = rowsOf(main);
  const [small, large] = [rowsOf(lookups.small), rowsOf(lookups.large)];
  const isLabel = (i: number) => main.columns[i].type === 'category' || main.columns[i].type === 'text';
  const names = main.fields.map(({ name }) => name);
  const there = names.map((name, i) => (isLabel(i) ? `d.${name} !== null` : `!op.is_nan(d.${name})`)).join(' && ');
  const fills = Object.fromEntries(
    names
      .filter((_, i) => main.columns[i].type !== 'datetime')
      .map((name) => [name, isLabel(names.indexOf(name)) ? '() => "none"' : '() => 0']),
  );
  const figures: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    figures[`${name}_there`] = `d => op.valid(d.${name})`;
    figures[`${name}_distinct`] = `d => op.distinct(d.${name})`;
    if (isLabel(i)) continue;
    for (const how of ['min', 'max', 'mean', 'stdev']) figures[`${name}_${how}`] = `d => op.${how}(d.${name})`;
    for (const q of [0.25, 0.5, 0.75]) figures[`${name}_${q * 100}`] = `d => op.quantile(d.${name}, ${q})`;
  }
  const count = (result: Rows) => result.reify().numRows();
  return {
    'filter by number': () => count(rows.filter('d => d.a > 0')),
    'filter by label': () => count(rows.filter('d => d.h === "level 2"')),
    'sort by integer': () => count(rows.orderby('k')),
    'sort by label, number': () => count(rows.orderby('g', aq.desc('a'))),
    'sort by text': () => count(rows.orderby('s')),
    'drop missing': () => count(rows.filter(`d => ${there}`)),
    'fill missing': () => count(rows.impute(fills)),
    'drop columns': () => count(rows.select(aq.not('b', 'h'))),
    rename: () => count(rows.rename({ a: 'z' })),
    concat: () => count(rows.concat(rows)),
    'group by label': () => count(rows.groupby('g').rollup({ a: 'd => op.mean(d.a)' })),
    'group by two, five values': () =>
      count(
        rows.groupby('p', 'q').rollup({
          a: 'd => op.mean(d.a)',
          b: 'd => op.sum(d.b)',
          c: 'd => op.min(d.c)',
          d: 'd => op.max(d.d)',
          e: 'd => op.stdev(d.e)',
        }),
      ),
    'group by integer, median': () => count(rows.groupby('o').rollup({ e: 'd => op.median(d.e)' })),
    'distinct by two': () => count(rows.dedupe('m', 'g')),
    'distinct by text': () => count(rows.dedupe('s')),
    'join 1,000 labels': () => count(rows.join_left(small, 'g')),
    'join 200,000 integers': () => count(rows.join(large, 'k')),
    summary: () => rows.rollup(figures).numRows(),
  };
}
