/**
 * A script that gives one row for each row, as a table step (contracts §1 rule 11): the recipe carries it, so it runs again
 * in a split, a fold and at scoring. That it computes each row from itself alone is tried, as far as a trial can tell.
 */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Services } from '../../kind/run.ts';
import { conform, lacking } from '../../recipe/match-columns.ts';
import type { StepCode } from '../../recipe/step.ts';
import { type Column, cellAt } from '../../table/column.ts';
import { columnIndex, gatherRows, schemaOf, type Table, table as tableOf } from '../../table/table.ts';
import { fromScript, toScript } from './script-table.ts';

const TRIED_ROWS = 64;

/** What is kept of the rows learned from: the columns that the script gave, without a row. */
type Fitted = Table;

/** `log` takes the script's own lines, once: when it runs on the rows that it is fitted on. */
export function scriptStep(runScript: Services['runScript'], log: (line: string) => void = () => {}): StepCode {
  const answers = new WeakMap<Table, Promise<Table>>();

  const ask = async (seen: Table, params: ParamValues, like: Table, tell: (line: string) => void) => {
    const answer = await runScript(String(params.source), [toScript(seen)], {}, Number(params.deadline) * 1000);
    const { table, log: lines } = fromScript(answer, like);
    for (const line of lines) tell(line);
    if (table.columns.length === 0) throw noColumns();
    if (table.rowCount !== seen.rowCount) throw notOneToOne(seen.rowCount, table.rowCount);
    return table;
  };

  return {
    opaque: true,
    fit: async (table, params): Promise<Fitted> => {
      const seen = withoutTarget(table);
      const asked = ask(seen, params, seen, log);
      answers.set(table, asked);
      const made = await asked;
      const places = triedRows(made.rowCount);
      if (places.length > 0) {
        const part = gatherRows(seen, places);
        sameRows(gatherRows(made, places), fitted(await ask(part, params, made, () => {}), made), places);
      }
      return gatherRows(made, new Int32Array(0));
    },
    apply: async (table, params, like) => {
      const seen = withoutTarget(table);
      const shape = like as Fitted;
      const made = table.rowCount === 0 ? shape : fitted(await (answers.get(table) ?? ask(seen, params, shape, () => {})), shape);
      return withTarget(unchanged(made, seen), table);
    },
  };
}

const isTarget = (field: Table['fields'][number]) => field.role === 'target';

/** Rows to predict have no target, so a script must not come to need it: it is passed around the script. */
function withoutTarget(t: Table): Table {
  if (!t.fields.some(isTarget)) return t;
  const kept = t.fields.flatMap((field, i) => (isTarget(field) ? [] : [i]));
  return tableOf(
    kept.map((i) => t.fields[i]),
    kept.map((i) => t.columns[i]),
    t.rowCount,
  );
}

function withTarget(made: Table, before: Table): Table {
  const fields = [...made.fields];
  const columns = [...made.columns];
  for (const [i, field] of before.fields.entries()) {
    if (!isTarget(field)) continue;
    if (columnIndex(made, field.name) >= 0) throw givesTarget(field.name);
    fields.splice(i, 0, field);
    columns.splice(i, 0, before.columns[i]);
  }
  return tableOf(fields, columns, before.rowCount);
}

/** The answer with the columns and types that the script gave on the rows learned from: a few rows may look like another type. */
function fitted(made: Table, shape: Table): Table {
  const wanted = schemaOf(shape).columns;
  const names = new Set(wanted.map((column) => column.name));
  const lost = lacking(made, wanted)[0];
  const extra = made.fields.find((field) => !names.has(field.name))?.name;
  const name = lost ?? extra;
  if (name !== undefined) throw otherColumns(name);
  return conform(made, wanted, names);
}

/** Columns that the script gave back as they were are the same columns still, so their provenance is known. */
function unchanged(made: Table, before: Table): Table {
  const columns = made.columns.map((column, i): Column => {
    const at = columnIndex(before, made.fields[i].name);
    return at >= 0 && before.columns[at].type === column.type && sameCells(before.columns[at], column) ? before.columns[at] : column;
  });
  return tableOf(made.fields, columns, made.rowCount);
}

const firstDifference = (a: Column, b: Column): number => {
  for (let row = 0; row < a.length; row++) if (cellAt(a, row) !== cellAt(b, row)) return row;
  return -1;
};
const sameCells = (a: Column, b: Column): boolean => firstDifference(a, b) < 0;

/** Rows neither first, last nor in the very middle: sums so far, the row before, a mean, sorting and turning round show on them. */
function triedRows(rowCount: number): Int32Array {
  const count = Math.min(TRIED_ROWS, Math.floor(rowCount / 2));
  const start = Math.ceil(((rowCount - count) * 2) / 3);
  return Int32Array.from({ length: count }, (_, i) => start + i);
}

function sameRows(all: Table, alone: Table, places: Int32Array): void {
  for (const [i, field] of all.fields.entries()) {
    const row = firstDifference(all.columns[i], alone.columns[i]);
    if (row >= 0) throw mixesRows(field.name, places[row] + 1, places.length);
  }
}

export const noColumns = () =>
  new ProblemError({
    code: 'script.result',
    at: { param: 'source' },
    message: phrase('script.empty-table', 'The script gave a table without columns.'),
    hint: phrase('script.one-column', 'Return at least one column.'),
  });

const notOneToOne = (before: number, after: number) =>
  new ProblemError({
    code: 'script.row-count',
    at: { param: 'oneToOne' },
    args: { before, after },
    message: `“One row in, one row out” is ticked, but ${before.toLocaleString('en')} rows went in and ${after.toLocaleString('en')} came out.`,
    hint: 'Untick it, or return one row for each row, in the same order.',
  });

const mixesRows = (column: string, row: number, count: number) =>
  new ProblemError({
    code: 'script.mixes-rows',
    at: { param: 'oneToOne', column },
    args: { column, row, count },
    message: `“One row in, one row out” is ticked, but the script gives row ${row} another “${column}” when it gets ${count} of the rows only.`,
    hint: 'Compute each row from itself alone: no mean of a column, no row before, no sorting, no chance, no clock. Or untick it.',
  });

const otherColumns = (column: string) =>
  new ProblemError({
    code: 'script.other-columns',
    at: { param: 'source', column },
    args: { column },
    message: `The script gives “${column}” for some rows and not for others, or with another type.`,
    hint: 'Return the same columns for any rows, each with one type, or untick “One row in, one row out”.',
  });

const givesTarget = (column: string) =>
  new ProblemError({
    code: 'script.target',
    at: { param: 'source', column },
    args: { column },
    message: `The script gives a column “${column}”, but that is the target, which passes by the script unchanged.`,
    hint: 'Give the new column another name, or untick “One row in, one row out”.',
  });
