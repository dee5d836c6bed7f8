/** Curves along columns from the table that Column effects gives; pure. */
import type { Cell } from '../../table/column.ts';

export interface EffectCurve {
  column: string;
  /** `at` where the value is a number. */
  points: { value: string; at?: number; mean: number }[];
  /** The answers of single rows along the same points. */
  rows: { name: string; values: number[] }[];
}

const COLUMNS = ['column', 'value', 'at', 'mean', 'low', 'high'];

/** In the order of the table. */
export function effectCurves(names: readonly string[], rows: readonly (readonly Cell[])[]): EffectCurve[] {
  const place = (name: string) => names.indexOf(name);
  const single = names.flatMap((name, i) => (COLUMNS.includes(name) ? [] : [{ name, i }]));
  const found = new Map<string, (readonly Cell[])[]>();
  for (const row of rows) {
    const column = String(row[place('column')]);
    found.set(column, [...(found.get(column) ?? []), row]);
  }
  return [...found].map(([column, own]) => ({
    column,
    points: own.map((row) => {
      const at = row[place('at')];
      return { value: String(row[place('value')]), ...(typeof at === 'number' ? { at } : {}), mean: Number(row[place('mean')]) };
    }),
    rows: single.map(({ name, i }) => ({ name, values: own.map((row) => Number(row[i])) })),
  }));
}
