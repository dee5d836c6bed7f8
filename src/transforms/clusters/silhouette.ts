/** The silhouette of a clustering: how much nearer rows are to their own group than to the next one (Rousseeuw, 1987). */
import type { Random } from '../../base/random.ts';
import type { Cells } from '../../kernels/door.ts';

/** Pairs of rows are compared: more of them would take long and say little more. */
const SAMPLE = 1000;

/**
 * Mean over at most 1,000 rows, of each group and of all, of (b - a) / max(a, b) with a the mean distance to the row's own group, b the least mean distance to
 * another; 0 for a row alone in its group. From -1 to 1; of a group that no sampled row is in NaN; of all undefined with less than two groups.
 */
export function silhouettes(
  { cells, cols, count }: Cells,
  labels: Int32Array,
  groupCount: number,
  random: Random,
): { groups: Float64Array; overall: number | undefined } {
  const size = Math.min(SAMPLE, count);
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const rows = size === count ? all : random.shuffle(all).slice(0, size);
  const present = new Float64Array(groupCount);
  for (const row of rows) present[labels[row]]++;
  const groups = new Float64Array(groupCount).fill(Number.NaN);
  if (present.filter((n) => n > 0).length < 2) return { groups, overall: undefined };
  const sums = new Float64Array(size * groupCount);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      let square = 0;
      const from = rows[a] * cols;
      const to = rows[b] * cols;
      for (let j = 0; j < cols; j++) {
        const gap = cells[from + j] - cells[to + j];
        square += gap * gap;
      }
      const distance = Math.sqrt(square);
      sums[a * groupCount + labels[rows[b]]] += distance;
      sums[b * groupCount + labels[rows[a]]] += distance;
    }
  }
  let total = 0;
  const ofGroup = new Float64Array(groupCount);
  for (let a = 0; a < size; a++) {
    const own = labels[rows[a]];
    if (present[own] < 2) continue;
    const inside = sums[a * groupCount + own] / (present[own] - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let g = 0; g < groupCount; g++)
      if (g !== own && present[g] > 0) outside = Math.min(outside, sums[a * groupCount + g] / present[g]);
    const most = Math.max(inside, outside);
    if (most === 0) continue;
    total += (outside - inside) / most;
    ofGroup[own] += (outside - inside) / most;
  }
  ofGroup.forEach((sum, g) => {
    if (present[g] > 0) groups[g] = sum / present[g];
  });
  return { groups, overall: total / size };
}
