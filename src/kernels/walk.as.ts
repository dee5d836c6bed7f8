/**
 * Scores trees on rows of float32. Trees of few leaves are scored otherwise where there are rows enough (`strike.as.ts`); in the rest a row takes as
 * many steps as the tree is deep, a leaf leading to itself, so that no branch depends on data; eight rows walk side by side because one row's steps wait
 * for each other. Blocks of rows stay in cache while all trees pass over them.
 *
 * A node is 16 bytes: threshold f32, place of its feature in a row in bytes u32, addresses of the children for x <= threshold and for the rest. A
 * leaf holds its first value in the place of the threshold, a node that asks for a set of categories the address of its 32 bytes of bits.
 */
import { addByStriking, CODED, codeCategories, codeForTrees, STRIKE_BYTES, Strike } from './strike.as.ts';

export { firstFree } from './memory.as.ts';

const BLOCK: i32 = 64;

/** What a step must look out for: nothing, missing values, or also sets of categories. */
const PLAIN: i32 = 0;
const MISSING: i32 = 1;
const SETS: i32 = 2;

/** 1 where x is a whole number below 256 that is not in the set, or none at all. */
/* inline */ function outside(set: usize, x: f32): u32 {
  const code = <i32>x;
  const known = u32(<f32>code === x) & u32(<u32>code < 256);
  return 1 - (known & ((<u32>load<u8>(set + (<usize>(code & 255) >> 3)) >> (<u32>code & 7)) & 1));
}

/** One step of a row. `sides` has a byte per node: 1 = missing goes right, 2 = the node asks for a set. */
/* inline */ function next(node: usize, row: usize, nodes: usize, sides: usize, care: i32): usize {
  const x = load<f32>(row + load<u32>(node, 4));
  if (care === PLAIN) return load<u32>(node + (usize(!(x <= load<f32>(node))) << 2), 8);
  const side = <u32>load<u8>(sides + ((node - nodes) >> 4));
  const lost = u32(x !== x);
  if (care === SETS && (side & 2) !== 0) {
    const right = lost !== 0 ? side & 1 : outside(<usize>load<u32>(node), x);
    return load<u32>(node + ((<usize>right) << 2), 8);
  }
  return load<u32>(node + ((<usize>(u32(x > load<f32>(node)) | (lost & side))) << 2), 8);
}

/** Whether any of `count` float32 values (a multiple of 4) from `at` on is NaN. */
function anyMissing(at: usize, count: i32): bool {
  let found = i32x4.splat(0);
  for (const end = at + ((<usize>count) << 2); at < end; at += 16) {
    const x = v128.load(at);
    found = v128.or(found, f32x4.ne(x, x));
  }
  return v128.any_true(found);
}

/* inline */ function add(out: usize, value: usize, width: i32): void {
  for (let w = 0; w < width; w++, out += 4, value += 4) store<f32>(out, load<f32>(out) + load<f32>(value));
}

/** What the trees of few leaves are scored with: an entry per tree, the features that they ask and their number; room for codes, for 64 bytes, for 1,024. */
@unmanaged
class Strikes {
  trees: u32 = 0;
  asked: u32 = 0;
  count: i32 = 0;
  codes: u32 = 0;
  coarse: u32 = 0;
  scratch: u32 = 0;
  /** Features of categories, their number, and room for their codes, which follow the others. */
  kinds: u32 = 0;
  kindCount: i32 = 0;
  kindCodes: u32 = 0;
}

/**
 * Adds the leaf values of all trees to `out`, row-major [rows, outputs] with room for whole 64 rows, in the order of the trees; then `base`. `rows` is
 * row-major with `cols` float32 each; `sets` is 1 where nodes ask for sets. Per tree: address of its root, its depth, and the first output that it adds
 * to. `width` values per node lie in `values`; with one value they are read from the nodes. `strikes` says which trees are not walked, 0 = none.
 */
