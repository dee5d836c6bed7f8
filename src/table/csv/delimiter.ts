/**
 * Guesses what stands between cells and around them from a file's head. A delimiter is judged by how many records agree on
 * a width, whether the first of them does, and whether cells are then free of other delimiters; PapaParse's guess breaks ties.
 */
import Papa from 'papaparse';
import { fromUtf8 } from '../../base/bytes.ts';
import { Scanner } from './scan.ts';
import { squeezeSpaces } from './spaces.ts';

export const DELIMITERS = [',', ';', '\t', '|'];
/** Any run of spaces and tabs. */
export const SPACES = ' ';
export const SAMPLE_ROWS = 200;
const JUDGED = 100;

const byteOf = (text: string) => (text === '' ? 256 : text.charCodeAt(0));

/** Records of the head as texts; the last one is left out when the head is cut. */
export function headRecords(
  head: Uint8Array,
  delimiter: string,
  quote: string,
  comment: string,
  cut: boolean,
  rows = SAMPLE_ROWS,
): string[][] {
  const bytes = delimiter === SPACES ? squeezeSpaces(head, byteOf(quote)) : head;
  const codes = { delimiter: byteOf(delimiter === SPACES ? '\t' : delimiter), quote: byteOf(quote), comment: byteOf(comment) };
  const scanner = new Scanner(bytes, codes, 0, undefined);
  const records: string[][] = [];
  for (let record = scanner.record(); record && records.length < rows; record = scanner.record()) {
    if (cut && scanner.at >= bytes.length) break;
    records.push(record);
  }
  return records;
}

/** Share of records that have the commonest width, and that width. */
export function agreement(records: readonly string[][]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let width = 0;
  let best = 0;
  for (const [length, count] of counts) if (count > best || (count === best && length > width)) [width, best] = [length, count];
  return { width, share: records.length === 0 ? 0 : best / records.length };
}

const NUMBERISH = /^\s*[-+]?[\d.,' ]*\d\s*%?\s*$/;
/** Whether no other delimiter stands in the cell, unless as a decimal comma. */
const isClean = (cell: string, delimiter: string) =>
  NUMBERISH.test(cell) || !DELIMITERS.some((other) => other !== delimiter && cell.includes(other));

/** Lines under a name that all hold one number with a decimal comma: one column, not two. */
const isOneDecimal = (records: readonly string[][]) =>
  records.length > 2 &&
  records[0].length === 1 &&
  records.slice(1).every((record) => record.length <= 2 && record.every((cell) => /^\s*[-+]?\d+\s*$/.test(cell)));

function score(head: Uint8Array, delimiter: string, quote: string, cut: boolean): number {
  const records = headRecords(head, delimiter, quote, '', cut, JUDGED);
  const { width, share } = agreement(records);
  if (width < 2 || (delimiter === ',' && isOneDecimal(records))) return 0;
  const cells = records.flat();
  const clean = cells.filter((cell) => isClean(cell, delimiter)).length / cells.length;
  // The first record has the names; a title above the table is as odd to every delimiter.
  const first = records[0].length === width || records[0].length === width - 1 ? 1 : 0.7;
  return share * clean * clean * first;
}

/** Columns of numbers set apart by spaces, with words at most in half of the cells. */
function isSpaced(head: Uint8Array, quote: string, cut: boolean): boolean {
  const records = headRecords(head, SPACES, quote, '', cut, JUDGED);
  const [first, ...rest] = records;
  if (rest.length === 0) return false;
  const { width } = rest[0] ? { width: rest[0].length } : { width: 0 };
  if (width < 2 || rest.some((record) => record.length !== width) || first.length > width || first.length < width - 1) return false;
  const cells = rest.flat();
  return cells.filter((cell) => NUMBERISH.test(cell)).length * 2 >= cells.length;
}

/** The delimiter: one of four, `SPACES`, or '' where no line holds more than one cell. */
export function guessDelimiter(head: Uint8Array, quote: string, cut: boolean): string {
  const parsed = Papa.parse<string[]>(fromUtf8(head), { preview: SAMPLE_ROWS, skipEmptyLines: 'greedy', delimitersToGuess: DELIMITERS });
  let best = DELIMITERS.includes(parsed.meta.delimiter) ? parsed.meta.delimiter : ',';
  let top = score(head, best, quote, cut);
  for (const delimiter of DELIMITERS) {
    const mine = score(head, delimiter, quote, cut);
    if (mine > top + 0.02) [best, top] = [delimiter, mine];
  }
  if (top > 0) return best;
  return isSpaced(head, quote, cut) ? SPACES : '';
}

/** `'` where most lines hold cells that begin and end with it and no `"` is there, else `"`. */
export function guessQuote(head: Uint8Array): string {
  const text = fromUtf8(head);
  if (text.includes('"')) return '"';
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '');
  const quoted = lines.slice(0, JUDGED).filter((line) => /(^|[,;\t|])'[^']*'(?=[,;\t|]|$)/.test(line)).length;
  return quoted > 0 && quoted >= Math.min(lines.length, JUDGED) * 0.8 ? "'" : '"';
}
