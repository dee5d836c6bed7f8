/** A mean and how sure it is. */

/** The mean, and its standard error: the values' sample standard deviation over √n; 0 of one value. */
export function meanError(values: ArrayLike<number>): { mean: number; error: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
