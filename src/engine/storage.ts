/** The disk as the engine sees it: content-addressed blobs and small records. The host gives real ones; these keep all in memory. */
import { type Digest, hashBytes } from '../base/hash.ts';
import type { Json } from '../base/json.ts';

/** Bytes by content. `put` never overwrites; `get` answers undefined for what is not there. */
export interface BlobStore {
  put: (bytes: Uint8Array) => Promise<Digest>;
  get: (digest: Digest) => Promise<Uint8Array | undefined>;
}
export interface KeyValue {
  get: (key: string) => Promise<Json | undefined>;
  set: (key: string, value: Json) => Promise<void>;
  delete: (key: string) => Promise<void>;
  /** Every record whose key begins with `prefix`. */
  entries: (prefix: string) => Promise<[key: string, value: Json][]>;
}

export function memoryBlobs(): BlobStore {
  const blobs = new Map<Digest, Uint8Array>();
  return {
    put: async (bytes) => {
      const digest = hashBytes(bytes);
      if (!blobs.has(digest)) blobs.set(digest, bytes.slice());
      return digest;
    },
    get: async (digest) => blobs.get(digest),
  };
}

export function memoryKeyValue(): KeyValue {
  const records = new Map<string, string>();
  return {
    get: async (key) => (records.has(key) ? (JSON.parse(records.get(key)!) as Json) : undefined),
    set: async (key, value) => void records.set(key, JSON.stringify(value)),
    delete: async (key) => void records.delete(key),
    entries: async (prefix) =>
      [...records].filter(([key]) => key.startsWith(prefix)).map(([key, value]): [string, Json] => [key, JSON.parse(value) as Json]),
  };
}
