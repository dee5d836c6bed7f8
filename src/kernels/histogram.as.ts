/**
 * Sums of gradients by feature and code. A row's gradient and hessian are whole numbers packed in one i64, gradient · 2^32 + hessian, so that sums
 * and differences are exact and do not depend on the order of rows.
 *
 * Codes lie row by row, in words of eight features (the last word may have four). A feature's entries begin a fixed stride apart, 264, 136, 72 or 24 by
 * its number of codes: 264 and not 256, because entries that are a power of two apart fall into the same few cache sets. Words of one stride
 * make groups, whose sums stay in the first cache while a run of rows passes over them.
 */
const WIDE: usize = 264 * 8;
const HALF: usize = 136 * 8;
const MIDDLE: usize = 72 * 8;
const NARROW: usize = 24 * 8;
/** Rows per run, with one group and with several. */
const SHORT: i32 = 128;
const LONG: i32 = 1024;
const LINE: usize = 64;

/** Neighbouring words with one stride: where their codes begin in a row and their sums in a node's, in bytes; whole words, and 1 for half a word more. */
@unmanaged
class Group {
  codes: u32 = 0;
  sums: u32 = 0;
  words: i32 = 0;
  half: i32 = 0;
  stride: u32 = 0;
}
const GROUP_BYTES: usize = 20;

/* inline */ function bump(at: usize, value: i64): void {
  store<i64>(at, load<i64>(at) + value);
}

/* inline */ function addHalf(out: usize, codes: usize, value: i64, stride: usize): void {
  bump(out + ((<usize>load<u8>(codes)) << 3), value);
  bump(out + ((<usize>load<u8>(codes, 1)) << 3) + stride, value);
  bump(out + ((<usize>load<u8>(codes, 2)) << 3) + 2 * stride, value);
  bump(out + ((<usize>load<u8>(codes, 3)) << 3) + 3 * stride, value);
}

/* inline */ function addWord(out: usize, codes: usize, value: i64, stride: usize): void {
  addHalf(out, codes, value, stride);
  bump(out + ((<usize>load<u8>(codes, 4)) << 3) + 4 * stride, value);
  bump(out + ((<usize>load<u8>(codes, 5)) << 3) + 5 * stride, value);
  bump(out + ((<usize>load<u8>(codes, 6)) << 3) + 6 * stride, value);
  bump(out + ((<usize>load<u8>(codes, 7)) << 3) + 7 * stride, value);
}

/** Two rows. */
/* inline */ function addRows(a: usize, b: usize, va: i64, vb: i64, words: i32, half: i32, out: usize, stride: usize): void {
  let o = out;
  for (let w = 0; w < words; w++, o += 8 * stride, a += 8, b += 8) {
    addWord(o, a, va, stride);
    addWord(o, b, vb, stride);
  }
  if (half !== 0) {
    addHalf(o, a, va, stride);
    addHalf(o, b, vb, stride);
  }
}

/** A run of rows through one group. `rows` lists them; where it is 0 they follow each other, codes and packed values alike. */
/* inline */ function addRun(
  codes: usize,
  rowBytes: usize,
  rows: usize,
  count: i32,
  packed: usize,
  group: Group,
  out: usize,
  stride: usize,
  sign: i64,
): void {
  const words = group.words;
  const half = group.half;
  let i = 0;
  if (rows === 0) {
    for (; i + 2 <= count; i += 2, packed += 16, codes += rowBytes << 1)
      addRows(codes, codes + rowBytes, load<i64>(packed), load<i64>(packed, 8), words, half, out, stride);
    if (i < count) addRows(codes, codes, load<i64>(packed), 0, words, half, out, stride);
    return;
  }
  for (; i + 2 <= count; i += 2, rows += 8) {
    const a = <usize>load<u32>(rows);
    const b = <usize>load<u32>(rows, 4);
    const va = load<i64>(packed + (a << 3)) * sign;
    const vb = load<i64>(packed + (b << 3)) * sign;
    addRows(codes + a * rowBytes, codes + b * rowBytes, va, vb, words, half, out, stride);
  }
  if (i >= count) return;
  const a = <usize>load<u32>(rows);
  addRows(codes + a * rowBytes, codes + a * rowBytes, load<i64>(packed + (a << 3)) * sign, 0, words, half, out, stride);
}

/**
 * Adds the rows to the sums at `out`, or takes them off where `sign` is -1. `rows` lists them, or is 0 for the first `count` in order (only added); `packed` has a value per row.
 * WebAssembly cannot prefetch, and the stores' addresses depend on data, so that each row not in cache would halt everything: one byte of
 * every line that the next run needs is read before. Gives the sum of those bytes, so that the reads stay.
 */
export function sumRows(
  codes: usize,
  rowBytes: usize,
  rows: usize,
  count: i32,
  packed: usize,
  groups: usize,
  groupCount: i32,
  out: usize,
  sign: i32,
): u32 {
  const length = groupCount === 1 ? SHORT : LONG;
  let touched: u32 = 0;
  for (let from = 0; from < count; from += length) {
    const size = min(length, count - from);
    const listed: usize = rows === 0 ? 0 : rows + ((<usize>from) << 2);
    const first = rows === 0 ? codes + <usize>from * rowBytes : codes;
    if (rows !== 0) {
      for (let q = listed, end = listed + ((<usize>size) << 2); q < end; q += 4) {
        const row = <usize>load<u32>(q);
        touched += load<u8>(packed + (row << 3));
        for (let line: usize = 0; line < rowBytes; line += LINE) touched += load<u8>(codes + row * rowBytes + line);
      }
    }
    const values = rows === 0 ? packed + ((<usize>from) << 3) : packed;
    for (let g = 0; g < groupCount; g++) {
      const group = changetype<Group>(groups + <usize>g * GROUP_BYTES);
      const at = first + <usize>group.codes;
      const to = out + <usize>group.sums;
      if (group.stride === <u32>WIDE) addRun(at, rowBytes, listed, size, values, group, to, WIDE, <i64>sign);
      else if (group.stride === <u32>HALF) addRun(at, rowBytes, listed, size, values, group, to, HALF, <i64>sign);
      else if (group.stride === <u32>MIDDLE) addRun(at, rowBytes, listed, size, values, group, to, MIDDLE, <i64>sign);
      else addRun(at, rowBytes, listed, size, values, group, to, NARROW, <i64>sign);
    }
  }
  return touched;
}

/** Makes all sums zero. */
export function clearSums(out: usize, bytes: usize): void {
  memory.fill(out, 0, bytes);
}

/** The sibling's sums: parent - child, written over the parent. `bytes` is a multiple of 16. */
export function subtractSums(parent: usize, child: usize, bytes: usize): void {
  for (const end = parent + bytes; parent < end; parent += 16, child += 16)
    v128.store(parent, i64x2.sub(v128.load(parent), v128.load(child)));
}

/** Sum of the packed values of `rows`, or of the first `count` where `rows` is 0, written to `out`. */
export function sumPacked(packed: usize, rows: usize, count: i32, out: usize): void {
  let sum: i64 = 0;
  for (let i = 0; i < count; i++) {
    const row = rows === 0 ? i : load<i32>(rows + ((<usize>i) << 2));
    sum += load<i64>(packed + ((<usize>row) << 3));
  }
  store<i64>(out, sum);
}
