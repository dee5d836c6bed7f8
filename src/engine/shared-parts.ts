/** Arrays held by any number of values, each once, freed with the last value that holds it. */
import type { Digest } from '../base/hash.ts';
import type { Part, TypedArray } from '../base/pack.ts';

export class SharedParts {
  readonly #held = new Map<Digest, { array: TypedArray; holders: number }>();
  /** Bytes of all distinct arrays. */
  bytes = 0;

  /** The array already held under this digest, else this one. */
  hold({ digest, array }: Part): TypedArray {
    const held = this.#held.get(digest);
    if (held) {
      held.holders++;
      return held.array;
    }
    this.#held.set(digest, { array, holders: 1 });
    this.bytes += array.byteLength;
    return array;
  }

  release(digest: Digest): void {
    const held = this.#held.get(digest);
    if (!held || --held.holders > 0) return;
    this.#held.delete(digest);
    this.bytes -= held.array.byteLength;
  }
}
