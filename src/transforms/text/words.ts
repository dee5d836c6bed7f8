/** Words of a text, as the graph finds them: lower case letter by letter, runs of letters, digits and underscores. */

const ASCII = /^[\p{ASCII}]*$/u;
const WORD = /[\p{L}\p{N}_]+/gu;
/** The same for the graph's tokenizer (RE2). */
export const WORD_IN_GRAPH = '[\\p{L}\\p{N}_]+';

/** Code point by code point, as C's towlower does: no letter becomes two, and a sigma at the end is one like others. */
const lowerCase = (text: string): string =>
  ASCII.test(text) ? text.toLowerCase() : Array.from(text, (letter) => String.fromCodePoint(letter.toLowerCase().codePointAt(0)!)).join('');

export const wordsOf = (text: string): string[] => lowerCase(text).match(WORD) ?? [];

/** What counts as one term: each word, and with `pairs` each two in a row with a space between. */
export function termsOf(words: readonly string[], pairs: boolean): string[] {
  if (!pairs) return [...words];
  return [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)];
}
