/** Labels and texts of one column of a block of cells, as in `cells.as.ts`: told apart, or copied one after another. */
const SPACE: i32 = 32;
/** Flags from this on: the text is not what stands between start and end. */
const ALTERED: u8 = 2;

/** Whether the cell lies in the window and its text is what stands there: no first byte that `odd` marks, no blank at its end. */
/* inline */ function isPlain(bytes: usize, base: i32, size: i32, from: i32, length: i32, flag: u8, odd: usize): bool {
  if (from < base || from - base + length > size || flag >= ALTERED) return false;
  const text = bytes + <usize>(from - base);
  return load<u8>(odd + <usize>load<u8>(text)) === 0 && <i32>load<u8>(text + <usize>length - 1) > SPACE;
}

/** The bytes from `at` on as a number, at most eight; what follows `left` of them is zero. */
/* inline */ function wordAt(at: usize, left: i32): i64 {
  const word = load<i64>(at);
  return left >= 8 ? word : word & (((<i64>1) << ((<i64>left) << 3)) - 1);
}
/* inline */ function mixed(hash: i64, word: i64): i64 {
  const product = (hash ^ word) * 0x9e3779b97f4a7;
  return product ^ <i64>(<u64>product >> 29);
}
/* inline */ function hashOf(text: usize, length: i32): i32 {
  let hash: i64 = <i64>length;
  for (let k = 0; k < length; k += 8) hash = mixed(hash, wordAt(text + <usize>k, length - k));
  return <i32>(hash ^ <i64>(<u64>hash >> 32));
}
/* inline */ function isSame(a: usize, b: usize, length: i32): bool {
  for (let k = 0; k < length; k += 8) if (wordAt(a + <usize>k, length - k) !== wordAt(b + <usize>k, length - k)) return false;
  return true;
}

/**
 * A table of labels that are known from earlier blocks, with the codes that their owner gave them: two counts, slots of a hash and an address each,
 * then records of length, code and text, zeros behind it up to a vector at least.
 */
const VECTOR: i32 = 16;
const KNOWN_SLOTS: i32 = 2048;
const MOST_KNOWN: i32 = KNOWN_SLOTS >> 1;
const KNOWN_FROM: usize = 16;
const RECORDS_FROM: i32 = 16 + (KNOWN_SLOTS << 3);
export function clearTable(table: usize): void {
  memory.fill(table, 0, <usize>RECORDS_FROM);
  store<i32>(table, RECORDS_FROM, 4);
}

/** Adds the texts that `readLabels` has just found new to the table of `room` bytes, as long as they fit. */
export function teachLabels(
  bytes: usize,
  base: i32,
  starts: usize,
  ends: usize,
  stride: i32,
  firsts: usize,
  hashes: usize,
  codes: usize,
  count: i32,
  table: usize,
  room: i32,
): void {
  let known = load<i32>(table);
  let used = load<i32>(table, 4);
  const step = (<usize>stride) << 2;
  for (let k = 0; k < count && known < MOST_KNOWN; k++) {
    const place = (<usize>k) << 2;
    const cell = <usize>load<i32>(firsts + place) * step;
    const from = load<i32>(starts + cell);
    const length = load<i32>(ends + cell) - from;
    if (length > room - used - VECTOR - 8) continue;
    const text = bytes + <usize>(from - base);
    const record = table + <usize>used;
    store<i32>(record, length);
    store<i32>(record, load<i32>(codes + place), 4);
    store<i64>(record, 0, 16);
    for (let i = 0; i < length; i += 8) store<i64>(record + <usize>i, wordAt(text + <usize>i, length - i), 8);
    const hash = load<i32>(hashes + place);
    let slot = hash & (KNOWN_SLOTS - 1);
    while (load<i64>(table + KNOWN_FROM + ((<usize>slot) << 3)) !== 0) slot = (slot + 1) & (KNOWN_SLOTS - 1);
    store<i32>(table + KNOWN_FROM + ((<usize>slot) << 3), <i32>record);
    store<i32>(table + KNOWN_FROM + ((<usize>slot) << 3), hash, 4);
    used += 8 + ((max(length, VECTOR) + 7) & ~7);
    known++;
  }
  store<i32>(table, known);
  store<i32>(table, used, 4);
}

/** What `readLabels` says of the cells that it read. */
@unmanaged
class Told {
  odd: i32 = 0;
  empty: i32 = 0;
}

/**
 * Tells the texts of one column apart: `codes` gets each row's code in `table` (0: there is none); `fresh` and up for the others, in order of first
 * appearance; -1 for an empty cell and -2 for one that is not plain, whose rows are listed in `odd`. `firsts` gets the row where each of the others
 * stands first. `slots` has room for `mask` + 1 numbers and `hashes` for one per row. Gives the number of the others.
 */
