/** Numbers straight from bytes, exact: digits up to 10^15 and powers up to 10^22 are one rounding; all else goes to Number(). */

/** What a cell is as a number; everything but `NUMBER` keeps its column from being one. */
export const NOT_NUMBER = 0;
export const NUMBER = 1;
/** Digits with a leading zero: a code (ZIP, article number), not a quantity. */
export const LEADING_ZERO = 2;
/** A whole number beyond 2^53, which a double cannot hold. */
export const TOO_BIG = 3;
/** Written as a number or as infinity, but not finite (`1e999`, `Infinity`). */
export const OVERFLOW = 4;

/** Filled by `parseNumber` for `NUMBER`, `LEADING_ZERO` and `TOO_BIG` (rounded): the value, and whether it was written with groups. */
export interface ParsedNumber {
  value: number;
  grouped: boolean;
}
export const parsedNumber = (): ParsedNumber => ({ value: 0, grouped: false });

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
export const POINT = 46;
export const COMMA = 44;
const isDigit = (c: number) => c >= 48 && c <= 57;

export function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** `[+-] digits [. digits] [e [+-] digits]`, digits possibly in groups of three by the other separator; spaces around are ignored. */
export function parseNumber(bytes: Uint8Array, from: number, to: number, decimal: number, out: ParsedNumber): number {
  let start = from;
  let end = to;
  while (start < end && (bytes[start] === 32 || bytes[start] === 9)) start++;
  while (end > start && (bytes[end - 1] === 32 || bytes[end - 1] === 9)) end--;
  let i = start;
  const negative = bytes[i] === 45;
  if (negative || bytes[i] === 43) i++;
  const first = i;
  const group = decimal === POINT ? COMMA : POINT;
  let mantissa = 0;
  let digits = 0;
  let groups = 0;
  let sinceGroup = 0;
  for (; i < end; i++) {
    const c = bytes[i];
    if (isDigit(c)) {
      mantissa = mantissa * 10 + (c - 48);
      digits++;
      sinceGroup++;
    } else if (c === group && (groups === 0 ? sinceGroup >= 1 && sinceGroup <= 3 : sinceGroup === 3)) {
      groups++;
      sinceGroup = 0;
    } else break;
  }
  if (groups > 0 && sinceGroup !== 3) return NOT_NUMBER;
  const padded = digits > 1 && bytes[first] === 48;
  let scale = 0;
  let whole = true;
  if (i < end && bytes[i] === decimal) {
    whole = false;
    for (i++; i < end && isDigit(bytes[i]); i++) {
      mantissa = mantissa * 10 + (bytes[i] - 48);
      digits++;
      scale--;
    }
  }
  if (digits === 0) return isInfinity(bytes, first, end) ? OVERFLOW : NOT_NUMBER;
  if (i < end && (bytes[i] | 32) === 101) {
    whole = false;
    i++;
    const down = bytes[i] === 45;
    if (down || bytes[i] === 43) i++;
    if (i === end) return NOT_NUMBER;
    let exponent = 0;
    for (; i < end && isDigit(bytes[i]); i++) exponent = Math.min(exponent * 10 + (bytes[i] - 48), 99999);
    scale += down ? -exponent : exponent;
  }
  if (i !== end) return NOT_NUMBER;
  let value: number;
  if (digits <= 15 && scale >= -22 && scale <= 22) value = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
  else value = Math.abs(Number(plainText(bytes, first, end, decimal, group)));
  if (!Number.isFinite(value)) return OVERFLOW;
  out.value = negative ? -value : value;
  out.grouped = groups > 0;
  if (padded) return LEADING_ZERO;
  return whole && digits > 15 && value >= 9007199254740992 ? TOO_BIG : NUMBER;
}

function plainText(bytes: Uint8Array, start: number, end: number, decimal: number, group: number): string {
  const text = ascii(bytes, start, end).replaceAll(String.fromCharCode(group), '');
  return decimal === POINT ? text : text.replace(',', '.');
}

const isInfinity = (bytes: Uint8Array, start: number, end: number) => end - start <= 8 && /^inf(inity)?$/i.test(ascii(bytes, start, end));
