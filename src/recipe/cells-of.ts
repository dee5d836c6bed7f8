/** Some rows of answers, values or class shares. */

/** Of row-major [n, width] the given rows, [rows, width]. */
export function cellsOf(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  const cells = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) for (let c = 0; c < width; c++) cells[i * width + c] = values[rows[i] * width + c];
  return cells;
}
