/** Typed arrays that grow as rows come in, and are cut to length at the end. */
export const grown = (array: Float64Array, needed: number): Float64Array => {
  if (needed <= array.length) return array;
  const next = new Float64Array(Math.max(needed, array.length * 2));
  next.set(array);
  return next;
};
export const grownInts = (array: Int32Array, needed: number): Int32Array => {
  if (needed <= array.length) return array;
  const next = new Int32Array(Math.max(needed, array.length * 2));
  next.set(array);
  return next;
};
export const grownBytes = (array: Uint8Array, needed: number): Uint8Array => {
  if (needed <= array.length) return array;
  const next = new Uint8Array(Math.max(needed, array.length * 2));
  next.set(array);
  return next;
};
