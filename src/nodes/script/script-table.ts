/** Tables as scripts see them: columns of plain cells. Made and read here; running the script is left to the host's sandbox. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, type Column, cellsOf, columnOf, numeric } from '../../table/column.ts';
import { columnIndex, type Field, type Table, table } from '../../table/table.ts';

export interface ScriptTable {
  /** Numbers, whole numbers and date-times (milliseconds UTC) with NaN missing; all else cells with null missing. */
  columns: { name: string; type: ColumnType; values: Float64Array | Cell[] }[];
}
/** What the sandbox answers with. It is checked cell by cell: user code may have made it. */
type AnswerCell = Cell | { date: number };
interface AnswerColumn {
  name: string;
  values: readonly unknown[] | Float64Array;
}

export const toScript = ({ fields, columns }: Table): ScriptTable => ({
  columns: fields.map(({ name }, i) => {
    const column = columns[i];
    const { type } = column;
    if (type === 'number' || type === 'integer' || type === 'datetime') return { name, type, values: column.values };
    return { name, type, values: cellsOf(column) };
  }),
});

/**
 * The answer as a table. A column that keeps its name keeps its type and role where all its cells fit; else the type is
 * whole number, number, boolean or date-time if every cell is one, category if labels repeat, text otherwise.
 */
export function fromScript(answer: unknown, like: Table | undefined): { table: Table; log: string[] } {
  const found = (answer ?? {}) as { columns?: unknown; log?: unknown };
  if (!Array.isArray(found.columns)) throw broken(phrase('script.no-columns', 'it gave no columns'));
  const fields: Field[] = [];
  const columns: Column[] = [];
  for (const { name, values } of found.columns as AnswerColumn[]) {
    if (typeof name !== 'string' || (!Array.isArray(values) && !(values instanceof Float64Array)))
      throw broken(phrase('script.bad-column', 'a column has no name or no cells'));
    if (fields.some((field) => field.name === name))
      throw broken(phrase('script.same-name', 'there are two columns called “{name}”', { name }));
    const at = like ? columnIndex(like, name) : -1;
    fields.push(at < 0 ? { name, role: 'feature' } : (like as Table).fields[at]);
    columns.push(columnFrom(values, at < 0 ? undefined : (like as Table).columns[at].type));
  }
  if (columns.some((column) => column.length !== columns[0].length))
    throw broken(phrase('script.lengths', 'its columns are not of one length'));
  return { table: table(fields, columns), log: Array.isArray(found.log) ? found.log.map(String) : [] };
}

const broken = (reason: Phrase) =>
  new ProblemError({
    code: 'script.result',
    at: { param: 'source' },
    args: { reason },
    message: phrase('script.no-table', 'The script did not give a table: {reason}.', { reason }),
    hint: 'Return a DataFrame, a list of row objects such as [{a: 1}], or columns such as {a: [1, 2]}.',
  });

function columnFrom(values: AnswerColumn['values'], wanted: ColumnType | undefined): Column {
  if (values instanceof Float64Array) return numeric(values, wanted === 'integer' && values.every(isWhole) ? 'integer' : 'number');
  const cells = values.map(checkedCell);
  const known = cells.filter((cell) => cell !== null);
  if (wanted === 'datetime' || known.some((cell) => typeof cell === 'object')) {
    const times = cells.map(timeOf);
    if (times.every((time, i) => time !== null || cells[i] === null)) return columnOf('datetime', times);
  }
  const plain = cells.map((cell): Cell => (cell !== null && typeof cell === 'object' ? new Date(cell.date).toISOString() : cell));
  if (known.every((cell) => typeof cell === 'boolean') && (known.length > 0 || wanted === 'boolean')) return columnOf('boolean', plain);
  if (known.every((cell) => typeof cell === 'number')) {
    if (known.length === 0 && wanted) return columnOf(wanted, plain);
    const whole = wanted !== 'number' && plain.every((cell) => cell === null || isWhole(cell as number));
    return columnOf(whole ? 'integer' : 'number', plain);
  }
  if (wanted === 'category' || wanted === 'text') return columnOf(wanted, plain);
  return columnOf(new Set(plain).size <= Math.max(20, plain.length / 2) ? 'category' : 'text', plain);
}

const isWhole = (value: number) => Number.isNaN(value) || Number.isSafeInteger(value);

function checkedCell(cell: unknown): AnswerCell {
  if (cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return null;
  if (typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell;
  const { date } = cell as { date?: unknown };
  return typeof date === 'number' && Number.isFinite(date) && Math.abs(date) <= 8.64e15 ? { date } : String(cell);
}

/** Milliseconds of a date cell, or of the ISO text that danfojs was given for one. */
function timeOf(cell: AnswerCell): number | null {
  if (cell !== null && typeof cell === 'object') return cell.date;
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(cell)) return null;
  const time = new Date(cell).getTime();
  return Number.isNaN(time) ? null : time;
}
