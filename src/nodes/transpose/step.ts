/** Transpose as a barrier, as pandas' T: numbers stay numbers when every column is one, else cells become text. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, tableSize } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { freeName } from '../../kind/schema.ts';
import { type Cell, cellAt, columnOf } from '../../table/column.ts';
import { formatDateTime } from '../../table/datetime.ts';
import { columnNamed, type Field, type Table, table } from '../../table/table.ts';
import { MAX_ROWS } from './kind.ts';

export function make(input: Table, params: ParamValues): Table {
  if (input.rowCount > MAX_ROWS)
    throw new ProblemError({
      code: 'transpose.too-many-rows',
      args: { rows: input.rowCount, limit: MAX_ROWS },
      message: `${input.rowCount} rows would become as many columns; the limit is ${MAX_ROWS}.`,
      hint: 'Filter, group or keep the first rows before transposing.',
    });
  const header = params.header ? columnNamed(input, params.header as string) : undefined;
  const body = input.fields.map((_, i) => i).filter((i) => input.columns[i] !== header);
  const types = new Set(body.map((i) => input.columns[i].type));
  const whole = types.size === 1 && types.has('integer');
  const numbers = [...types].every((type) => type === 'number' || type === 'integer');
  const type =
    types.size === 1 && types.has('boolean')
      ? 'boolean'
      : types.size === 1 && types.has('datetime')
        ? 'datetime'
        : numbers
          ? whole
            ? 'integer'
            : 'number'
          : 'text';
  const write = (i: number, row: number): Cell => {
    const cell = cellAt(input.columns[i], row);
    if (type !== 'text' || cell === null) return cell;
    return input.columns[i].type === 'datetime' ? formatDateTime(cell as number) : String(cell);
  };
  const nameColumn = params.nameColumn as string;
  const taken = new Set([nameColumn]);
  const fields: Field[] = [{ name: nameColumn, role: 'meta' }];
  const columns = [
    columnOf(
      'text',
      body.map((i) => input.fields[i].name),
    ),
  ];
  for (let row = 0; row < input.rowCount; row++) {
    const label = header ? cellAt(header, row) : null;
    fields.push({ name: freeName(label === null ? `${params.prefix}${row}` : String(label), taken), role: 'feature' });
    columns.push(
      columnOf(
        type,
        body.map((i) => write(i, row)),
      ),
    );
  }
  return table(fields, columns, body.length);
}

export const headline = (_before: Table, after: Table): Phrase => tableSize(after.rowCount, after.columns.length);
