/** CSV bytes to a typed table: plan, names, then blocks of cells into column builders; a second pass only for columns that changed mind. */
import { formatBytes } from '../../base/bytes.ts';
import type { Problem } from '../../base/problem.ts';
import type { Words } from '../../base/words.ts';
import { type Cells, openCells } from '../../kernels/cells.ts';
import { type Column, cellAt, isMissing } from '../column.ts';
import { Tally } from '../findings/tally.ts';
import { type BuildSettings, Scratch } from '../infer/builder.ts';
import { ColumnReader } from '../infer/column-reader.ts';
import { explain } from '../infer/evidence.ts';
import { COMMA, POINT } from '../infer/number.ts';
import { missingTokens } from '../infer/tokens.ts';
import { DateBuilder, orderOf } from '../infer/value-builders.ts';
import type { CsvDialect, TypeGuess } from '../sniff.ts';
import { type Table, table } from '../table.ts';
import { missingFlags, rowsWhere } from '../verbs/missing.ts';
import { headRecords, SPACES } from './delimiter.ts';
import { HEAD_BYTES, planScan, type ScanPlan } from './dialect.ts';
import { toUtf8 } from './encoding.ts';
import { columnNames, numberedNames } from './header.ts';
import type { CsvOptions } from './options.ts';
import { blockCells, type ScanCodes, Scanner } from './scan.ts';
import { squeezeSpaces } from './spaces.ts';

export interface CsvResult {
  table: Table;
  dialect: CsvDialect;
  columns: TypeGuess[];
  problems: Problem[];
}
const MOST_BYTES = 2 ** 31 - 1;
const MOST_COLUMNS = 100_000;
const TAB = 9;
/** How far the first block's rows may lie from those of the whole. */
const MOST_OFF = 1.5;
const CELLS_PER_PROGRESS = 1 << 20;

const code = (text: string) => (text === '' ? 256 : text.charCodeAt(0));
const oneByte = (text: string) => text.length === 1 && text.charCodeAt(0) < 128 && text !== '\n' && text !== '\r';

/** Reads the whole table. Never throws for what a file holds: what is odd is a Problem, an empty file a table without columns. */
export function readCsv(input: Uint8Array, options: CsvOptions = {}): CsvResult {
  const tally = new Tally();
  const nothing = (encoding: string): CsvResult => ({
    table: table([], [], 0),
    dialect: { delimiter: ',', quote: '"', decimal: '.', encoding, header: true, skipLines: 0, comment: '', missing: [] },
    columns: [],
    problems: tally.problems(),
  });
  if (input.length > MOST_BYTES) {
    tally.add('csv.too-big', { about: { size: formatBytes(input.length) } });
    return nothing('');
  }
  for (const sign of [options.delimiter, options.quote, options.comment]) {
    if (sign === undefined || sign === '' || oneByte(sign)) continue;
    tally.add('csv.delimiter', { about: { sample: sign } });
    return nothing('');
  }
  const { bytes, encoding } = toUtf8(input, options.encoding ?? '', tally);
  if (bytes.every((c) => c === 32 || c === 9 || c === 10 || c === 13)) {
    tally.add('csv.empty');
    return nothing(encoding);
  }
  const plan = planScan(bytes, options, tally);
  const spaced = plan.delimiter === SPACES;
  const codes: ScanCodes = { delimiter: spaced ? TAB : code(plan.delimiter), quote: code(plan.quote), comment: code(plan.comment) };
  const scanner = new Scanner(spaced ? squeezeSpaces(bytes, codes.quote) : bytes, codes, 0, tally);
  for (let i = 0; i < plan.skipLines; i++) scanner.skipLine();
  const names = readNames(scanner, plan, tally);
  if (names.length === 0) {
    tally.add('csv.empty');
    return nothing(encoding);
  }
  if (names.length > MOST_COLUMNS) {
    tally.add('csv.too-wide', { about: { columns: names.length } });
    return nothing(encoding);
  }
  const kernel = openCells(blockCells(names.length), names.length);
  let read: ReadColumns;
  try {
    read = readColumns(scanner, names, plan, options, tally, kernel);
  } finally {
    kernel.close();
  }
  const { columns, evidence, orders } = read;
  noteEmptyRows(columns, tally);
  if (options.delimiter === undefined && plan.delimiter === '' && looksJoined(columns[0])) tally.add('csv.one-column');
  const missing = [...(options.missing ?? missingTokens().labels.texts)];
  return {
    table: table(names, columns, columns[0].length),
    dialect: { ...plan, encoding, missing },
    columns: names.map((name, i) => ({ name, type: columns[i].type, evidence: evidence[i], ...orders[i] })),
    problems: tally.problems(),
  };
}

/** Rows of a wider table in which every cell is missing: what spreadsheets leave below their data. */
function noteEmptyRows(columns: readonly Column[], tally: Tally): void {
  if (columns.length < 2) return;
  let rows = rowsWhere(missingFlags(columns[0]), 1);
  for (const column of columns.slice(1)) {
    if (rows.length === 0) return;
    rows = rows.filter((row) => isMissing(column, row));
  }
  for (const row of rows) tally.add('csv.empty-rows', { row });
}

