/** The sign that stands with an amount: `$1,250.00`, `-£3`, `12 €`, `7.5%`. Takes it off, so that the number alone is left. */
import { utf8 } from '../../base/bytes.ts';
import type { Scratch } from './builder.ts';

export const PERCENT = '%';
const CURRENCIES = ['$', '€', '£', '¥', '₹', '₩', '₽', '₺', '₫', '₴', '₱', '฿'];
const SIGNS = [PERCENT, ...CURRENCIES].map((text) => ({ text, bytes: utf8(text) }));
const MINUS = 45;

function matches(bytes: Uint8Array, at: number, sign: Uint8Array): boolean {
  for (let i = 0; i < sign.length; i++) if (bytes[at + i] !== sign[i]) return false;
  return true;
}

/** The sign around the trimmed cell in `scratch`, which then holds the rest; undefined when there is none. A minus before the sign stays. */
export function takeUnit(scratch: Scratch): string | undefined {
  const { bytes, start, end } = scratch;
  for (const { text, bytes: sign } of SIGNS) {
    if (end - start <= sign.length) continue;
    if (matches(bytes, end - sign.length, sign)) {
      scratch.end = end - sign.length;
      scratch.trim();
      return text;
    }
    const negative = bytes[start] === MINUS;
    const from = negative ? start + 1 : start;
    if (text === PERCENT || !matches(bytes, from, sign)) continue;
    const rest = bytes.slice(from + sign.length, end);
    // The rest may not bear a minus of its own besides.
    scratch.bytes = negative ? Uint8Array.of(MINUS, ...rest) : rest;
    scratch.start = 0;
    scratch.end = scratch.bytes.length;
    scratch.trim();
    return text;
  }
  return undefined;
}

const AROUND = new RegExp(`^([-+]?)[${CURRENCIES.join('')}]\\s*|\\s*[${CURRENCIES.join('')}%]$`, 'u');
/** The same for a text. */
export const withoutUnit = (text: string): string => text.trim().replace(AROUND, '$1');
