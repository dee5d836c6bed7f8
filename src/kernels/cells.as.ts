/**
 * Cells of delimited text. Rows without quotes, blanks or oddities are found 64 bytes at a time, and plain numbers and dates are read from their
 * bytes; whatever is not plain is left to the caller, cell by cell. A window of the text lies in memory: `base` is the place of its first byte in
 * the whole, and cells are given as places in the whole.
 */
export { clearTable, readLabels, readTexts, teachLabels } from './labels.as.ts';
export { firstFree } from './memory.as.ts';

const LF: i32 = 10;
const CR: i32 = 13;
const SPACE: i32 = 32;
const MINUS: i32 = 45;
const SLASH: i32 = 47;
const ZERO: i32 = 48;
const COLON: i32 = 58;
const LETTER_T: i32 = 84;
/** Longer cells are counted by the caller. */
const HUGE: i32 = 1 << 16;
/** Flags from this on: the text is not what stands between start and end. */
const ALTERED: u8 = 2;
const MOST_DIGITS: i32 = 15;
const DAY_MS: f64 = 86400000;

/** 10^0 … 10^15. */
const POWERS: usize = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]);

/** How many of `size` bytes are LF. */
export function countFeeds(bytes: usize, size: i32): i32 {
  const feeds = i8x16.splat(<i8>LF);
  let count = 0;
  let p = 0;
  for (; p + 16 <= size; p += 16) count += popcnt<i32>(i8x16.bitmask(i8x16.eq(v128.load(bytes + <usize>p), feeds)));
  for (; p < size; p++) count += i32(<i32>load<u8>(bytes + <usize>p) === LF);
  return count;
}

/** Where `scanRows` came to. */
@unmanaged
class Stop {
  /** First byte of the row that was not taken, in the window. */
  next: i32 = 0;
  /** 1: the window ended in that row or before it. */
  ranOut: i32 = 0;
  /** Line ends CR LF among those of the rows taken. */
  pairs: i32 = 0;
}

/** Of the 64 bytes that four comparisons tell about, one bit each. */
/* inline */ function maskOf(a: v128, b: v128, c: v128, d: v128): i64 {
  const low = <i64>i8x16.bitmask(a) | ((<i64>i8x16.bitmask(b)) << 16);
  return low | ((<i64>i8x16.bitmask(c)) << 32) | ((<i64>i8x16.bitmask(d)) << 48);
}
/* inline */ function placesOf(sign: v128, a: v128, b: v128, c: v128, d: v128): i64 {
  return maskOf(i8x16.eq(a, sign), i8x16.eq(b, sign), i8x16.eq(c, sign), i8x16.eq(d, sign));
}
/* inline */ function placesOfEither(one: v128, other: v128, a: v128, b: v128, c: v128, d: v128): i64 {
  return maskOf(
    v128.or(i8x16.eq(a, one), i8x16.eq(a, other)),
    v128.or(i8x16.eq(b, one), i8x16.eq(b, other)),
    v128.or(i8x16.eq(c, one), i8x16.eq(c, other)),
    v128.or(i8x16.eq(d, one), i8x16.eq(d, other)),
  );
}
/** Whether one of the `count` cells that end at `ends` and begin at `start` is longer than the caller must know of. */
function anyHuge(start: i32, ends: usize, count: i32): bool {
  for (let k = 0; k < count; k++, ends += 4) {
    const end = load<i32>(ends);
    if (end - start > HUGE) return true;
    start = end + 1;
  }
  return false;
}

/**
 * Writes the cells of rows of exactly `stride` cells from `from` on to the lists `starts` and `ends`; gives the number of rows, at most `capacity`.
 * Stops before a row that begins like a comment or a blank line, where a cell begins with a quote or a space, before a lone CR, and at `to`. Reads
 * up to 63 bytes behind `to`; the lists have room for 72 cells more.
 */
