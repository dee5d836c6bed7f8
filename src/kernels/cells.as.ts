/**
 * Cells of delimited text: rows without quotes, blanks or oddities are found, and plain numbers and dates are read from their bytes; whatever is
 * not plain is left to the caller, cell by cell. A window of the text lies in memory: `base` is the place of its first byte in the whole, and
 * cells are given as places in the whole.
 */
export { clearTable, readLabels, readTexts, teachLabels } from './labels.as.ts';
export { firstFree } from './memory.as.ts';
export { countFeeds, scanQuotedRows, scanRows } from './scan-rows.as.ts';

const SPACE: i32 = 32;
const MINUS: i32 = 45;
const SLASH: i32 = 47;
const ZERO: i32 = 48;
const COLON: i32 = 58;
const LETTER_T: i32 = 84;
/** Flags from this on: the text is not what stands between start and end. */
const ALTERED: u8 = 2;
const MOST_DIGITS: i32 = 15;
const DAY_MS: f64 = 86400000;

/** 10^0 … 10^15. */
const POWERS: usize = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]);

/** What `readNumbers` and `readDates` say of the cells that they read. */
@unmanaged
class Read {
  /** Cells with a value. */
  seen: i32 = 0;
  /** First row of a number with a decimal sign, or -1. */
  fraction: i32 = 0;
  /** 1 while all numbers are whole. */
  whole: i32 = 0;
}

/** Byte in all eight places. */
/* inline */ function eightTimes(byte: i64): i64 {
  const four = byte | (byte << 8) | (byte << 16) | (byte << 24);
  return four | (four << 32);
}
/** Digits as numbers below 100, the tens of each in an even byte from the lowest on, into that byte. */
/* inline */ function pairsOf(digits: i64): i64 {
  return digits * 10 + (digits >> 8);
}
/* inline */ function byteOf(word: i64, place: i64): i32 {
  return <i32>(word >> (place << 3)) & 255;
}
/** The number that eight digits say, the first in the lowest byte: two, four and eight are added up together. */
/* inline */ function eightDigits(digits: i64): i64 {
  const pairs = pairsOf(digits);
  const every = ((<i64>255) << 32) | 255;
  const high = ((<i64>1000000) << 32) | 100;
  const low = ((<i64>10000) << 32) | 1;
  return ((pairs & every) * high + ((pairs >> 16) & every) * low) >> 32;
}
/** The highest bit of each byte above nine; a byte after such a one may have it too. */
/* inline */ function notDigits(digits: i64): i64 {
  return ((digits + eightTimes(0x76)) | digits) & eightTimes(0x80);
}

/** Where the decimal sign is when there is none: behind all lanes. */
const NOWHERE: i32 = 127;

/** The number that `places` digits say, in the first lanes but for the lane `point`: moved to the last lanes, then added up two, four and eight together. */
/* inline */ function wholeOf(digits: v128, places: i32, point: i32): i64 {
  const lanes = i8x16.sub(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(16 - places)));
  // Lanes below zero give zero; those from the sign on are taken one later.
  const moved = i8x16.swizzle(digits, i8x16.sub(lanes, i8x16.ge_s(lanes, i8x16.splat(<i8>point))));
  const tens = i8x16(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1);
  const low = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(moved, tens));
  const high = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(moved, tens));
  const fours = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(low, high), i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const first = i32x4.extract_lane(fours, 0) * 10000 + i32x4.extract_lane(fours, 1);
  return <i64>first * 100000000 + <i64>(i32x4.extract_lane(fours, 2) * 10000 + i32x4.extract_lane(fours, 3));
}

/**
 * Reads the cells `starts`, `ends`, `flags` of one column, `stride` apart: digits with a minus before and one decimal sign among them, at most fifteen
 * and without a zero in front. Writes values, NaN for empty cells and for others, whose rows are listed in `odd`; gives their number.
 */
