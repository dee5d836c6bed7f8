/** A compute worker's memory of arrays it has been sent: least recently used go first when they pass the budget. */
import type { Digest } from '../base/hash.ts';
import type { TypedArray } from '../base/pack.ts';

export class PartCache {
  readonly #arrays = new Map<Digest, TypedArray>();
  readonly #buffers = new Set<ArrayBufferLike>();
  readonly #budget: number;
  #bytes = 0;

  constructor(budgetBytes: number) {
    this.#budget = budgetBytes;
  }

  has(digest: Digest): boolean {
    return this.#arrays.has(digest);
  }

  get(digest: Digest): TypedArray | undefined {
    const array = this.#arrays.get(digest);
    if (array) {
      this.#arrays.delete(digest);
      this.#arrays.set(digest, array);
    }
    return array;
  }

  set(digest: Digest, array: TypedArray): void {
    if (this.#arrays.has(digest)) return;
    this.#arrays.set(digest, array);
    this.#buffers.add(array.buffer);
    this.#bytes += array.byteLength;
  }

  /** Whether one of the arrays lives in this buffer, so that giving it away would empty the array. */
  holds(buffer: ArrayBufferLike): boolean {
    return this.#buffers.has(buffer);
  }

  /** Drops the least recently used until the rest fits. Called between jobs, so that a running job keeps its inputs. */
  trim(): void {
    for (const [digest, array] of this.#arrays) {
      if (this.#bytes <= this.#budget) return;
      this.#arrays.delete(digest);
      this.#buffers.delete(array.buffer);
      this.#bytes -= array.byteLength;
    }
  }
}
