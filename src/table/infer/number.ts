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

/** Filled by `parseNumber` for `NUMBER`, `LEADING_ZERO` and `TOO_BIG` (rounded): the value, and whether it was written with groups and with a decimal sign. */
export interface ParsedNumber {
  value: number;
  grouped: boolean;
  fraction: boolean;
}
export const parsedNumber = (): ParsedNumber => ({ value: 0, grouped: false, fraction: false });

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
export const POINT = 46;
export const COMMA = 44;
export const otherSign = (decimal: number): number => (decimal === POINT ? COMMA : POINT);
const isDigit = (c: number) => c >= 48 && c <= 57;

export function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

const SPACE = 32;
const APOSTROPHE = 39;
const MINUS_SIGN = 0xe28892;
/** No-break space, narrow and thin ones, and the typographic apostrophe, as their UTF-8 bytes: what spreadsheets put between thousands. */
const WIDE_SEPARATORS = [0xc2a0, 0xe280af, 0xe28089, 0xe28099];

/** The separator of thousands at byte `i` as one number of all its bytes, 0 when there is none; `other` is the one that the decimal sign leaves. */
function separatorAt(bytes: Uint8Array, i: number, other: number): number {
  const c = bytes[i];
  if (c === other || c === SPACE || c === APOSTROPHE) return c;
  if (c !== 0xc2 && c !== 0xe2) return 0;
  const wide = c === 0xc2 ? (c << 8) | bytes[i + 1] : (c << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
  return WIDE_SEPARATORS.includes(wide) ? wide : 0;
}
const byteCount = (separator: number): number => (separator < 0x100 ? 1 : separator < 0x10000 ? 2 : 3);

/**
 * `[+-] digits [. digits] [e [+-] digits]`, digits possibly in groups: of three, or as in India of two before the last three.
 * Groups stand apart by the other separator, an apostrophe or a space. Spaces around are ignored.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number, decimal: number, out: ParsedNumber): number {
  let start = from;
  let end = to;
  while (start < end && (bytes[start] === 32 || bytes[start] === 9)) start++;
  while (end > start && (bytes[end - 1] === 32 || bytes[end - 1] === 9)) end--;
  let i = start;
  const minus = bytes[i] === 0xe2 && ((bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2]) === MINUS_SIGN;
  const negative = bytes[i] === 45 || minus;
  const plus = bytes[i] === 43;
  if (minus) i += 3;
  else if (negative || plus) i++;
  const first = i;
  const group = otherSign(decimal);
  let mantissa = 0;
  let digits = 0;
  let separator = 0;
  let sinceGroup = 0;
  let firstGroup = 0;
  let threes = true;
  let twos = true;
  while (i < end) {
    const c = bytes[i];
    if (isDigit(c)) {
      mantissa = mantissa * 10 + (c - 48);
      digits++;
      sinceGroup++;
      i++;
      continue;
    }
    const found = separatorAt(bytes, i, group);
    if (found === 0 || sinceGroup === 0) break;
    if (separator === 0) {
      if (sinceGroup > 3) break;
      firstGroup = sinceGroup;
    } else {
      if (found !== separator) break;
      threes &&= sinceGroup === 3;
      twos &&= sinceGroup === 2;
    }
    separator = found;
    sinceGroup = 0;
    i += byteCount(found);
  }
  if (separator !== 0) {
    const whole = sinceGroup === 3 && (threes || (twos && firstGroup <= 2));
    // A plus and digits in groups of three are a telephone number.
    if (!whole || (separator === SPACE && plus)) return NOT_NUMBER;
  }
  const padded = digits > 1 && bytes[first] === 48;
  let scale = 0;
  let whole = true;
  const fraction = i < end && bytes[i] === decimal;
  if (fraction) {
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
  else value = Number(plainText(bytes, first, end, decimal));
  if (!Number.isFinite(value)) return OVERFLOW;
  out.value = negative ? -value : value;
  out.grouped = separator !== 0;
  out.fraction = fraction;
  if (padded) return LEADING_ZERO;
  return whole && digits > 15 && value >= 9007199254740992 ? TOO_BIG : NUMBER;
}

/** Digits, decimal point and exponent alone. */
function plainText(bytes: Uint8Array, start: number, end: number, decimal: number): string {
  const sign = String.fromCharCode(decimal);
  return ascii(bytes, start, end).replace(/[^\deE+-]/g, (c) => (c === sign ? '.' : ''));
}

const isInfinity = (bytes: Uint8Array, start: number, end: number) => end - start <= 8 && /^inf(inity)?$/i.test(ascii(bytes, start, end));