export function readNumbers(
  bytes: usize,
  base: i32,
  size: i32,
  starts: usize,
  ends: usize,
  flags: usize,
  stride: i32,
  rows: i32,
  decimal: i32,
  values: usize,
  odd: usize,
  read: Read,
): i32 {
  let oddRows = 0;
  let seen = 0;
  let fraction = -1;
  let whole = 1;
  const step = (<usize>stride) << 2;
  for (let row = 0; row < rows; row++, starts += step, ends += step, flags += stride, values += 8) {
    const from = load<i32>(starts);
    const length = load<i32>(ends) - from;
    store<f64>(values, NaN);
    if (length === 0) continue;
    const text = bytes + <usize>(from - base);
    let negative = 0;
    let count = 0;
    if (from >= base && from - base + length <= size && load<u8>(flags) < ALTERED) {
      negative = i32(<i32>load<u8>(text) === MINUS);
      count = length - negative;
    }
    // The window has room for a vector behind its end, so the cell's bytes are loaded at once.
    const body = count > 0 ? text + <usize>negative : bytes;
    const padded = count > 1 && <i32>load<u8>(body) === ZERO && <i32>load<u8>(body, 1) !== decimal;
    let sound = count > 0 && count <= 16 && !padded;
    let signs = 0;
    let behind = 0;
    let value: f64 = 0;
    if (sound && count <= 8) {
      // The last sign stands in the highest byte; what follows the cell is shifted out.
      const digits = (load<i64>(body) ^ eightTimes(ZERO)) << ((8 - <i64>count) << 3);
      const others = notDigits(digits);
      if (others === 0) value = <f64>eightDigits(digits);
      else {
        // One byte that is no digit can be the decimal sign: those before it move up.
        const place = ctz(others) & 56;
        const before = ((<i64>1) << place) - 1;
        signs = 1;
        behind = 7 - (<i32>place >> 3);
        sound = count > 1 && (others & (others - 1)) === 0 && <i32>((digits >> place) & 255) === (decimal ^ ZERO);
        value = <f64>eightDigits(((digits & before) << 8) | (digits & ~((before << 8) | 255)));
      }
    } else if (sound) {
      const digits = i8x16.sub(v128.load(body), i8x16.splat(<i8>ZERO));
      const others = ((1 << count) - 1) & ~i8x16.bitmask(i8x16.lt_u(digits, i8x16.splat(10)));
      const point = others === 0 ? NOWHERE : ctz<i32>(others);
      signs = i32(others !== 0);
      behind = count - point - 1;
      sound = count - signs <= MOST_DIGITS;
      sound = sound && (signs === 0 || ((others & (others - 1)) === 0 && <i32>load<u8>(body + <usize>point) === decimal));
      if (sound) value = <f64>wholeOf(digits, count - signs, point);
    }
    if (!sound) {
      store<i32>(odd + ((<usize>oddRows) << 2), row);
      oddRows++;
      continue;
    }
    if (signs !== 0) {
      if (fraction < 0) fraction = row;
      value /= load<f64>(POWERS + ((<usize>behind) << 3));
      if (whole !== 0 && floor(value) !== value) whole = 0;
    }
    // A choice between two numbers would be a branch, and signs are as hard to guess as coins.
    store<i64>(values, reinterpret<i64>(value) | ((<i64>negative) << 63));
    seen++;
  }
  read.seen = seen;
  read.fraction = fraction;
  read.whole = whole;
  return oddRows;
}

/** Days from 1970-01-01 (H. Hinnant, chrono-compatible low-level date algorithms); years from 1 on. */
/* inline */ function daysOf(year: i32, month: i32, day: i32): i32 {
  const y = year - i32(month <= 2);
  const era = y / 400;
  const ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}
/* inline */ function daysIn(year: i32, month: i32): i32 {
  if (month === 2) return 28 + (i32(year % 4 === 0 && year % 100 !== 0) | i32(year % 400 === 0));
  return 30 + ((month + (month >> 3)) & 1);
}

/** As `readNumbers`, for dates `2023-02-01` and `2023/02/01`, alone or with a time `T13:05:09` after them. Values are milliseconds since 1970. */
export function readDates(
  bytes: usize,
  base: i32,
  size: i32,
  starts: usize,
  ends: usize,
  flags: usize,
  stride: i32,
  rows: i32,
  values: usize,
  odd: usize,
  read: Read,
): i32 {
  let oddRows = 0;
  let seen = 0;
  const step = (<usize>stride) << 2;
  for (let row = 0; row < rows; row++, starts += step, ends += step, flags += stride, values += 8) {
    const from = load<i32>(starts);
    const length = load<i32>(ends) - from;
    store<f64>(values, NaN);
    if (length === 0) continue;
    if (from >= base && from - base + length <= size && load<u8>(flags) < ALTERED && (length === 10 || length === 19)) {
      const text = bytes + <usize>(from - base);
      const head = load<i64>(text);
      const two: i64 = 0xffff;
      const digits = ((head & 0xffffffff) | ((head >> 8) & (two << 32)) | ((<i64>load<u16>(text, 8)) << 48)) ^ eightTimes(ZERO);
      const pairs = pairsOf(digits);
      const year = byteOf(pairs, 0) * 100 + byteOf(pairs, 2);
      const month = byteOf(pairs, 4);
      const day = byteOf(pairs, 6);
      const sign = byteOf(head, 4);
      let good = notDigits(digits) === 0 && year > 0 && month > 0 && month <= 12 && day > 0;
      good = good && (sign === MINUS || sign === SLASH) && byteOf(head, 7) === sign && (day <= 28 || day <= daysIn(year, month));
      let seconds = 0;
      if (length === 19) {
        const clock = load<i64>(text, 11);
        const time = ((clock & two) | ((clock >> 8) & (two << 16)) | ((clock >> 16) & (two << 32))) ^ (eightTimes(ZERO) & 0xffffffffffff);
        const parts = pairsOf(time);
        const hour = byteOf(parts, 0);
        const minute = byteOf(parts, 2);
        const second = byteOf(parts, 4);
        const gap = <i32>load<u8>(text, 10);
        good = good && notDigits(time) === 0 && hour < 24 && minute < 60 && second < 60;
        good = good && (gap === LETTER_T || gap === SPACE) && byteOf(clock, 2) === COLON && byteOf(clock, 5) === COLON;
        seconds = (hour * 60 + minute) * 60 + second;
      }
      if (good) {
        store<f64>(values, <f64>daysOf(year, month, day) * DAY_MS + <f64>seconds * 1000);
        seen++;
        continue;
      }
    }
    store<i32>(odd + ((<usize>oddRows) << 2), row);
    oddRows++;
  }
  read.seen = seen;
  read.fraction = -1;
  read.whole = 0;
  return oddRows;
}
