/** How much the browser still lets this site keep: looked at before something is promised to be kept, and said when it gets little. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, problem } from '../../base/problem.ts';
import type { Backend, StorageState } from '../../host/protocol.ts';

export interface RoomState {
  /** Bytes that still fit; unknown where the browser does not say (plain http). */
  free: number | undefined;
}
export interface Room extends StoreApi<RoomState> {
  look: () => Promise<void>;
  /** Why that many bytes cannot be kept; nothing when they can, as far as one knows. */
  refusal: (name: string, bytes: number) => Promise<Problem | undefined>;
}

/** With less than that, the next results may no longer be kept: time to say so. */
export const LITTLE_BYTES = 50e6;

export const freeOf = ({ used, quota }: Pick<StorageState, 'used' | 'quota'>): number | undefined =>
  quota > 0 ? Math.max(0, quota - used) : undefined;

export function createRoom(backend: Pick<Backend, 'storage'>): Room {
  const store = createStore<RoomState>()(() => ({ free: undefined }));
  const look = async () => {
    const storage = await backend.storage().catch(() => undefined);
    store.setState({ free: storage && freeOf(storage) });
  };
  return Object.assign(store, {
    look,
    refusal: async (name: string, bytes: number) => {
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
