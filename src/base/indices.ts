/** The numbers from 0 up: rows as they stand. */

/** 0 … n − 1; a plain loop, since `Int32Array.from` takes many times as long. */
export function indices(n: number): Int32Array {
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}
