/** Nearest points by all distances and a sort: what `nearest.as.ts` must equal. Only tests import it. */
import type { Cells, Neighbours } from './nearest.ts';

/** As `nearestPoints`. */
export function nearestPlainly(points: Cells, rows: Cells, wanted: number): Omit<Neighbours, 'searched'> {
  const { cols } = points;
  const ids = new Int32Array(rows.count * wanted);
  const squares = new Float64Array(rows.count * wanted);
  for (let i = 0; i < rows.count; i++) {
    const all = Float64Array.from({ length: points.count }, (_, p) => {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += (rows.cells[i * cols + k] - points.cells[p * cols + k]) ** 2;
      return sum;
    });
    const order = Array.from(all.keys()).sort((a, b) => all[a] - all[b] || a - b);
    for (let j = 0; j < wanted; j++) {
      ids[i * wanted + j] = order[j];
      squares[i * wanted + j] = all[order[j]];
    }
  }
  return { ids, squares };
}