export function readLabels(
  bytes: usize,
  base: i32,
  size: i32,
  starts: usize,
  ends: usize,
  flags: usize,
  stride: i32,
  rows: i32,
  heads: usize,
  table: usize,
  fresh: i32,
  codes: usize,
  firsts: usize,
  odd: usize,
  slots: usize,
  mask: i32,
  hashes: usize,
  told: Told,
): i32 {
  const column = starts;
  const step = (<usize>stride) << 2;
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const known = table + KNOWN_FROM;
  let count = 0;
  let oddRows = 0;
  let empty = 0;
  for (let row = 0; row < rows; row++, starts += step, ends += step, flags += stride, codes += 4) {
    const from = load<i32>(starts);
    const length = load<i32>(ends) - from;
    if (length === 0) {
      store<i32>(codes, -1);
      empty++;
      continue;
    }
    if (!isPlain(bytes, base, size, from, length, load<u8>(flags), heads)) {
      store<i32>(codes, -2);
      store<i32>(odd + ((<usize>oddRows) << 2), row);
      oddRows++;
      continue;
    }
    const text = bytes + <usize>(from - base);
    const short = length <= VECTOR;
    let word = i64x2.splat(0);
    let hash: i32;
    if (short) {
      // Without a branch on the length, which is hard to guess.
      word = v128.and(v128.load(text), i8x16.lt_u(lanes, i8x16.splat(<i8>length)));
      const whole = mixed(mixed(<i64>length, i64x2.extract_lane(word, 0)), i64x2.extract_lane(word, 1));
      hash = <i32>(whole ^ <i64>(<u64>whole >> 32));
    } else hash = hashOf(text, length);
    let code = -1;
    if (table !== 0) {
      for (let slot = hash & (KNOWN_SLOTS - 1); ; slot = (slot + 1) & (KNOWN_SLOTS - 1)) {
        const held = load<i64>(known + ((<usize>slot) << 3));
        if (held === 0) break;
        if (<i32>(held >> 32) !== hash) continue;
        const record = <usize>(<u32>held);
        if (load<i32>(record) !== length) continue;
        const same = short ? !v128.any_true(v128.xor(word, v128.load(record, 8))) : isSame(text, record + 8, length);
        if (!same) continue;
        code = load<i32>(record, 4);
        break;
      }
    }
    if (code < 0) {
      if (count === 0) memory.fill(slots, 0, (<usize>mask + 1) << 2);
      let slot = hash & mask;
      for (;;) {
        const held = load<i32>(slots + ((<usize>slot) << 2)) - 1;
        if (held < 0) break;
        if (load<i32>(hashes + ((<usize>held) << 2)) === hash) {
          const first = <usize>load<i32>(firsts + ((<usize>held) << 2)) * step;
          const at = load<i32>(column + first);
          if (load<i32>(column + (ends - starts) + first) - at === length && isSame(text, bytes + <usize>(at - base), length)) {
            code = fresh + held;
            break;
          }
        }
        slot = (slot + 1) & mask;
      }
      if (code < 0) {
        code = fresh + count;
        store<i32>(hashes + ((<usize>count) << 2), hash);
        store<i32>(firsts + ((<usize>count) << 2), row);
        store<i32>(slots + ((<usize>slot) << 2), ++count);
      }
    }
    store<i32>(codes, code);
  }
  told.odd = oddRows;
  told.empty = empty;
  return count;
}

/**
 * Writes the texts of one column one after another to `out`, which has room for the window and a vector more, and where each ends, counted from
 * `offset`, to `places`; cells that are not plain add nothing, and their rows are listed in `odd`. Gives their number; `read` gets how many cells were written.
 */
export function readTexts(
  bytes: usize,
  base: i32,
  size: i32,
  starts: usize,
  ends: usize,
  flags: usize,
  stride: i32,
  rows: i32,
  heads: usize,
  out: usize,
  offset: i32,
  places: usize,
  odd: usize,
  read: usize,
): i32 {
  const step = (<usize>stride) << 2;
  let oddRows = 0;
  let seen = 0;
  let to = 0;
  for (let row = 0; row < rows; row++, starts += step, ends += step, flags += stride, places += 4) {
    const from = load<i32>(starts);
    const length = load<i32>(ends) - from;
    if (length !== 0) {
      if (isPlain(bytes, base, size, from, length, load<u8>(flags), heads)) {
        const text = bytes + <usize>(from - base);
        for (let k = 0; k < length; k += 16) v128.store(out + <usize>(to + k), v128.load(text + <usize>k));
        to += length;
        seen++;
      } else {
        store<i32>(odd + ((<usize>oddRows) << 2), row);
        oddRows++;
      }
    }
    store<i32>(places, offset + to);
  }
  store<i32>(read, seen);
  return oddRows;
}
