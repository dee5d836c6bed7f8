/** Files of a workspace: bytes in the blob store under their SHA-256, and a record that says they are wanted. */
import { sha256 } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import type { FileRef } from '../kind/params.ts';
import { keep, type Registry, write } from './db.ts';

/** Stores a file and gives the reference that a document keeps. Bytes first, then the record that points to them. */
export async function storeFile({ db, blobs, now }: Registry, name: string, bytes: Uint8Array, from: Pick<FileRef, 'url' | 'handle'> = {}) {
  const digest = sha256(bytes);
  await keep(db, () => blobs.put(bytes, digest));
  await write(db, ['files'], async () => void (await db.files.put({ digest, name, size: bytes.length, at: now() })));
  const ref: FileRef = { name, digest, size: bytes.length, ...from };
  return ref;
}

/**
 * Bytes of a file. `reread` gives them afresh where the reference is an address or a handle (`undefined` = cannot now, use
 * the stored copy); content that changed since it was imported is a Problem, never used silently.
 */
export async function readFile(
  { blobs }: Pick<Registry, 'blobs'>,
  ref: FileRef,
  reread?: (ref: FileRef) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array> {
  const fresh = ref.url !== undefined || ref.handle !== undefined ? await reread?.(ref) : undefined;
  if (fresh && sha256(fresh) !== ref.digest) {
    throw new ProblemError({
      code: 'file.changed',
      at: { param: 'file' },
      args: { name: ref.name },
      message: `“${ref.name}” has changed since it was imported.`,
      hint: 'Import it again to work with its new content.',
      fix: { label: 'Import again', command: 'import-again' },
    });
  }
  const bytes = fresh ?? (await blobs.get(ref.digest));
  if (bytes) return bytes;
  throw new ProblemError({
    code: 'file.missing',
    at: { param: 'file' },
    args: { name: ref.name },
    message: `The file “${ref.name}” is not in this workspace.`,
    hint: 'Choose it again; a pipeline holds only its name and digest, not its rows.',
  });
}
