/** Which cell texts mean "missing", and which mean true or false. */
import { utf8 } from '../../base/bytes.ts';

/** Missing wherever they stand unquoted. */
export const MISSING_ANYWHERE = ['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'Null', 'null', '?'];
/** Missing among numbers, dates and booleans only: in a column of labels these are labels ("None", "-"). */
export const MISSING_AMONG_VALUES = ['-', '--', '.', 'None', 'none', 'na', 'N.A.', 'missing'];

/** Looks a byte range up in a small set of texts; rejects by length first. */
export class TokenSet {
  readonly texts: readonly string[];
  readonly #tokens: Uint8Array[];
  readonly #longest: number;
  constructor(texts: readonly string[]) {
    this.texts = texts;
    this.#tokens = texts.map((text) => utf8(text));
    this.#longest = this.#tokens.reduce((most, token) => Math.max(most, token.length), 0);
  }
  /** The token's index, -1 when the range is none of them. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > this.#longest) return -1;
    search: for (let t = 0; t < this.#tokens.length; t++) {
      const token = this.#tokens[t];
      if (token.length !== length) continue;
      for (let i = 0; i < length; i++) if (token[i] !== bytes[start + i]) continue search;
      return t;
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
/** 1 true, 0 false, -1 neither; any case. `strict` takes the words true and false only, as inference does. */
export function booleanWord(text: string, strict: boolean): number {
  const word = text.trim().toLowerCase();
  if (strict) return word === 'true' ? 1 : word === 'false' ? 0 : -1;
  return TRUE.includes(word) ? 1 : FALSE.includes(word) ? 0 : -1;
}
