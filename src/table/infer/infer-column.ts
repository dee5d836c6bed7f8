/** A column from JavaScript values (JSON, Excel, Parquet): by their own type where all agree, else through their texts as in CSV. */
import type { Words } from '../../base/words.ts';
import type { ColumnType, DateOrder } from '../../kind/schema.ts';
import { booleans, type Column, numeric } from '../column.ts';
import type { CsvOptions } from '../csv/options.ts';
import { formatDateTime } from '../datetime.ts';
import type { Tally } from '../findings/tally.ts';
import { type Block, PLAIN, QUOTED } from './block.ts';
import { type BuildSettings, type Mode, Scratch } from './builder.ts';
import { ColumnReader } from './column-reader.ts';
import { explain, whole } from './evidence.ts';
import { POINT } from './number.ts';
import { missingTokens } from './tokens.ts';
import { orderOf } from './value-builders.ts';

export interface Inferred {
  column: Column;
  evidence: Words;
  dateOrder?: DateOrder;
}
type Sort = 'number' | 'boolean' | 'date' | 'string';

/** Null, undefined, NaN and '' are missing; big integers beyond 2^53, objects and lists become text; infinities stay numbers, counted. */
export function inferColumn(name: string, values: readonly unknown[], options: CsvOptions, tally: Tally): Inferred {
  const set = options.types?.find((entry) => entry.column === name);
  const type = set?.type;
  const sorts = new Set<Sort>();
  for (const value of values) {
    const sort = sortOf(value);
    if (sort) sorts.add(sort);
  }
  if (type === undefined && sorts.size <= 1) {
    const [sort] = sorts;
    if (sort === 'boolean') return own(booleans(Uint8Array.from(values, (v) => (v === true ? 1 : v === false ? 0 : 2))));
    if (sort === 'date') return own(numeric(Float64Array.from(values, toMs), 'datetime'));
    if (sort === undefined) return own(numeric(new Float64Array(values.length).fill(Number.NaN)));
    if (sort === 'number') {
      const numbers = Float64Array.from(values, (v) => (typeof v === 'number' || typeof v === 'bigint' ? Number(v) : Number.NaN));
      countInfinite(name, numbers, tally);
      return own(numeric(numbers, numbers.every((x) => Number.isNaN(x) || Number.isInteger(x)) ? 'integer' : 'number'));
    }
  }
  const modes: readonly Mode[] | undefined = sorts.size === 1 && sorts.has('string') ? ['month-first', 'day-first', 'label'] : undefined;
  return fromTexts(
    name,
    values.map(textOf),
    { type, modes, options: { ...options, dateOrder: set?.dateOrder ?? options.dateOrder } },
    tally,
  );
}

function countInfinite(column: string, numbers: Float64Array, tally: Tally): void {
  for (let row = 0; row < numbers.length; row++) {
    const x = numbers[row];
    if (x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY) tally.add('column.infinite', { column, row });
  }
}

const own = (column: Column): Inferred => ({ column, evidence: whole(column) });

function sortOf(value: unknown): Sort | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : 'number';
  if (typeof value === 'bigint') return value <= 9007199254740992n && value >= -9007199254740992n ? 'number' : 'string';
  if (typeof value === 'boolean') return 'boolean';
  return value instanceof Date ? 'date' : 'string';
}
/** As a number where that loses no digit. */
const plainInteger = (value: bigint): number | string => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
const toMs = (value: unknown) => (value instanceof Date ? value.getTime() : Number.NaN);

function textOf(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return formatDateTime(value.getTime());
  if (typeof value === 'object')
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? plainInteger(inner) : inner));
  return String(value);
}

interface TextSettings {
  type: ColumnType | undefined;
  /** Builders to try; undefined = all, with unquoted cells' rules (numbers, missing texts). */
  modes: readonly Mode[] | undefined;
  options: CsvOptions;
}
const BLOCK_ROWS = 1 << 14;

function fromTexts(name: string, texts: readonly string[], { type, modes, options }: TextSettings, tally: Tally): Inferred {
  const tokens = missingTokens(options.missing);
  const settings: BuildSettings = {
    rows: texts.length,
    decimal: POINT,
    forced: type !== undefined,
    orderSet: options.dateOrder !== undefined,
    values: tokens.values,
    labels: tokens.labels,
    scratch: new Scratch(),
  };
  const reader = new ColumnReader(0, settings, type, options.dateOrder, modes);
  const flag = modes === undefined || options.missing ? PLAIN : QUOTED;
  do {
    for (let from = 0; from < texts.length; from += BLOCK_ROWS)
      reader.add(blockOf(texts, from, Math.min(from + BLOCK_ROWS, texts.length), flag));
  } while (reader.restart());
  const builder = reader.builder ?? reader.empty();
  const column = builder.finish();
  return { column, evidence: explain(name, builder, column, type !== undefined, POINT, tally), ...orderOf(builder) };
}

const encoder = new TextEncoder();
function blockOf(texts: readonly string[], from: number, to: number, flag: number): Block {
  const rows = to - from;
  const starts = new Int32Array(rows);
  const ends = new Int32Array(rows);
  let size = 0;
  for (let i = from; i < to; i++) size += texts[i].length * 3;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    starts[row] = at;
    at += encoder.encodeInto(texts[from + row], bytes.subarray(at)).written;
    ends[row] = at;
  }
  return { bytes, starts, ends, flags: new Uint8Array(rows).fill(flag), stride: 1, rows, firstRow: from, quote: 256 };
}