export function scanRows(
  bytes: usize,
  from: i32,
  to: i32,
  base: i32,
  delimiter: i32,
  quote: i32,
  comment: i32,
  stride: i32,
  capacity: i32,
  starts: usize,
  ends: usize,
  stop: Stop,
): i32 {
  const signs = i8x16.splat(<i8>delimiter);
  const feeds = i8x16.splat(<i8>LF);
  const returns = i8x16.splat(<i8>CR);
  const spaces = i8x16.splat(<i8>SPACE);
  // A quote of no byte is none to look for.
  const sought = quote < 256 ? quote : SPACE;
  const quotes = i8x16.splat(<i8>sought);
  let rows = 0;
  let pairs = 0;
  let next = from;
  /** Separators found, those of rows not yet whole among them. */
  let cells = 0;
  const opening = from < to ? <i32>load<u8>(bytes + <usize>from) : COLON;
  let going = opening > SPACE && opening !== comment;
  let ranOut = i32(going);
  /** Whether a cell begins at the first of the 64 bytes, and whether that is the LF of a pair. */
  let begins: i64 = 1;
  let halved: i64 = 0;
  for (let p = from; going && p < to; p += 64) {
    const text = bytes + <usize>p;
    const a = v128.load(text);
    const b = v128.load(text, 16);
    const c = v128.load(text, 32);
    const d = v128.load(text, 48);
    const left: i64 = to - p;
    const inside: i64 = left < 64 ? (1 << left) - 1 : -1;
    const parted = placesOf(signs, a, b, c, d) & inside;
    const fed = placesOf(feeds, a, b, c, d) & inside;
    const returned = placesOf(returns, a, b, c, d) & inside;
    let lines = fed;
    /** Where the scan stops in these bytes: the lowest bit that is not set. */
    let sound: i64 = -1;
    if ((returned | halved) !== 0) {
      const fedNext = p + 64 < to && <i32>load<u8>(text, 64) === LF;
      const followed = <i64>(<u64>fed >> 1) | ((<i64>i32(fedNext)) << 63);
      const alone = returned & ~followed;
      if (alone !== 0) sound = (alone & -alone) - 1;
      lines = (fed & ~((returned << 1) | halved)) | (returned & followed);
      halved = <i64>(<u64>returned >> 63);
    }
    const odd = (((parted | fed) << 1) | begins) & placesOfEither(quotes, spaces, a, b, c, d) & inside;
    begins = <i64>(<u64>(parted | fed) >> 63);
    if (odd !== 0) sound &= (odd & -odd) - 1;
    lines &= sound;
    const separators = (parted & sound) | lines;
    let list = ends + ((<usize>cells) << 2);
    const place = base + p;
    // Four at a time, whether there are as many or not: what is too many is written over later.
    for (let rest = separators; rest !== 0; list += 16) {
      store<i32>(list, place + <i32>ctz(rest));
      rest &= rest - 1;
      store<i32>(list, place + <i32>ctz(rest), 4);
      rest &= rest - 1;
      store<i32>(list, place + <i32>ctz(rest), 8);
      rest &= rest - 1;
      store<i32>(list, place + <i32>ctz(rest), 12);
      rest &= rest - 1;
    }
    for (; lines !== 0; lines &= lines - 1) {
      const q = p + <i32>ctz(lines);
      const row = rows * stride;
      const wrong = cells + <i32>popcnt(separators & (lines ^ (lines - 1))) !== row + stride;
      if (wrong || (q - next > HUGE && anyHuge(base + next, ends + ((<usize>row) << 2), stride))) {
        going = false;
        break;
      }
      const paired = i32(<i32>load<u8>(bytes + <usize>q) === CR);
      pairs += paired;
      next = q + 1 + paired;
      rows++;
      const first = next < to ? <i32>load<u8>(bytes + <usize>next) : COLON;
      if (rows === capacity || first <= SPACE || first === comment) {
        going = false;
        break;
      }
    }
    if (!going) ranOut = 0;
    else if (sound !== -1) {
      // A CR at the very end may be the first half of a pair.
      const last = p + <i32>popcnt(sound);
      ranOut = i32(last === to - 1 && <i32>load<u8>(bytes + <usize>last) === CR);
      going = false;
    } else {
      cells += <i32>popcnt(separators);
      if (cells >= (rows + 1) * stride) {
        ranOut = 0;
        going = false;
      }
    }
  }
  const total = rows * stride;
  store<i32>(starts, base + from);
  for (let k = 0; k < total; k += 4) {
    const place = (<usize>k) << 2;
    v128.store(starts + place, i32x4.add(v128.load(ends + place), i32x4.splat(1)), 4);
  }
  if (pairs > 0) {
    for (let k = stride; k < total; k += stride) {
      const place = (<usize>k) << 2;
      const end = load<i32>(ends + place - 4);
      store<i32>(starts + place, end + 1 + i32(<i32>load<u8>(bytes + <usize>(end - base)) === CR));
    }
  }
  stop.next = next;
  stop.ranOut = ranOut;
  stop.pairs = pairs;
  return rows;
}

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
/** The number that eight digits say, the first in the lowest byte: two, four and eight are added up together. */
/* inline */ function eightDigits(digits: i64): i64 {
  const pairs = digits * 10 + (digits >> 8);
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

/** The number that `count` digits say, or a negative one. */
/* inline */ function digitsAt(at: usize, count: i32): i32 {
  let value = 0;
  let wrong = 0;
  for (let k = 0; k < count; k++) {
    const digit = <i32>load<u8>(at + <usize>k) - ZERO;
    wrong |= i32(<u32>digit > 9);
    value = value * 10 + digit;
  }
  return wrong !== 0 ? -1 : value;
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
      const year = digitsAt(text, 4);
      const month = digitsAt(text + 5, 2);
      const day = digitsAt(text + 8, 2);
      const sign = <i32>load<u8>(text, 4);
      let good = year > 0 && month > 0 && month <= 12 && day > 0 && (sign === MINUS || sign === SLASH) && <i32>load<u8>(text, 7) === sign;
      good = good && day <= daysIn(year, month);
      let seconds = 0;
      if (length === 19) {
        const hour = digitsAt(text + 11, 2);
        const minute = digitsAt(text + 14, 2);
        const second = digitsAt(text + 17, 2);
        const gap = <i32>load<u8>(text, 10);
        good = good && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        good = good && (gap === LETTER_T || gap === SPACE) && <i32>load<u8>(text, 13) === COLON && <i32>load<u8>(text, 16) === COLON;
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
