/** Encode as a table step: levels learned from the learning rows, unseen and missing treated alike everywhere. */
import { compareText } from '../../base/text-order.ts';
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { derivedRole, freeName } from '../../kind/schema.ts';
import { type Column, numeric } from '../../table/column.ts';
import { type Vector, vectorOf } from '../../table/formula/vector.ts';
import { columnIndex, columnNamed, type Field, type Table, withColumn, withColumns } from '../../table/table.ts';
import { BOOLEAN_LABELS } from '../../table/verbs/cast.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import type { Encoded, EncodedColumn } from './encoded.ts';
import { ENCODABLE } from './kind.ts';

export { lower } from './lower.ts';

/** Codes into distinct labels, -1 missing. Booleans read "false" and "true". */
export function coded(column: Column): { codes: Int32Array; labels: readonly string[] } {
  if (column.type === 'boolean')
    return { codes: Int32Array.from(column.values, (value) => (value === 2 ? -1 : value)), labels: BOOLEAN_LABELS };
  return vectorOf(column) as Extract<Vector, { type: 'text' }>;
}

export function fit(table: Table, params: ParamValues): Encoded {
  const taken = new Set(table.fields.map((field) => field.name));
  const columns = chosenNames(table, params.columns as ColumnPick, ENCODABLE).map((name): EncodedColumn => {
    const column = columnNamed(table, name);
    const { codes, labels } = coded(column);
    const times = new Float64Array(labels.length);
    for (const code of codes) if (code >= 0) times[code]++;
    const counts = new Map(labels.map((label, code) => [label, times[code]]));
    const count = (label: string) => counts.get(label) as number;
    const sorted = labels.filter((label) => count(label) > 0).sort(compareText);
    let levels = sorted;
    if (params.method === 'one-hot') {
      const frequent = sorted.toSorted((a, b) => count(b) - count(a) || compareText(a, b));
      levels = frequent.slice(0, params.maxLevels as number).sort(compareText);
      if (params.dropFirst) levels = levels.slice(1);
    }
    return {
      name,
      boolean: column.type === 'boolean',
      levels,
      values: levels.map((level, rank) => (params.method === 'frequency' ? count(level) / column.length : rank)),
      names: params.method === 'one-hot' ? levels.map((level) => freeName(`${name}=${level}`, taken)) : [],
    };
  });
  return { columns };
}

/** The place of each row's label among the levels; -1 when missing, -2 when it is none of them. */
export function placesOf(column: Column, levels: readonly string[]): Int32Array {
  const { codes, labels } = coded(column);
  const place = new Map(levels.map((level, i) => [level, i]));
  const byCode = labels.map((label) => place.get(label) ?? -2);
  return codes.map((code) => (code < 0 ? -1 : byCode[code]));
}

function oneHot(table: Table, columns: readonly EncodedColumn[]): Table {
  const encoded = new Set(columns.map((column) => column.name));
  const kept = table.fields.map((_, i) => i).filter((i) => !encoded.has(table.fields[i].name));
  const fields: Field[] = kept.map((i) => table.fields[i]);
  const made: Column[] = kept.map((i) => table.columns[i]);
  for (const { name, levels, names } of columns) {
    const role = derivedRole(table.fields[columnIndex(table, name)].role);
    const flags = levels.map(() => new Float64Array(table.rowCount));
    placesOf(columnNamed(table, name), levels).forEach((place, row) => {
      if (place >= 0) flags[place][row] = 1;
    });
    fields.push(...names.map((level) => ({ name: level, role })));
    made.push(...flags.map((values) => numeric(values, 'integer')));
  }
  return withColumns(table, fields, made);
}

/** Missing stays missing for rank and frequency, and is all zeros in one-hot; an unseen level is −1, 0 or all zeros. */
export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  const { columns } = fitted as Encoded;
  if (params.method === 'one-hot') return oneHot(table, columns);
  const ordinal = params.method === 'ordinal';
  return columns.reduce((result, { name, levels, values }) => {
    const places = placesOf(columnNamed(table, name), levels);
    const numbers = Float64Array.from(places, (place) => (place >= 0 ? values[place] : place === -1 ? Number.NaN : ordinal ? -1 : 0));
    return withColumn(result, name, numeric(numbers, ordinal ? 'integer' : 'number'));
  }, table);
}

/** Levels are known only when they are learned. */
export const provenance = (fitted: unknown) =>
  (fitted as Encoded).columns.flatMap(({ name, names }) => names.map((level) => ({ name: level, from: [name] })));

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.columns.length, after.columns.length);
