/** Blobs in an IndexedDB database of their own, where the browser has no private file system. */
import Dexie, { type EntityTable } from 'dexie';
import type { BlobStore } from '../base/blob-store.ts';
import { hashBytes } from '../base/hash.ts';

type BlobDb = Dexie & { blobs: EntityTable<{ digest: string; bytes: Blob }, 'digest'> };

export function idbBlobs(name: string): BlobStore {
  const db = new Dexie(name) as BlobDb;
  db.version(1).stores({ blobs: 'digest' });
  return {
    put: async (bytes, digest = hashBytes(bytes)) => {
      await db.transaction('rw', db.blobs, async () => {
        const known = await db.blobs.where('digest').equals(digest).count();
        if (known === 0) await db.blobs.add({ digest, bytes: new Blob([bytes.slice()]) });
      });
      return digest;
    },
    get: async (digest) => {
      const row = await db.blobs.get(digest);
      return row && new Uint8Array(await row.bytes.arrayBuffer());
    },
    delete: (digest) => db.blobs.delete(digest),
    list: async () => {
      const found: { digest: string; bytes: number }[] = [];
      await db.blobs.each((row) => found.push({ digest: row.digest, bytes: row.bytes.size }));
      return found;
    },
  };
}
