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
/** `wanted` elements are expected in the end; a first block gets its own room only, as most builders are given up at it. */
const roomFor = (length: number, needed: number, wanted: number) =>
  length === 0 ? needed : Math.max(needed, wanted, length < wanted ? 0 : length * 2);
export const roomy = (array: Float64Array, needed: number, wanted: number): Float64Array =>
  needed <= array.length ? array : resized(new Float64Array(roomFor(array.length, needed, wanted)), array);
export const roomyInts = (array: Int32Array, needed: number, wanted: number): Int32Array =>
  needed <= array.length ? array : resized(new Int32Array(roomFor(array.length, needed, wanted)), array);
export const roomyBytes = (array: Uint8Array, needed: number, wanted: number): Uint8Array =>
  needed <= array.length ? array : resized(new Uint8Array(roomFor(array.length, needed, wanted)), array);
function resized<A extends Float64Array | Int32Array | Uint8Array>(next: A, array: A): A {
  next.set(array);
  return next;
}

/** The first `length` elements, without a copy where these are all. */
export const cut = <A extends Float64Array | Int32Array | Uint8Array>(array: A, length: number): A =>
  array.length === length ? array : (array.slice(0, length) as A);
