/**
 * Guesses a file's dialect from its first 256 KB of UTF-8: delimiter and quote sign, lines before the
 * table, header, decimal sign. Every guess can be set instead; encoding is settled before, types come from whole columns.
 */
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { phrase } from '../../base/words.ts';
import { parseDateTime } from '../datetime.ts';
import type { Tally } from '../findings/tally.ts';
import { COMMA, NUMBER, POINT, parsedNumber, parseNumber } from '../infer/number.ts';
import { MISSING_AMONG_VALUES, MISSING_ANYWHERE } from '../infer/tokens.ts';
import { withoutUnit } from '../infer/unit.ts';
import { agreement, DELIMITERS, guessDelimiter, guessQuote, headRecords, SPACES } from './delimiter.ts';
import type { CsvOptions } from './options.ts';
import { Scanner } from './scan.ts';

export interface ScanPlan {
  delimiter: string;
  quote: string;
  comment: string;
  skipLines: number;
  header: boolean;
  decimal: '.' | ',';
}
export const HEAD_BYTES = 1 << 18;

/** Leading lines that are not the table: `sep=;`, `#` comments, titles without a delimiter above two or more full rows. */
function preamble(
  head: Uint8Array,
  delimiter: string | undefined,
  tally: Tally | undefined,
): { skip: number; delimiter?: string; at: number } {
  const scanner = new Scanner(head, { delimiter: 256, quote: 256, comment: 256 }, 0, undefined);
  let skip = 0;
  let found = delimiter;
  const first = /^sep=(.)\s*$/.exec(fromUtf8(head.subarray(0, 16)).split(/[\r\n]/)[0]);
  if (first) {
    scanner.skipLine();
    skip = 1;
    found ??= first[1];
    tally?.add('csv.sep-line', { about: { delimiter: found === '\t' ? phrase('finding.tab', 'tab') : found } });
  }
  const comments: string[] = [];
  let at = scanner.at;
  while (scanner.at < head.length && (head[scanner.at] === 35 || head[scanner.at] === 10 || head[scanner.at] === 13)) {
    comments.push(scanner.skipLine());
  }
  const sharp = comments.filter((line) => line.startsWith('#'));
  const next = scanner.at < head.length ? scanner.skipLine() : '';
  const separators = (line: string) => DELIMITERS.map((d) => line.split(d).length - 1);
  const header = sharp.length === 1 && separators(sharp[0]).some((n, i) => n > 0 && n === separators(next)[i]);
  if (sharp.length > 0 && !header) {
    const again = new Scanner(head, { delimiter: 256, quote: 256, comment: 256 }, at, undefined);
    for (const line of comments) {
      again.skipLine();
      if (line.startsWith('#')) tally?.add('csv.skipped-lines', { sample: line });
    }
    skip += comments.length;
    at = again.at;
  }
  return { skip, delimiter: found, at };
}

/** Title lines: records of one cell before at least two rows of the common width. */
function titleLines(records: readonly string[][]): number {
  const { width, share } = agreement(records);
  if (width < 2 || share < 0.6 || records.length < 4) return 0;
  let titles = 0;
  while (titles < 10 && titles < records.length && records[titles].length === 1) titles++;
  return titles > 0 && records[titles].length === width ? titles : 0;
}

const isMissing = (cell: string) => cell.trim() === '' || MISSING_ANYWHERE.includes(cell) || MISSING_AMONG_VALUES.includes(cell);
const out = parsedNumber();
function isValue(cell: string, decimal: number): boolean {
  const bytes = utf8(cell);
  return (
    parseNumber(bytes, 0, bytes.length, decimal, out) === NUMBER ||
    !Number.isNaN(parseDateTime(cell)) ||
    !Number.isNaN(parseDateTime(cell, 'day-first'))
  );
}