/** Whether the only column's cells look like several: most of the first ones hold a space or a sign that often stands between cells. */
function looksJoined(column: Column): boolean {
  if (column.type !== 'category' && column.type !== 'text') return false;
  const cells = Array.from({ length: Math.min(column.length, 100) }, (_, row) => cellAt(column, row)).filter((cell) => cell !== null);
  return cells.filter((cell) => /[\s,;:|~^]/.test(String(cell))).length * 2 > cells.length;
}

/** Leaves the scanner at the first data row. */
function readNames(scanner: Scanner, plan: ScanPlan, tally: Tally): string[] {
  const { bytes, at: from } = scanner;
  const cut = bytes.length - from > HEAD_BYTES;
  const sample = headRecords(bytes.subarray(from, from + HEAD_BYTES), plan.delimiter, plan.quote, plan.comment, cut, 100);
  if (!plan.header) {
    const widths = sample.map((record) => record.length).sort((a, b) => a - b);
    const width = widths.length === 0 ? 0 : widths[widths.length >> 1];
    if (width > 0 && width <= MOST_COLUMNS) tally.add('csv.no-header', { about: { columns: width } });
    return numberedNames(width);
  }
  const header = scanner.record();
  scanner.row = 0;
  if (!header) return [];
  if (header.length > MOST_COLUMNS) return header;
  const below = sample.slice(1);
  const extra = below.length > 0 && below.every((record) => record.length === header.length + 1);
  if (extra && below.some((record) => record[header.length] !== '')) {
    const name = header.includes('row') ? 'row_name' : 'row';
    tally.add('csv.row-names', { about: { name } });
    header.unshift(name);
  }
  return columnNames(header, tally);
}

interface ReadColumns {
  columns: Column[];
  evidence: Words[];
  orders: Pick<TypeGuess, 'dateOrder'>[];
}
function readColumns(scanner: Scanner, names: string[], plan: ScanPlan, options: CsvOptions, tally: Tally, kernel: Cells): ReadColumns {
  const { bytes, codes } = scanner;
  const from = scanner.at;
  const tokens = missingTokens(options.missing);
  const decimal = plan.decimal === ',' ? COMMA : POINT;
  const scratch = new Scratch();
  const types = new Map((options.types ?? []).map((set) => [set.column, set]));
  for (const name of types.keys()) if (!names.includes(name)) tally.add('column.no-such-column', { column: name });

  const lines = kernel.lines(bytes, from);
  const block = scanner.block(names.length, kernel);
  let more = scanner.fill(block);
  const guess = block.rows === 0 ? 1 : ((bytes.length - from) / (scanner.at - from)) * block.rows;
  const settings: BuildSettings = {
    // The lines are the rows where no cell holds a line end and no line is blank: then no column need be cut or grown.
    rows: lines < guess / MOST_OFF || lines > guess * MOST_OFF ? Math.ceil(guess * 1.02) + 1 : lines,
    decimal,
    forced: false,
    orderSet: options.dateOrder !== undefined,
    values: tokens.values,
    labels: tokens.labels,
    scratch,
  };
  const readers = names.map((name, i) => {
    const { type, dateOrder = options.dateOrder } = types.get(name) ?? {};
    const own = type === undefined ? settings : { ...settings, forced: true, orderSet: dateOrder !== undefined };
    return new ColumnReader(i, own, type, dateOrder);
  });
  let cells = 0;
  const total = bytes.length;
  while (more) {
    for (const reader of readers) reader.add(block);
    cells += block.rows * names.length;
    if (options.progress && cells >= CELLS_PER_PROGRESS) {
      options.progress(scanner.at / total);
      cells = 0;
    }
    more = scanner.fill(block);
  }
  if (scanner.row === 0) tally.add('csv.no-rows');
  const kinds = Object.entries(scanner.lineEnds).filter(([, n]) => n > 0);
  if (kinds.length > 1) tally.add('csv.line-ends', { about: { kinds: kinds.map(([kind, n]) => `${n} ${kind}`).join(', ') } });

  settings.rows = scanner.row;
  for (;;) {
    preferDayFirst(readers, plan);
    const again = readers.filter((reader) => reader.restart());
    if (again.length === 0) break;
    const pass = new Scanner(bytes, codes, from, undefined);
    while (pass.fill(block)) for (const reader of again) reader.add(block);
  }
  const evidence: Words[] = [];
  const orders: Pick<TypeGuess, 'dateOrder'>[] = [];
  const columns = readers.map((reader, i) => {
    const builder = reader.builder ?? reader.empty();
    const column = builder.finish();
    orders.push(orderOf(builder));
    evidence.push(explain(names[i], builder, column, types.has(names[i]), decimal, tally));
    if (builder.seen === 0 && scanner.row > 0) tally.add('column.empty-column', { sample: names[i] });
    return column;
  });
  return { columns, evidence, orders };
}

/** Dates that read both ways are taken day first where the file shows European habits: decimal comma, `;`, or points in the dates. */
function preferDayFirst(readers: readonly ColumnReader[], plan: ScanPlan): void {
  const european = plan.decimal === ',' || plan.delimiter === ';';
  for (const reader of readers) {
    const { builder } = reader;
    if (
      !(builder instanceof DateBuilder) ||
      builder.settings.orderSet ||
      builder.mode !== 'month-first' ||
      builder.decided > 0 ||
      builder.ambiguous.count === 0
    )
      continue;
    if (european || builder.ambiguous.samples.every((date) => /^\d+\./.test(date))) reader.reverse('day-first');
  }
}
