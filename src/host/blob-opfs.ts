/**
 * Blobs in the browser's private file system. A file is never written in place: bytes go to `<digest>.part`, and only the
 * finished file gets its name. Pointers to blobs, and sweeping what has none, are the registry's.
 */
import type { BlobStore } from '../base/blob-store.ts';
import { type Digest, hashBytes } from '../base/hash.ts';
import { idbBlobs } from './blob-idb.ts';

/** `move` is in every browser that has OPFS, but not yet in TypeScript's library. */
type MovableHandle = FileSystemFileHandle & { move: (name: string) => Promise<void> };
const canWriteSync = () => 'createSyncAccessHandle' in FileSystemFileHandle.prototype && 'move' in FileSystemFileHandle.prototype;

/** The store in folder `name`: OPFS where there is one, else IndexedDB. */
export async function browserBlobs(name: string): Promise<BlobStore> {
  try {
    const root = await navigator.storage.getDirectory();
    return opfsBlobs(await root.getDirectoryHandle(name, { create: true }));
  } catch {
    return idbBlobs(`millrace-blobs-${name}`);
  }
}

export function opfsBlobs(folder: FileSystemDirectoryHandle): BlobStore {
  /** Two writers of the same bytes would meet in one part file. */
  const underWay = new Map<Digest, Promise<void>>();
  const open = (name: string) => folder.getFileHandle(name).catch(() => undefined);
  const write = async (digest: Digest, bytes: Uint8Array) => {
    const there = await open(digest);
    if (there && (await there.getFile()).size === bytes.length) return;
    if (!canWriteSync()) return writeStream(await folder.getFileHandle(digest, { create: true }), bytes);
    const part = (await folder.getFileHandle(`${digest}.part`, { create: true })) as MovableHandle;
    try {
      await writeSync(part, bytes);
      await part.move(digest);
    } catch (error) {
      // What was written of it would lie on a disk that is full.
      await folder.removeEntry(part.name).catch(() => undefined);
      throw error;
    }
  };
  return {
    put: async (bytes, digest = hashBytes(bytes)) => {
      const task = underWay.get(digest) ?? write(digest, bytes);
      underWay.set(digest, task);
      try {
        await task;
      } finally {
        underWay.delete(digest);
      }
      return digest;
    },
    get: async (digest) => {
      const handle = await open(digest);
      return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer());
    },
    delete: async (digest) => {
      if (await open(digest)) await folder.removeEntry(digest);
    },
    /** Parts that an interrupted write left are listed too, so that a sweep finds them. */
    list: async () => {
      const found: { digest: string; bytes: number }[] = [];
      for await (const handle of folder.values()) {
        if (handle.kind === 'file') found.push({ digest: handle.name, bytes: (await (handle as FileSystemFileHandle).getFile()).size });
      }
      return found;
    },
  };
}

/** The fast way, in workers only. */
async function writeSync(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    for (let at = 0; at < bytes.length; ) at += access.write(bytes.subarray(at), { at });
    access.flush();
  } finally {
    access.close();
  }
}

/** The browser writes to a swap file and renames it at `close`. */
async function writeStream(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
  await stream.close();
}
