/** The engine's values by digest: in memory up to a budget, on disk behind it; arrays that values share are kept once. */
import type { Digest } from '../base/hash.ts';
import { type Packed, packedDigest, unpackAll } from '../base/pack.ts';
import { chooseVictims } from './eviction.ts';
import { SharedParts } from './shared-parts.ts';
import { createSpill, type Disk, type Spill } from './spill.ts';

export interface StoreOptions {
  /** Bytes of arrays and heads in memory. */
  budgetBytes: number;
  now: () => number;
  /** Without a disk, what leaves memory is gone and its step runs again when needed. */
  disk?: Disk;
  /** Told when the disk refused (quota); the value stays in memory while there is room. */
  spillFailed?: (error: unknown) => void;
}
export interface ValueStore {
  /** Reads what the disk holds; call once before use. */
  open: () => Promise<void>;
  /** `costMs`: what it took to compute, so that the dear outlive the cheap. */
  put: (packed: Packed, costMs: number) => Digest;
  has: (digest: Digest) => boolean;
  /** From memory or disk; undefined when it is nowhere. */
  get: (digest: Digest) => Promise<Packed | undefined>;
  /** The value itself; shared, never to be changed. */
  value: (digest: Digest) => Promise<unknown>;
  /** Keeps values, in memory and on disk, until `unpin` with the same owner (an unfinished run, pinned results). */
  pin: (owner: string, digest: Digest) => void;
  unpin: (owner: string) => void;
  memoryBytes: () => number;
  /** Takes what is not pinned off the disk; true when that freed anything. What memory holds stays. */
  releaseDisk: () => Promise<boolean>;
  /** Resolves when everything put so far is on disk. */
  settled: () => Promise<void>;
}
interface Entry {
  packed: Packed;
  costMs: number;
  usedAt: number;
  value?: { of: unknown };
}

export function createStore(options: StoreOptions): ValueStore {
  const entries = new Map<Digest, Entry>();
  const parts = new SharedParts();
  const pins = new Map<string, Set<Digest>>();
  const spill: Spill | undefined = options.disk && createSpill(options.disk, (digest) => isPinned(digest));
  const loading = new Map<Digest, Promise<Packed | undefined>>();
  let writing: Promise<void> = Promise.resolve();

  const isPinned = (digest: Digest) => Array.from(pins.values()).some((set) => set.has(digest));
  const admit = (digest: Digest, packed: Packed, costMs: number): Entry => {
    const shared: Packed = { head: packed.head, parts: packed.parts.map((part) => ({ ...part, array: parts.hold(part) })) };
    const entry: Entry = { packed: shared, costMs, usedAt: options.now() };
    entries.set(digest, entry);
    return entry;
  };
  const headBytes = () => Array.from(entries.values()).reduce((sum, entry) => sum + entry.packed.head.length * 2, 0);
  const memoryBytes = () => parts.bytes + headBytes();

  const makeRoom = () => {
    const free = [...entries].filter(([digest]) => !isPinned(digest) && (!spill || spill.has(digest)));
    const candidates = free.map(([digest, { packed, costMs, usedAt }]) => ({ digest, packed, costMs, usedAt }));
    chooseVictims(
      candidates,
      options.now(),
      () => memoryBytes() > options.budgetBytes,
      (digest) => {
        for (const part of entries.get(digest)!.packed.parts) parts.release(part.digest);
        entries.delete(digest);
      },
    );
  };

  const write = (digest: Digest, packed: Packed, costMs: number) => {
    if (!spill || spill.has(digest)) return;
    writing = writing
      .then(() => spill.write(digest, packed, costMs))
      .then(makeRoom)
      .catch((error) => options.spillFailed?.(error));
  };

  const load = async (digest: Digest): Promise<Packed | undefined> => {
    const found = await spill?.read(digest);
    if (!found) return undefined;
    const { packed } = entries.get(digest) ?? admit(digest, found.packed, found.costMs);
    makeRoom();
    return packed;
  };

  const get = async (digest: Digest): Promise<Packed | undefined> => {
    const entry = entries.get(digest);
    if (entry) {
      entry.usedAt = options.now();
      return entry.packed;
    }
    const pending = loading.get(digest) ?? load(digest).finally(() => loading.delete(digest));
    loading.set(digest, pending);
    return pending;
  };

  return {
    open: async () => spill?.open(),
    put: (packed, costMs) => {
      const digest = packedDigest(packed);
      const entry = entries.get(digest) ?? admit(digest, packed, costMs);
      entry.usedAt = options.now();
      write(digest, entry.packed, costMs);
      makeRoom();
      return digest;
    },
    has: (digest) => entries.has(digest) || spill?.has(digest) === true,
    get,
    value: async (digest) => {
      const packed = await get(digest);
      if (!packed) return undefined;
      const entry = entries.get(digest);
      if (!entry) return unpackAll(packed);
      entry.value ??= { of: unpackAll(packed) };
      return entry.value.of;
    },
    pin: (owner, digest) => {
      const set = pins.get(owner) ?? new Set();
      pins.set(owner, set.add(digest));
    },
    unpin: (owner) => {
      pins.delete(owner);
      makeRoom();
    },
    memoryBytes,
    releaseDisk: async () => {
      const releasing = writing.then(() => spill?.release() ?? false);
      writing = releasing.then(
        () => {},
        (error) => options.spillFailed?.(error),
      );
      return releasing.catch(() => false);
    },
    settled: async () => {
      await writing;
    },
  };
}