/** Two and more different years over cells that are not years: a header of a wide table. */
function namesYears(first: readonly string[], rest: readonly string[][]): boolean {
  const isYear = (cell: string | undefined) => /^(19|20)\d\d$/.test(cell?.trim() ?? '');
  const years = first.filter(isYear);
  return years.length > 1 && new Set(years).size === years.length && !rest.some((record) => record.some(isYear));
}

/** A header has no number or date; its names differ; some column below holds values, or its name never recurs below. */
function guessHeader(records: readonly string[][], decimal: number): boolean {
  const [first, ...rest] = records;
  if (!first) return true;
  if (namesYears(first, rest)) return true;
  if (first.some((cell) => isMissing(cell) === false && isValue(cell, decimal))) {
    return (
      rest.length > 0 && first.filter((cell) => isValue(cell, decimal)).length * 4 < first.length && new Set(first).size === first.length
    );
  }
  if (rest.length === 0) return true;
  const valuesBelow = first.some((_, k) => rest.some((r) => r[k] !== undefined && !isMissing(r[k]) && isValue(r[k], decimal)));
  if (valuesBelow) return true;
  const recurs = first.filter((cell, k) => cell !== '' && rest.some((r) => r[k] === cell)).length;
  return recurs * 2 < first.length;
}

/** `1,5` against `1.5` in the sample's cells; a comma-delimited file counts quoted cells only, as others were cut apart. */
function guessDecimal(records: readonly string[][]): '.' | ',' {
  let comma = 0;
  let point = 0;
  for (const record of records) {
    for (const cell of record) {
      // Neither what is taken off around a number nor what is left out inside it stands between a sign and a digit.
      if (!/[.,]\d/.test(cell)) continue;
      const text = withoutUnit(cell).replace(/(?<=\d)['’\u00a0\u202f\u2009 ](?=\d{3})/g, '');
      if (/^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+$/.test(text) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) comma++;
      else if (/^[+-]?(\d{1,3}(,\d{3})+|\d+)\.\d+$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) point++;
    }
  }
  return comma > point ? ',' : '.';
}

/** The whole plan; `cut` says that the head is not the whole file. */
export function planScan(bytes: Uint8Array, options: CsvOptions, tally: Tally | undefined): ScanPlan {
  const cut = bytes.length > HEAD_BYTES;
  const whole = bytes.subarray(0, HEAD_BYTES);
  let skipLines = options.skipLines ?? 0;
  let delimiter = options.delimiter;
  let head = whole;
  if (options.skipLines === undefined) {
    const found = preamble(whole, delimiter, tally);
    skipLines = found.skip;
    delimiter = found.delimiter;
    head = whole.subarray(found.at);
  } else {
    const scanner = new Scanner(whole, { delimiter: 256, quote: 256, comment: 256 }, 0, undefined);
    for (let i = 0; i < skipLines; i++) scanner.skipLine();
    head = whole.subarray(scanner.at);
  }
  const comment = options.comment ?? '';
  const quote = options.quote ?? guessQuote(head);
  if (options.quote === undefined && quote !== '"') tally?.add('csv.quote', { about: { quote } });
  if (delimiter === undefined) {
    delimiter = guessDelimiter(head, quote, cut);
    if (delimiter === SPACES) tally?.add('csv.spaces');
  }
  let records = headRecords(head, delimiter, quote, comment, cut);
  if (options.skipLines === undefined) {
    const titles = titleLines(records);
    if (titles > 0) {
      const lines = new Scanner(head, { delimiter: 256, quote: 256, comment: 256 }, 0, undefined);
      for (let seen = 0; seen < titles && lines.at < head.length; skipLines++) {
        const line = lines.skipLine();
        if (line.trim() === '') continue;
        seen++;
        tally?.add('csv.skipped-lines', { sample: line });
      }
      records = records.slice(titles);
    }
  }
  const decimal = options.decimal ?? guessDecimal(records);
  const header = options.header ?? guessHeader(records, decimal === ',' ? COMMA : POINT);
  return { delimiter, quote, comment, skipLines, header, decimal };
}
