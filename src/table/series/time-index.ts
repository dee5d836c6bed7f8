/** Which column of a table without dates is clearly its time: years, quarters, months as texts, one after the other in each series. */
import type { Table } from '../table.ts';
import { detectGrid } from './detect.ts';
import { guessIds, isPeriodName, momentsOf, seriesRows, timesBySeries } from './rows.ts';

/** Larger tables are not looked through for it. */
const MOST_ROWS = 200_000;
/** Fewer times in a row may be so by chance. */
const LEAST_TIMES = 6;

/**
 * The first column whose every cell reads as a time, one step after the other without any left out, each time once in a series. Numbers
 * must be named as times are: those of orders come one after the other too.
 */
export function timeIndex(t: Table): string | undefined {
  if (t.rowCount > MOST_ROWS || t.fields.some((_, i) => t.columns[i].type === 'datetime')) return undefined;
  return t.fields.find(({ name, role }, i) => {
    const column = t.columns[i];
    const texts = column.type === 'category' || column.type === 'text';
    const numbers = column.type === 'integer' || column.type === 'number';
    if (role === 'target' || !(texts || (numbers && isPeriodName(name)))) return false;
    const moments = momentsOf(column);
    if (!moments || moments.some(Number.isNaN)) return false;
    const times = timesBySeries(seriesRows(t, moments, guessIds(t, name)));
    if (times.reduce((sum, own) => sum + own.length, 0) < t.rowCount) return false;
    const found = detectGrid(times);
    return found !== undefined && found.grid.early === undefined && found.steps >= LEAST_TIMES && found.single === found.steps;
  })?.name;
}
