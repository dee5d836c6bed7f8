/** Rows of a node: parts them by a split, draws a sample, and keeps the scores of all rows up to date. */
import { mix } from './split-careful.as.ts';
import { Found, SET_OFFSET } from './split-parts.as.ts';

/** Writes a byte per code of a feature with `edges`, 1 = left, as the split says. */
export function sidesOf(found: Found, edges: i32, sides: usize): void {
  const missing = sides + <usize>(edges + 1);
  if (found.bySet === 0) {
    memory.fill(sides, 0, <usize>edges + 1);
    memory.fill(sides, 1, <usize>found.bin + 1);
  } else {
    const set = changetype<usize>(found) + SET_OFFSET;
    for (let code = 0; code <= edges; code++) store<u8>(sides + <usize>code, (load<u8>(set + (<usize>code >> 3)) >> <u8>(code & 7)) & 1);
  }
  store<u8>(missing, <u8>found.missingLeft);
}

/**
 * Rearranges `rows` so that those going left come first, each side in its old order; gives how many go left. Their codes of the feature begin at `codes`,
 * `step` bytes apart. `sides` has a byte per code, 1 = left; `scratch` has room for all the rows. Every row is written to both sides, and only one side
 * moves on: no branch on data.
 */
export function partitionRows(codes: usize, step: usize, sides: usize, rows: usize, count: i32, scratch: usize): i32 {
  let left = rows;
  let right = scratch;
  const end = rows + ((<usize>count) << 2);
  for (let from = rows; from < end; from += 4) {
    const row = load<u32>(from);
    const goes = <usize>load<u8>(sides + <usize>load<u8>(codes + <usize>row * step));
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes << 2;
    right += 4 - (goes << 2);
  }
  memory.copy(left, scratch, right - scratch);
  return <i32>((left - rows) >> 2);
}

/** 0, 1, … count - 1. */
export function countUp(rows: usize, count: i32): void {
  for (let i = 0; i < count; i++, rows += 4) store<i32>(rows, i);
}

/** Draws each of the first `count` rows with chance `limit` / 2^32: those taken to `taken`, the others to `left`; gives how many are taken. */
export function drawRows(count: i32, seed: u32, limit: u32, taken: usize, left: usize): i32 {
  const start = taken;
  for (let i = 0; i < count; i++) {
    const hit = usize(mix(seed, <u32>i) < limit) << 2;
    store<i32>(taken, i);
    store<i32>(left, i);
    taken += hit;
    left += 4 - hit;
  }
  return <i32>((taken - start) >> 2);
}

/** Adds a leaf's value to the scores of its rows. */
export function addToRows(scores: usize, rows: usize, count: i32, value: f32): void {
  for (const end = rows + ((<usize>count) << 2); rows < end; rows += 4) {
    const at = scores + ((<usize>load<u32>(rows)) << 2);
    store<f32>(at, load<f32>(at) + value);
  }
}

/** A node of a tree over codes: which byte of a row's codes, 256 bytes that say where each code goes, the children; a leaf has only a value. */
@unmanaged
class CodeNode {
  place: u32 = 0;
  sides: u32 = 0;
  left: u32 = 0;
  right: u32 = 0;
  value: f32 = 0;
}

/** Adds the value of the leaf that each row reaches, walking from `root`. `rows` lists them, or is 0 for `count` rows from `first` on. */
export function addByCodes(codes: usize, rowBytes: usize, rows: usize, first: i32, count: i32, root: usize, scores: usize): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>(rows === 0 ? first + i : load<i32>(rows + ((<usize>i) << 2)));
    const at = codes + row * rowBytes;
    let node = changetype<CodeNode>(root);
    while (node.sides !== 0) {
      const left = load<u8>(<usize>node.sides + <usize>load<u8>(at + <usize>node.place));
      node = changetype<CodeNode>(left !== 0 ? <usize>node.left : <usize>node.right);
    }
    const score = scores + (row << 2);
    store<f32>(score, load<f32>(score) + node.value);
  }
}
