/** Where bytes rest, found by their digest: OPFS, IndexedDB, a folder or memory. A blob is written whole or not at all. */
import { type Digest, hashBytes } from './hash.ts';

export interface BlobStore {
  /** Stores the bytes under `digest`, or under their own 128-bit hash when none is given; a digest that is there is left alone. */
  put(bytes: Uint8Array, digest?: Digest): Promise<Digest>;
  get(digest: Digest): Promise<Uint8Array | undefined>;
  delete(digest: Digest): Promise<void>;
  /** What is stored, in no order; `bytes` as on disk. */
  list(): Promise<{ digest: Digest; bytes: number }[]>;
}

/** A store that lasts as long as its object: for tests, and where a page has no storage. */
export function memoryBlobs(): BlobStore {
  const held = new Map<Digest, Uint8Array>();
  return {
    put: async (bytes, digest = hashBytes(bytes)) => {
      if (!held.has(digest)) held.set(digest, bytes.slice());
      return digest;
    },
    get: async (digest) => held.get(digest)?.slice(),
    delete: async (digest) => void held.delete(digest),
    list: async () => Array.from(held, ([digest, bytes]) => ({ digest, bytes: bytes.length })),
  };
}
