/** Large bytes leave room on the disk for what is small: a document that is edited must always find a place. */
import type { BlobStore } from '../base/blob-store.ts';

export interface Space {
  /** Bytes in use and bytes that may be. */
  usage?: number;
  quota?: number;
}

/** Below this the browser is not asked. */
const SMALL_BYTES = 64 * 1024;
const MOST_RESERVE_BYTES = 16 * 1024 * 1024;
const RESERVE_SHARE = 0.1;

/** Refuses, as the browser would, large bytes that reach into the last tenth of the quota, 16 MB at most. */
export function leaveReserve(store: BlobStore, space: () => Promise<Space | undefined>): BlobStore {
  return {
    ...store,
    put: async (bytes, digest) => {
      if (bytes.length > SMALL_BYTES) {
        const { usage = 0, quota } = (await space()) ?? {};
        const free = quota === undefined ? Number.POSITIVE_INFINITY : quota - usage - Math.min(MOST_RESERVE_BYTES, quota * RESERVE_SHARE);
        if (bytes.length > free) throw new DOMException('The rest of the quota is for small records.', 'QuotaExceededError');
      }
      return store.put(bytes, digest);
    },
  };
}
