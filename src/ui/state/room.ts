/** How much fits: in memory, and in what the browser still lets this site keep. Looked at before a file is read, and said when it gets little. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { formatBytes } from '../../base/bytes.ts';
import { type Problem, problem } from '../../base/problem.ts';
import type { Backend, StorageState } from '../../host/protocol.ts';

export interface RoomState {
  /** Bytes that still fit; unknown where the browser does not say (plain http). */
  free: number | undefined;
}
export interface Room extends StoreApi<RoomState> {
  look: () => Promise<void>;
  /** Why that many bytes cannot be worked on or kept; nothing when they can, as far as one knows. */
  refusal: (name: string, bytes: number) => Promise<Problem | undefined>;
}

/** With less than that, the next results may no longer be kept: time to say so. */
export const LITTLE_BYTES = 50e6;

export const freeOf = ({ used, quota }: Pick<StorageState, 'used' | 'quota'>): number | undefined =>
  quota > 0 ? Math.max(0, quota - used) : undefined;

/** A file is read whole; beside it stand its copies on the way to the workers and its columns: five times its size at most (measured). */
const COPIES = 5;
/** Browsers hold no longer piece of bytes, whatever the memory. */
const MOST_BYTES = 2 ** 31 - 1;
/** Largest file for a device with that much memory, as browsers tell it (they round, and stop at 8). */
export const mostFileBytes = (memoryGib: number): number => Math.min(MOST_BYTES, (memoryGib * 2 ** 30) / COPIES);

export function createRoom(backend: Pick<Backend, 'storage'>, memoryGib?: number): Room {
  const store = createStore<RoomState>()(() => ({ free: undefined }));
  const look = async () => {
    const storage = await backend.storage().catch(() => undefined);
    store.setState({ free: storage && freeOf(storage) });
  };
  return Object.assign(store, {
    look,
    refusal: async (name: string, bytes: number) => {
      const most = memoryGib === undefined ? Number.POSITIVE_INFINITY : mostFileBytes(memoryGib);
      if (bytes > most) {
        return problem({
          code: 'file.too-large',
          args: { name, size: formatBytes(bytes), most: formatBytes(most) },
          message: `“${name}” has ${formatBytes(bytes)}; this browser can work on files of up to ${formatBytes(most)}.`,
          hint: 'Take fewer rows or columns, or split the file; the command line reads up to 2 GB.',
        });
      }
      await look();
      const { free } = store.getState();
      if (free === undefined || bytes <= free) return undefined;
      const megabytes = (size: number) => Math.max(1, Math.round(size / 1e6));
      return problem({
        code: 'storage.no-room',
        args: { name, size: megabytes(bytes), free: megabytes(free) },
        message: `“${name}” has ${megabytes(bytes)} MB, and the browser lets this site keep ${megabytes(free)} MB more.`,
        hint: 'Delete old models, datasets or runs, free space on the disk, or take fewer rows or columns.',
      });
    },
  });
}
