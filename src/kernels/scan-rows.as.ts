/** Where cells of delimited text begin and end, as in `cells.as.ts`: rows without quotes, blanks or oddities, 64 bytes at a time. */
const LF: i32 = 10;
const CR: i32 = 13;
const SPACE: i32 = 32;
const COLON: i32 = 58;
/** Longer cells are counted by the caller. */
const HUGE: i32 = 1 << 16;

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

/** After so many rows without a quote the quick scan takes over again. */
const MOST_BARE: i32 = 8;
const GOING: i32 = 0;
const WHOLE: i32 = 1;
const ODD: i32 = 2;
const RAN_OUT: i32 = 3;

/**
 * As `scanRows`, byte by byte, for rows whose cells may stand between quotes, over several lines too; `flags` gets 1 for those and 2 where a quote is
 * doubled inside. Stops where a sign other than a delimiter or line end follows a closing quote, and after some rows without quotes.
 */
export function scanQuotedRows(
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
  flags: usize,
  stop: Stop,
): i32 {
  let rows = 0;
  let pairs = 0;
  let next = from;
  let ranOut = 1;
  let bare = 0;
  let p = from;
  while (p < to) {
    const head = <i32>load<u8>(bytes + <usize>p);
    let state = head <= SPACE || head === comment ? ODD : GOING;
    let cells = 0;
    let quoted = 0;
    let paired = 0;
    while (state === GOING) {
      const opening = p < to ? <i32>load<u8>(bytes + <usize>p) : LF;
      let start = p;
      let flag = 0;
      if (opening === quote) {
        start++;
        flag = 1;
        for (p++; ; p += 2) {
          while (p < to && <i32>load<u8>(bytes + <usize>p) !== quote) p++;
          if (p + 1 >= to || <i32>load<u8>(bytes + <usize>p, 1) !== quote) break;
          flag = 2;
        }
        quoted = 1;
      } else {
        for (; p < to; p++) {
          const sign = <i32>load<u8>(bytes + <usize>p);
          if (sign === delimiter || sign === LF || sign === CR) break;
        }
      }
      const end = p;
      p += i32(flag !== 0);
      if (p >= to) state = RAN_OUT;
      else if (opening === SPACE || cells === stride || end - start > HUGE) state = ODD;
      else {
        store<i32>(starts, base + start);
        store<i32>(ends, base + end);
        store<u8>(flags, <u8>flag);
        starts += 4;
        ends += 4;
        flags++;
        cells++;
        const sign = <i32>load<u8>(bytes + <usize>p);
        p++;
        if (sign === delimiter) continue;
        paired = i32(sign === CR);
        if (paired !== 0 && p >= to) state = RAN_OUT;
        else if (cells !== stride || (sign !== LF && sign !== CR) || (paired !== 0 && <i32>load<u8>(bytes + <usize>p) !== LF)) state = ODD;
        else state = WHOLE;
      }
    }
    if (state !== WHOLE) {
      ranOut = i32(state === RAN_OUT);
      break;
    }
    p += paired;
    pairs += paired;
    next = p;
    bare = quoted !== 0 ? 0 : bare + 1;
    if (++rows === capacity || bare === MOST_BARE) {
      ranOut = 0;
      break;
    }
  }
  stop.next = next;
  stop.ranOut = ranOut;
  stop.pairs = pairs;
  return rows;
}
