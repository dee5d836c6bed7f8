/** Finds the columns that only tell rows apart: row numbers that were saved with the table, and keys. Learning from them says nothing about new rows. */
import type { Column } from '../column.ts';
import type { FindingCode } from '../findings/findings.ts';
import type { Table } from '../table.ts';
import { isIdentifierName } from './target-names.ts';

/** Fewer rows than this show nothing. */
const LEAST_ROWS = 10;
/** What row numbers are called where they have a name (pandas writes `Unnamed: 0`). */
const ROW_NUMBER_NAME =
  /^(unnamed: ?\d+|rows?|index|idx|row[_ .-]?(number|num|no|nr|names?|id|index)|obs|observation|s\.?no\.?|serial[_ .-]?(number|no)|#)$/iu;

export interface Identifier {
  name: string;
  code: Extract<FindingCode, 'column.row-numbers' | 'column.identifier'>;
}

/** 0, 1, 2 … or 1, 2, 3 … from the first row to the last. */
function countsRows(column: Column): boolean {
  if (column.type !== 'integer') return false;
  const { values } = column;
  const first = values[0];
  if (first !== 0 && first !== 1) return false;
  for (let i = 1; i < values.length; i++) if (values[i] !== first + i) return false;
  return true;
}

/** Whether every row has a value of its own; texts are not looked at, for nothing learns from texts that hardly repeat. */
function tellsApart(column: Column): boolean {
  if (column.type === 'category') {
    const seen = new Uint8Array(column.dictionary.length);
    for (const code of column.codes) {
      if (code < 0 || seen[code] === 1) return false;
      seen[code] = 1;
    }
    return true;
  }
  if (column.type !== 'integer') return false;
  const seen = new Set<number>();
  for (const value of column.values) {
    if (Number.isNaN(value) || seen.has(value)) return false;
    seen.add(value);
  }
  return true;
}

/** In column order; none where the table would be left with less than a feature and a target. */
export function identifiers({ fields, columns, rowCount }: Table): Identifier[] {
  if (rowCount < LEAST_ROWS) return [];
  const found = fields.flatMap(({ name }, i): Identifier[] => {
    const nameless = name === `column_${i + 1}`;
    if ((nameless || ROW_NUMBER_NAME.test(name)) && countsRows(columns[i])) return [{ name, code: 'column.row-numbers' }];
    return isIdentifierName(name) && tellsApart(columns[i]) ? [{ name, code: 'column.identifier' }] : [];
  });
  return fields.length - found.length < 2 ? [] : found;
}
