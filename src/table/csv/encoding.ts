/** Bytes of any encoding to UTF-8 without mark: by byte order mark, NUL pattern or UTF-8 validity, unless the user names one. */
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { phrase } from '../../base/words.ts';
import type { Tally } from '../findings/tally.ts';

export interface DecodedText {
  bytes: Uint8Array;
  encoding: string;
}

/** Length of the valid UTF-8 sequence at `i` (1 to 4), 0 when there is none (Unicode table 3-7). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const c = bytes[i];
  if (c < 0x80) return 1;
  const next = (k: number, low = 0x80, high = 0xbf) => bytes[i + k] >= low && bytes[i + k] <= high;
  if (c >= 0xc2 && c <= 0xdf) return next(1) ? 2 : 0;
  if (c >= 0xe0 && c <= 0xef) return next(1, c === 0xe0 ? 0xa0 : 0x80, c === 0xed ? 0x9f : 0xbf) && next(2) ? 3 : 0;
  if (c >= 0xf0 && c <= 0xf4) return next(1, c === 0xf0 ? 0x90 : 0x80, c === 0xf4 ? 0x8f : 0xbf) && next(2) && next(3) ? 4 : 0;
  return 0;
}

/** Has a high bit set where one of the four bytes is above 127, or is the lowest that is zero. */
const odd = (word: number): number => word | (word - 0x01010101);

export interface Utf8Check {
  /** Valid sequences of two bytes and more. */
  valid: number;
  invalid: number;
  /** NUL characters. */
  zeros: number;
  firstInvalid: number[];
}
/** Counts multi-byte sequences and NULs; other ASCII is skipped four bytes at a time. `whole` = false forgives a sequence cut at the end. */
export function checkUtf8(bytes: Uint8Array, whole = true): Utf8Check {
  const check: Utf8Check = { valid: 0, invalid: 0, zeros: 0, firstInvalid: [] };
  const lead = (4 - (bytes.byteOffset & 3)) & 3;
  const words =
    bytes.length < lead + 4 ? new Int32Array(0) : new Int32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  let i = 0;
  while (i < bytes.length) {
    if (((i - lead) & 3) === 0 && i >= lead) {
      let w = (i - lead) >> 2;
      while (w + 4 <= words.length && ((odd(words[w]) | odd(words[w + 1]) | odd(words[w + 2]) | odd(words[w + 3])) & 0x80808080) === 0)
        w += 4;
      while (w < words.length && (odd(words[w]) & 0x80808080) === 0) w++;
      i = lead + w * 4;
      if (i >= bytes.length) break;
    }
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      if (!whole && i > bytes.length - 4) break;
      check.invalid++;
      if (check.firstInvalid.length < 5) check.firstInvalid.push(i);
      i++;
    } else {
      if (length > 1) check.valid++;
      else if (bytes[i] === 0) check.zeros++;
      i += length;
    }
  }
  return check;
}

/** UTF-16 shows as NUL in every other byte of mostly Latin text, delimiters and line ends. */
function nulPattern(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const n = Math.min(bytes.length & ~1, 4096);
  if (n < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const half = n / 2;
  if (odd > half * 0.3 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.3 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

/** Chinese GB text has its high bytes in pairs, both from 0xA1 up; Western text has them alone. */
function looksLikeGb(bytes: Uint8Array): boolean {
  let paired = 0;
  let single = 0;
  for (let i = 0; i < Math.min(bytes.length, 1 << 18); ) {
    if (bytes[i] < 0x80) i++;
    else if (bytes[i] >= 0xa1 && bytes[i] <= 0xf7 && bytes[i + 1] >= 0xa1) {
      paired++;
      i += 2;
    } else {
      single++;
      i++;
    }
  }
  return paired > 4 && single * 20 < paired;
}

/** The encoding, and what was found on the way where the bytes had to be looked through. */
function guessed(bytes: Uint8Array, whole: boolean): { encoding: string; check?: Utf8Check } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be' };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8' };
  const wide = nulPattern(bytes);
  if (wide) return { encoding: wide };
  const check = checkUtf8(bytes, whole);
  if (check.invalid === 0 || check.valid > check.invalid) return { encoding: 'utf-8', check };
  return { encoding: looksLikeGb(bytes) ? 'gb18030' : 'windows-1252' };
}

/** Windows-1252 from 0x80 to 0x9F (WHATWG Encoding); written out because Node 20 decodes these bytes as Latin-1. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
function western(bytes: Uint8Array): string {
  let text = '';
  for (const c of bytes) text += c >= 0x80 && c < 0xa0 ? WESTERN[c - 0x80] : String.fromCharCode(c);
  return text;
}

const CHUNK = 1 << 20;
/** Decodes in pieces, so that no text longer than one piece exists. */
function transcode(bytes: Uint8Array, encoding: string): Uint8Array {
  const decoder = encoding === 'windows-1252' ? undefined : new TextDecoder(encoding);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const end = Math.min(at + CHUNK, bytes.length);
    const piece = bytes.subarray(at, end);
    parts.push(utf8(decoder ? decoder.decode(piece, { stream: end < bytes.length }) : western(piece)));
  }
  return concatBytes(parts);
}

function countReplacements(bytes: Uint8Array): number {
  let count = 0;
  for (let i = bytes.indexOf(0xef); i >= 0; i = bytes.indexOf(0xef, i + 1)) if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) count++;
  return count;
}

function linesAt(bytes: Uint8Array, places: readonly number[]): number[] {
  let line = 1;
  let at = 0;
  return places.map((place) => {
    for (; at < place; at++) if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) line++;
    return line;
  });
}

/** UTF-8 bytes without byte order mark or NUL characters. `encoding` as TextDecoder names them; '' = guess. */
export function toUtf8(input: Uint8Array, named: string, tally: Tally | undefined): DecodedText {
  const guess = named === '' ? guessed(input, true) : undefined;
  let encoding = guess?.encoding ?? named.toLowerCase();
  if (encoding === 'utf8') encoding = 'utf-8';
  let bytes = input;
  let clean = false;
  if (encoding === 'utf-8') {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    const { invalid, firstInvalid, zeros } = guess?.check ?? checkUtf8(bytes);
    clean = zeros === 0;
    if (invalid > 0) {
      const lines = linesAt(bytes, firstInvalid);
      tally?.add('csv.invalid-text', {
        count: invalid,
        about: { encoding: 'UTF-8', lines: phrase('finding.lines', ' ({line|lines} {lines})', { lines, count: lines.length }) },
      });
      bytes = transcode(bytes, 'utf-8');
    }
  } else {
    const before = encoding.startsWith('utf-16') ? 0 : countReplacements(input);
    bytes = transcode(input, encoding);
    const damaged = countReplacements(bytes) - before;
    if (damaged > 0) tally?.add('csv.invalid-text', { count: damaged, about: { encoding, lines: '' } });
    tally?.add('csv.encoding', { about: { encoding } });
  }
  if (!clean && bytes.indexOf(0) >= 0) {
    const kept = bytes.filter((c) => c !== 0);
    tally?.add('csv.nul', { count: bytes.length - kept.length });
    bytes = kept;
  }
  return { bytes, encoding };
}
