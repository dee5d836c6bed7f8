/** JSON text to values without silent loss: whole numbers too long for a double become texts, and Python's NaN and Infinity are read. */

/** A string, a number, or one of the words that Python writes and JSON lacks. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|NaN|-?Infinity/g;
const LONG = /\d{16}/;
const WORDS = /\bNaN\b|\bInfinity\b/;

/** NaN is missing; 1e999 is how a JSON reader comes to infinity. */
function mended(token: string): string {
  if (token === 'NaN') return 'null';
  if (token.endsWith('Infinity')) return token.replace('Infinity', '1e999');
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

/** Throws as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  if (!LONG.test(text) && !WORDS.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKENS, mended));
}
