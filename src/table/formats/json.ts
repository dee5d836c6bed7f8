/** JSON tables: a list of records, a list of lists under a header, a record of columns, or one record a line (NDJSON). */
import { toUtf8 } from '../csv/encoding.ts';
import { columnNames } from '../csv/header.ts';
import type { CsvOptions } from '../csv/options.ts';
import { Tally } from '../findings/tally.ts';
import { columnsToTable, emptyResult, type NamedValues } from './columns-to-table.ts';
import type { FormatResult } from './format-result.ts';
import { parseJson } from './json-text.ts';

type JsonRecord = Record<string, unknown>;
const isRecord = (value: unknown): value is JsonRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

export function readJson(input: Uint8Array, options: CsvOptions = {}): FormatResult {
  const tally = new Tally();
  const { bytes } = toUtf8(input, options.encoding ?? '', tally);
  const text = new TextDecoder().decode(bytes).trim();
  if (text === '') {
    tally.add('csv.empty');
    return emptyResult(tally);
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const lines = text.split(/\r\n|\n|\r/);
    if (lines.length < 2 || !parses(lines[0])) {
      tally.add('json.invalid', { about: { reason: error instanceof Error ? error.message : String(error) } });
      return emptyResult(tally);
    }
    value = readLines(lines, tally);
  }
  const columns = columnsOf(value, tally);
  if (!columns || columns.length === 0) {
    tally.add('json.no-table');
    return emptyResult(tally);
  }
  return columnsToTable(columns, options, tally);
}

function parses(line: string): boolean {
  try {
    return typeof parseJson(line) === 'object';
  } catch {
    return false;
  }
}

function readLines(lines: readonly string[], tally: Tally): unknown[] {
  const values: unknown[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      values.push(parseJson(line));
    } catch {
      tally.add('json.bad-line', { row: i, sample: line });
    }
  }
  return values;
}

/** Columns of whatever table-like shape the value has; a lone list inside a record counts ({"data": [...]}). */
function columnsOf(value: unknown, tally: Tally): NamedValues[] | undefined {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isRecord)) return fromRecords(value, tally);
    if (value.length > 1 && value.every(Array.isArray)) return fromLists(value as unknown[][], tally);
    if (value.length > 0 && value.every((item) => !isRecord(item) && !Array.isArray(item))) return [{ name: 'value', values: value }];
    if (value.some(isRecord)) {
      const records = value.filter(isRecord);
      tally.add('json.not-a-record', { count: value.length - records.length });
      return fromRecords(records, tally);
    }
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if (isSplit(value)) return fromLists([value.columns, ...value.data], tally);
  const entries = Object.entries(value);
  const lists = entries.filter(([, item]) => Array.isArray(item)) as [string, unknown[]][];
  if (lists.length > 0 && lists.length === entries.length && lists.every(([, list]) => list.length === lists[0][1].length)) {
    if (lists.length > 1 || !lists[0][1].every(isRecord)) return lists.map(([name, values]) => ({ name, values }));
  }
  const inner = lists.filter(([, list]) => list.length > 0 && list.every(isRecord));
  if (inner.length === 1) return fromRecords(inner[0][1] as JsonRecord[], tally);
  if (entries.length > 0 && entries.every(([, item]) => isRecord(item))) return fromKeyedColumns(entries as [string, JsonRecord][]);
  return lists.length === 0 && entries.length > 0 ? fromRecords([value], tally) : undefined;
}

/** What pandas writes with orient="split": names, and rows as lists. */
const isSplit = (value: JsonRecord): value is { columns: string[]; data: unknown[][] } =>
  Array.isArray(value.columns) &&
  value.columns.every((name) => typeof name === 'string') &&
  Array.isArray(value.data) &&
  value.data.every(Array.isArray);

/** Keys in order of first appearance; a record without a key has a missing cell there. */
function fromRecords(records: readonly JsonRecord[], tally: Tally): NamedValues[] {
  const columns = new Map<string, unknown[]>();
  for (const record of records)
    for (const key of Object.keys(record)) if (!columns.has(key)) columns.set(key, new Array(records.length).fill(null));
  for (const [row, record] of records.entries()) {
    for (const key of Object.keys(record)) columns.get(key)![row] = record[key];
    if (Object.keys(record).length < columns.size) tally.add('json.absent-keys', { row });
  }
  return [...columns].map(([name, values]) => ({ name, values }));
}

/** The first list names the columns when it is all texts. */
function fromLists(lists: readonly unknown[][], tally: Tally): NamedValues[] {
  const named = lists[0].every((item) => typeof item === 'string');
  const rows = named ? lists.slice(1) : lists;
  const width = rows.reduce((most, row) => Math.max(most, row.length), lists[0].length);
  const header = Array.from({ length: width }, (_, k) => (named ? String(lists[0][k] ?? '') : `column_${k + 1}`));
  for (const [row, cells] of rows.entries()) if (cells.length < width) tally.add('csv.short-row', { row });
  return columnNames(header, tally).map((name, k) => ({ name, values: rows.map((row) => row[k]) }));
}

/** What pandas writes by default: {"column": {"0": value, "1": value}}. */
function fromKeyedColumns(entries: readonly [string, JsonRecord][]): NamedValues[] {
  const keys = [...new Set(entries.flatMap(([, cells]) => Object.keys(cells)))];
  return entries.map(([name, cells]) => ({ name, values: keys.map((key) => cells[key]) }));
}
