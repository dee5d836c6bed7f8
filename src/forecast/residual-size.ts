/** How large one-step errors are, for the standard errors of the simple methods. */

/** Root of the sum of squares over the count less `used` parameters; NaN when nothing is left. */
export function residualSize(residual: (i: number) => number, from: number, to: number, used = 0): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += residual(i) * residual(i);
  const free = to - from - used;
  return free > 0 ? Math.sqrt(sum / free) : Number.NaN;
}
