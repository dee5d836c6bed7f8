/** Which cell texts mean "missing", and which mean true or false. */
import { utf8 } from '../../base/bytes.ts';

/** Missing wherever they stand unquoted. */
export const MISSING_ANYWHERE = ['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'Null', 'null', '?'];
/** Missing among numbers, dates and booleans only: in a column of labels these are labels ("None", "-"). */
export const MISSING_AMONG_VALUES = [
  ...['-', '--', '---', '–', '—', '.', '..', '...', '*', ':'],
  ...['None', 'none', 'nil', 'na', 'N.A.', 'n.a.', 'n. a.', 'n.d.', 'n/d', 'N/D', 'ND', 'k.A.', 'k. A.', 'missing', 'Missing'],
  ...['(null)', '<null>', '\\N', 'NaT', '#NA', '#N/A N/A', '-nan', '-NaN', '1.#IND', '-1.#IND', '1.#QNAN', '-1.#QNAN'],
  // What spreadsheets write for a faulty formula, in English, German, French and Spanish.
  ...['#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!', '#ERROR!'],
  ...['#WERT!', '#BEZUG!', '#ZAHL!', '#NV', '#VALEUR!', '#NOM?', '#NOMBRE!', '#¡VALOR!', '#¡DIV/0!', '#¡NUM!', '#¿NOMBRE?', '#¡REF!'],
];

/** Looks a byte range up in a small set of texts; tells most of them apart by length and first byte. */
export class TokenSet {
  readonly texts: readonly string[];
  /** By length × 256 + first byte. */
  readonly #found = new Map<number, { index: number; bytes: Uint8Array }[]>();
  readonly #starts = new Uint8Array(256);
  readonly #longest: number;
  constructor(texts: readonly string[]) {
    this.texts = texts;
    let longest = 0;
    for (const [index, text] of texts.entries()) {
      const bytes = utf8(text);
      if (bytes.length === 0) continue;
      const key = bytes.length * 256 + bytes[0];
      this.#found.set(key, [...(this.#found.get(key) ?? []), { index, bytes }]);
      this.#starts[bytes[0]] = 1;
      longest = Math.max(longest, bytes.length);
    }
    this.#longest = longest;
  }
  /** First bytes of the tokens. */
  starts(): number[] {
    return [...this.#starts.keys()].filter((byte) => this.#starts[byte] === 1);
  }
  /** The token's index, -1 when the range is none of them. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > this.#longest || length === 0 || this.#starts[bytes[start]] === 0) return -1;
    const candidates = this.#found.get(length * 256 + bytes[start]);
    if (!candidates) return -1;
    search: for (const { index, bytes: token } of candidates) {
      for (let i = 0; i < length; i++) if (token[i] !== bytes[start + i]) continue search;
      return index;
    }
    return -1;
  }
}

/** `labels` applies in columns of text, `values` in numbers, dates and booleans. A list that the user gives applies in both. */
export interface MissingTokens {
  labels: TokenSet;
  values: TokenSet;
}
export function missingTokens(given?: readonly string[]): MissingTokens {
  if (given) {
    const set = new TokenSet(given.filter((text) => text !== ''));
    return { labels: set, values: set };
  }
  return { labels: new TokenSet(MISSING_ANYWHERE), values: new TokenSet([...MISSING_ANYWHERE, ...MISSING_AMONG_VALUES]) };
}

const TRUE = ['true', 'yes', 'y', 't', 'on', '1'];
const FALSE = ['false', 'no', 'n', 'f', 'off', '0'];
const HEADS = new Set([...TRUE, ...FALSE].map((word) => word.charCodeAt(0)));
/** Whether a text with this first byte may be a word for true or false: what is no letter or digit may stand before one. */
export function mayBeginBoolean(first: number): boolean {
  const lower = first | 32;
  return HEADS.has(lower) || !((lower >= 97 && lower <= 122) || (first >= 48 && first <= 57));
}
/** 1 true, 0 false, -1 neither; any case. `strict` takes the words true and false only, as inference does. */
export function booleanWord(text: string, strict: boolean): number {
  const word = text.trim().toLowerCase();
  if (strict) return word === 'true' ? 1 : word === 'false' ? 0 : -1;
  return TRUE.includes(word) ? 1 : FALSE.includes(word) ? 0 : -1;
}
