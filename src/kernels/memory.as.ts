/**
 * What every kernel module exports. A kernel file is AssemblyScript (TypeScript syntax, numbers only): functions over addresses in the one
 * memory given to the instance, no objects, no state of its own. The TypeScript side lays out the arrays (`space.ts`) and passes their
 * `byteOffset`. Rules for writing one:
 * - `usize` is an address or a size in bytes; sizes in elements are `i32`. Addresses step by the size of the element.
 * - `/* inline *\/` before a function makes it part of its caller (see `build.ts`).
 * - A comparison becomes a number as `i32(a < b)`; `<i32>(a < b)` is no TypeScript. `cond ? load : load` compiles to a branch: where the
 *   condition is a coin toss, compute the address instead.
 * - Integer overflow wraps, an access outside memory traps; a trap reaches the user as a Problem and the instance is thrown away.
 * - Sums of floats keep one fixed order. There is no fused multiply-add: results must be the same bits everywhere.
 */

/** First address that is free for arrays: the module's constants lie below. */
export function firstFree(): usize {
  return __heap_base;
}
