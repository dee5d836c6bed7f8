/** Values on disk: one blob for head and small arrays, one per large array, and a record that points to them, written last. */
import type { BlobStore } from '../base/blob-store.ts';
import type { Digest } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { type Packed, type Part, packedBytes, packFromBytes, packToBytes } from '../base/pack.ts';
import type { KeyValue } from './storage.ts';

export interface Disk {
  blobs: BlobStore;
  records: KeyValue;
  /** Stored results beyond this leave the disk, least recently used first; also half of them when the quota is hit. Default 4 GiB. */
  budgetBytes?: number;
}
interface Written {
  costMs: number;
  bytes: number;
  /** Large arrays, each a blob under its own digest; the rest is a blob under the value's digest. */
  parts: Digest[];
}
export interface Spill {
  open: () => Promise<void>;
  has: (digest: Digest) => boolean;
  write: (digest: Digest, packed: Packed, costMs: number) => Promise<void>;
  read: (digest: Digest) => Promise<{ packed: Packed; costMs: number } | undefined>;
  /** Takes all that is not kept off the disk, for something that cannot be computed again; true when that was anything. */
  release: () => Promise<boolean>;
}

/** Smaller arrays go with the head: a file each would cost more than it shares. */
const OWN_BLOB_BYTES = 64 * 1024;
const DEFAULT_BUDGET_BYTES = 4 * 1024 ** 3;
const PREFIX = 'value:';
const isLarge = ({ array }: Part) => array.byteLength >= OWN_BLOB_BYTES;

/** What `isKept` says of stays, however little room there is. */
export function createSpill({ blobs, records, budgetBytes = DEFAULT_BUDGET_BYTES }: Disk, isKept: (digest: Digest) => boolean): Spill {
  /** Least recently used first. */
  const index = new Map<Digest, Written>();
  const holders = new Map<Digest, number>();
  const count = (parts: readonly Digest[], by: 1 | -1) => {
    for (const part of parts) holders.set(part, (holders.get(part) ?? 0) + by);
  };
  const remember = (digest: Digest, written: Written) => {
    index.set(digest, written);
    count(written.parts, 1);
  };
  /** The record goes first: blobs without one are swept, a record without blobs would promise what is not there. */
  const forget = async (digest: Digest) => {
    const written = index.get(digest);
    if (!written) return;
    index.delete(digest);
    count(written.parts, -1);
    await records.delete(PREFIX + digest);
    for (const blob of [digest, ...written.parts.filter((part) => !holders.get(part))]) await blobs.delete(blob);
  };
  const shrink = async (toBytes: number) => {
    let bytes = Array.from(index.values()).reduce((sum, written) => sum + written.bytes, 0);
    for (const [digest, written] of [...index]) {
      if (bytes <= toBytes) return;
      if (isKept(digest)) continue;
      bytes -= written.bytes;
      await forget(digest);
    }
  };
  const store = async (digest: Digest, packed: Packed) => {
    const put: Digest[] = [];
    try {
      for (const { digest: part, array } of packed.parts.filter(isLarge)) {
        if (holders.get(part)) continue;
        await blobs.put(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), part);
        put.push(part);
      }
      await blobs.put(packToBytes(packed, isLarge), digest);
    } catch (error) {
      // A full disk is not to be filled with halves.
      for (const part of put) await blobs.delete(part);
      throw error;
    }
  };

  return {
    open: async () => {
      for (const [key, value] of await records.entries(PREFIX)) {
        const digest = key.slice(PREFIX.length);
        if (!index.has(digest)) remember(digest, value as unknown as Written);
      }
    },
    has: (digest) => index.has(digest),
    write: async (digest, packed, costMs) => {
      if (index.has(digest)) return;
      const parts = packed.parts.filter(isLarge).map((part) => part.digest);
      const written: Written = { costMs, bytes: packedBytes(packed), parts };
      const all = async () => {
        await store(digest, packed);
        await records.set(PREFIX + digest, written as unknown as Json);
      };
      try {
        await all();
      } catch {
        await shrink(Array.from(index.values()).reduce((sum, one) => sum + one.bytes, 0) / 2);
        await all();
      }
      remember(digest, written);
      await shrink(budgetBytes);
    },
    release: async () => {
      const before = index.size;
      await shrink(0);
      return index.size < before;
    },
    read: async (digest) => {
      const written = index.get(digest);
      if (!written) return undefined;
      try {
        const bytes = await blobs.get(digest);
        if (!bytes) throw new Error(`no blob ${digest}`);
        const packed = await packFromBytes(bytes, async (part) => {
          const found = await blobs.get(part);
          if (!found) throw new Error(`no blob of part ${part}`);
          return found;
        });
        index.delete(digest);
        index.set(digest, written);
        return { packed, costMs: written.costMs };
      } catch {
        // A blob that is gone or torn means "not stored": its step runs again, and writes it anew.
        await forget(digest);
        return undefined;
      }
    },
  };
}
