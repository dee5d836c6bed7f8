/** Values on disk: one blob for head and small arrays, one per large array, and a record that points to them, written last. */
import type { Digest } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { type Packed, type Part, packFromBytes, packToBytes } from '../base/pack.ts';
import type { BlobStore, KeyValue } from './storage.ts';

interface Written {
  blob: Digest;
  costMs: number;
  /** Blob of each large array by part digest. */
  parts: Record<Digest, Digest>;
}
export interface Spill {
  open: () => Promise<void>;
  has: (digest: Digest) => boolean;
  write: (digest: Digest, packed: Packed, costMs: number) => Promise<void>;
  read: (digest: Digest) => Promise<{ packed: Packed; costMs: number } | undefined>;
}

/** Smaller arrays go with the head: a file each would cost more than it shares. */
const OWN_BLOB_BYTES = 64 * 1024;
const PREFIX = 'value:';

export function createSpill(blobs: BlobStore, records: KeyValue): Spill {
  const index = new Map<Digest, Written>();
  const blobOfPart = new Map<Digest, Digest>();
  const remember = (digest: Digest, written: Written) => {
    index.set(digest, written);
    for (const [part, blob] of Object.entries(written.parts)) blobOfPart.set(part, blob);
  };
  return {
    open: async () => {
      for (const [key, value] of await records.entries(PREFIX)) remember(key.slice(PREFIX.length), value as unknown as Written);
    },
    has: (digest) => index.has(digest),
    write: async (digest, packed, costMs) => {
      if (index.has(digest)) return;
      const large = ({ array }: Part) => array.byteLength >= OWN_BLOB_BYTES;
      const parts: Record<Digest, Digest> = {};
      for (const part of packed.parts.filter(large)) {
        const { buffer, byteOffset, byteLength } = part.array;
        parts[part.digest] = blobOfPart.get(part.digest) ?? (await blobs.put(new Uint8Array(buffer, byteOffset, byteLength)));
      }
      const written = { blob: await blobs.put(packToBytes(packed, large)), costMs, parts };
      await records.set(PREFIX + digest, written satisfies Written as unknown as Json);
      remember(digest, written);
    },
    read: async (digest) => {
      const written = index.get(digest);
      if (!written) return undefined;
      try {
        const bytes = await blobs.get(written.blob);
        if (!bytes) throw new Error(`no blob ${written.blob}`);
        const packed = await packFromBytes(bytes, async (part) => {
          const found = await blobs.get(written.parts[part]);
          if (!found) throw new Error(`no blob of part ${part}`);
          return found;
        });
        return { packed, costMs: written.costMs };
      } catch {
        // A blob that is gone or torn means "not stored": its step runs again.
        index.delete(digest);
        for (const part of Object.keys(written.parts)) blobOfPart.delete(part);
        await records.delete(PREFIX + digest);
        return undefined;
      }
    },
  };
}