export function predict(
  rows: usize,
  count: i32,
  cols: i32,
  nodes: usize,
  sides: usize,
  values: usize,
  width: i32,
  roots: usize,
  depths: usize,
  targets: usize,
  trees: i32,
  base: usize,
  outputs: i32,
  out: usize,
  sets: i32,
  strikes: Strikes | null,
): void {
  const stride = (<usize>cols) << 2;
  const outStride = (<usize>outputs) << 2;
  memory.fill(out, 0, <usize>count * outStride);
  const length = strikes === null ? BLOCK : CODED;
  for (let from = 0; from < count; from += length) {
    const size = min(length, count - from);
    const block = rows + <usize>from * stride;
    if (strikes !== null) {
      codeForTrees(block, size, stride, strikes.asked, strikes.count, strikes.coarse, strikes.codes);
      codeCategories(block, size, stride, strikes.kinds, strikes.kindCount, strikes.kindCodes);
    }
    // Rows of whole vectors only; a last few values are looked at twice.
    const cells = size * cols;
    const missing = cells < 4 || anyMissing(block, cells & ~3) || anyMissing(block + ((<usize>(cells - 4)) << 2), 4);
    const care = sets !== 0 ? SETS : missing ? MISSING : PLAIN;
    const outBlock = out + <usize>from * outStride;
    for (let t = 0; t < trees; t++) {
      const at = (<usize>t) << 2;
      const o = outBlock + ((<usize>load<u32>(targets + at)) << 2);
      if (strikes !== null) {
        const strike = changetype<Strike>(<usize>strikes.trees + <usize>t * STRIKE_BYTES);
        if (strike.leaves !== 0) {
          addByStriking(strike, size, strikes.codes, o, outStride, strikes.scratch);
          continue;
        }
      }
      walkTree(load<u32>(roots + at), load<i32>(depths + at), block, size, stride, nodes, sides, values, width, o, outStride, care);
    }
  }
  for (const end = out + <usize>count * outStride; out < end; out += outStride) add(out, base, outputs);
}

/** Adds one tree's leaf values to the outputs of `size` rows. */
function walkTree(
  root: usize,
  depth: i32,
  row: usize,
  size: i32,
  stride: usize,
  nodes: usize,
  sides: usize,
  values: usize,
  width: i32,
  o: usize,
  outStride: usize,
  care: i32,
): void {
  let r = 0;
  for (; r + 8 <= size; r += 8, row += stride << 3, o += outStride << 3) {
    if (care === SETS) walkEight(root, depth, row, stride, nodes, sides, values, width, o, outStride, SETS);
    else if (care === MISSING) walkEight(root, depth, row, stride, nodes, sides, values, width, o, outStride, MISSING);
    else walkEight(root, depth, row, stride, nodes, sides, values, width, o, outStride, PLAIN);
  }
  for (; r < size; r++, row += stride, o += outStride) {
    let n: usize = root;
    for (let k = 0; k < depth; k++) n = next(n, row, nodes, sides, SETS);
    addLeaf(n, nodes, values, width, o);
  }
}

/* inline */ function addLeaf(leaf: usize, nodes: usize, values: usize, width: i32, out: usize): void {
  if (width === 1) store<f32>(out, load<f32>(out) + load<f32>(leaf));
  else add(out, values + <usize>width * ((leaf - nodes) >> 2), width);
}

/** Eight rows through one tree. With `care` constant the branches on it are gone. */
/* inline */ function walkEight(
  root: usize,
  depth: i32,
  a: usize,
  stride: usize,
  nodes: usize,
  sides: usize,
  values: usize,
  width: i32,
  out: usize,
  outStride: usize,
  care: i32,
): void {
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  const e = d + stride;
  const f = e + stride;
  const g = f + stride;
  const h = g + stride;
  let n0 = root;
  let n1 = root;
  let n2 = root;
  let n3 = root;
  let n4 = root;
  let n5 = root;
  let n6 = root;
  let n7 = root;
  for (let k = 0; k < depth; k++) {
    n0 = next(n0, a, nodes, sides, care);
    n1 = next(n1, b, nodes, sides, care);
    n2 = next(n2, c, nodes, sides, care);
    n3 = next(n3, d, nodes, sides, care);
    n4 = next(n4, e, nodes, sides, care);
    n5 = next(n5, f, nodes, sides, care);
    n6 = next(n6, g, nodes, sides, care);
    n7 = next(n7, h, nodes, sides, care);
  }
  addLeaf(n0, nodes, values, width, out);
  addLeaf(n1, nodes, values, width, (out += outStride));
  addLeaf(n2, nodes, values, width, (out += outStride));
  addLeaf(n3, nodes, values, width, (out += outStride));
  addLeaf(n4, nodes, values, width, (out += outStride));
  addLeaf(n5, nodes, values, width, (out += outStride));
  addLeaf(n6, nodes, values, width, (out += outStride));
  addLeaf(n7, nodes, values, width, (out += outStride));
}
