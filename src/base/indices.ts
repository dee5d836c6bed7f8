/** The numbers from 0 up: rows as they stand, all or some. */

/** 0 … n − 1; a plain loop, since `Int32Array.from` takes many times as long. */
export function indices(n: number): Int32Array {
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** Places of at most `most` of `count` rows, evenly spread and rising; all of them where they are no more than that. */
export function spreadPlaces(count: number, most: number): Int32Array {
  return Int32Array.from({ length: Math.min(count, most) }, (_, i) => (count <= most ? i : Math.floor((i * count) / most)));
}
