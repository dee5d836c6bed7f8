/** Blobs and small texts in a folder, for Node: written beside, flushed, then renamed, so that a name never holds half a file. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore } from '../base/blob-store.ts';
import { hashBytes, hashText } from '../base/hash.ts';
import type { TextFile } from '../registry/files-registry.ts';

let writes = 0;
async function writeWhole(target: string, content: Uint8Array | string): Promise<void> {
  const part = `${target}.${process.pid}-${++writes}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
const absent = (error: unknown) => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
};

/** The store in `folder`, which is made on the first write. */
export function fileBlobs(folder: string): BlobStore {
  // A digest is a file name here, so anything else gets a name of its own kind.
  const at = (digest: string) => path.join(folder, /^\w[\w.-]*$/.test(digest) ? digest : hashText(digest));
  return {
    put: async (bytes, digest = hashBytes(bytes)) => {
      const there = await stat(at(digest)).catch(absent);
      if (there?.size === bytes.length) return digest;
      await mkdir(folder, { recursive: true });
      await writeWhole(at(digest), bytes);
      return digest;
    },
    get: async (digest) => {
      const bytes = await readFile(at(digest)).catch(absent);
      // Node's small buffers share one pool; a copy stands alone and is aligned.
      return bytes && new Uint8Array(bytes);
    },
    delete: (digest) => rm(at(digest), { force: true }),
    list: async () => {
      const names = (await readdir(folder).catch(absent)) ?? [];
      return Promise.all(names.map(async (digest) => ({ digest, bytes: (await stat(path.join(folder, digest))).size })));
    },
  };
}

/** A text file that is replaced whole or not at all. */
export const textFile = (file: string): TextFile => ({
  read: () => readFile(file, 'utf8').catch(absent),
  write: async (text) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, text);
  },
});
