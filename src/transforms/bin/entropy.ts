/**
 * Edges that tell classes apart: a range is cut where the classes on both sides are purest, as long as the cut saves more than it takes to
 * describe it. U. M. Fayyad, K. B. Irani: Multi-interval discretization of continuous-valued attributes (IJCAI 1993), with its MDL stop.
 */
import { log2 } from '../../base/float.ts';

/** In bits; `counts` by class of `total` rows. */
function entropy(counts: Float64Array, total: number): number {
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * log2(count / total);
  return bits;
}
const kinds = (counts: Float64Array): number => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);

interface Rows {
  /** Ascending. */
  values: Float64Array;
  codes: Int32Array;
}

/** The place after the last row of the left side, or -1 where no cut pays. `from` to `to`, end excluded. */
function bestCut({ values, codes }: Rows, from: number, to: number, classCount: number): number {
  const total = to - from;
  const all = new Float64Array(classCount);
  for (let i = from; i < to; i++) all[codes[i]]++;
  const whole = entropy(all, total);
  const left = new Float64Array(classCount);
  const right = all.slice();
  let best = -1;
  let least = whole;
  let sides: { left: Float64Array; right: Float64Array } | undefined;
  for (let i = from; i < to - 1; i++) {
    left[codes[i]]++;
    right[codes[i]]--;
    if (values[i] === values[i + 1]) continue;
    const [n, m] = [i + 1 - from, to - i - 1];
    const after = (n * entropy(left, n) + m * entropy(right, m)) / total;
    if (after >= least) continue;
    [best, least] = [i + 1, after];
    sides = { left: left.slice(), right: right.slice() };
  }
  if (!sides) return -1;
  const [n, m] = [best - from, to - best];
  const k = kinds(all);
  // log2(3^k - 2), which for many classes is k log2 3 up to the last bit.
  const choices = k < 30 ? log2(3 ** k - 2) : k * log2(3);
  const delta = choices - (k * whole - kinds(sides.left) * entropy(sides.left, n) - kinds(sides.right) * entropy(sides.right, m));
  return whole - least > (log2(total - 1) + delta) / total ? best : -1;
}

/** Inner edges, ascending, half-way between the values that they part. `codes`: class of each row, -1 where it is not known. */
export function entropyEdges(values: Float64Array, codes: Int32Array, classCount: number): number[] {
  const known = Uint32Array.from(values.keys()).filter((row) => Number.isFinite(values[row]) && codes[row] >= 0);
  // Ties stay in the order of rows; their order makes no difference to a cut.
  known.sort((a, b) => values[a] - values[b] || a - b);
  const rows: Rows = { values: Float64Array.from(known, (row) => values[row]), codes: Int32Array.from(known, (row) => codes[row]) };
  const edges: number[] = [];
  const open: [number, number][] = [[0, known.length]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, to] = next;
    const cut = bestCut(rows, from, to, classCount);
    if (cut < 0) continue;
    const [low, high] = [rows.values[cut - 1], rows.values[cut]];
    const middle = low + (high - low) / 2;
    edges.push(middle < high ? middle : low);
    open.push([from, cut], [cut, to]);
  }
  return edges.sort((a, b) => a - b);
}
