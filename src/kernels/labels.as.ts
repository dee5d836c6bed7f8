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
/* inline */ function hashOf(text: usize, length: i32): i32 {
  let hash: i64 = <i64>length;
  for (let k = 0; k < length; k += 8) {
    hash = (hash ^ wordAt(text + <usize>k, length - k)) * 0x9e3779b97f4a7;
    hash ^= <i64>(<u64>hash >> 29);
  }
  return <i32>(hash ^ <i64>(<u64>hash >> 32));
}
/* inline */ function isSame(a: usize, b: usize, length: i32): bool {
  for (let k = 0; k < length; k += 8) if (wordAt(a + <usize>k, length - k) !== wordAt(b + <usize>k, length - k)) return false;
  return true;
}

/**
 * Numbers the different texts of one column in order of first appearance: `codes` gets each row's number, -1 for an empty cell and -2 for one that is
 * not plain, whose rows are listed in `odd`; `firsts` the row where each text stands first. `slots` has room for `mask` + 1 numbers and `hashes` for
 * one per row. Gives the number of different texts; `read` gets how many rows are odd.
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
  codes: usize,
  firsts: usize,
  odd: usize,
  slots: usize,
  mask: i32,
  hashes: usize,
  read: usize,
): i32 {
  memory.fill(slots, 0, (<usize>mask + 1) << 2);
  const column = starts;
  const step = (<usize>stride) << 2;
  let count = 0;
  let oddRows = 0;
  for (let row = 0; row < rows; row++, starts += step, ends += step, flags += stride, codes += 4) {
    const from = load<i32>(starts);
    const length = load<i32>(ends) - from;
    if (length === 0) {
      store<i32>(codes, -1);
      continue;
    }
    if (!isPlain(bytes, base, size, from, length, load<u8>(flags), heads)) {
      store<i32>(codes, -2);
      store<i32>(odd + ((<usize>oddRows) << 2), row);
      oddRows++;
      continue;
    }
    const text = bytes + <usize>(from - base);
    const hash = hashOf(text, length);
    let slot = hash & mask;
    let code = -1;
    for (;;) {
      const held = load<i32>(slots + ((<usize>slot) << 2)) - 1;
      if (held < 0) break;
      if (load<i32>(hashes + ((<usize>held) << 2)) === hash) {
        const first = <usize>load<i32>(firsts + ((<usize>held) << 2)) * step;
        const at = load<i32>(column + first);
        if (load<i32>(column + (ends - starts) + first) - at === length && isSame(text, bytes + <usize>(at - base), length)) {
          code = held;
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
    if (code < 0) {
      code = count++;
      store<i32>(slots + ((<usize>slot) << 2), count);
      store<i32>(hashes + ((<usize>code) << 2), hash);
      store<i32>(firsts + ((<usize>code) << 2), row);
    }
    store<i32>(codes, code);
  }
  store<i32>(read, oddRows);
  return count;
}

/**
 * Writes the texts of one column one after another to `out`, which has room for the window and a vector more, and where each ends to `places`; cells
 * that are not plain add nothing, and their rows are listed in `odd`. Gives their number; `read` gets how many cells were written.
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
    store<i32>(places, to);
  }
  store<i32>(read, seen);
  return oddRows;
}
