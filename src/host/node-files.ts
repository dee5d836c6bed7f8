/** Files of a pipeline on disk: found beside it by name, or where the caller says; content is checked against the digest. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import type { FileRef } from '../kind/params.ts';

/** The bytes of a file that the user named; a Problem when it cannot be read. */
export async function fileAt(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ProblemError({
      code: 'file.unreadable',
      args: { file },
      message:
        code === 'ENOENT'
          ? `There is no file at ${file}.`
          : code === 'EISDIR'
            ? `${file} is a folder.`
            : `${file} cannot be read: ${message}.`,
      hint: `Check the path; it is read from ${process.cwd()}.`,
    });
  }
}

/** `named` maps a file's name in the document to a path; everything else is looked for in `folder`. */
export function nodeFiles(folder: string, named: Readonly<Record<string, string>>) {
  return async (ref: FileRef): Promise<Uint8Array> => {
    const file = named[ref.name] ?? path.join(folder, ref.name);
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes)
      throw new ProblemError({
        code: 'file.missing',
        at: { param: 'file' },
        args: { name: ref.name, file },
        message: `The file “${ref.name}” is not at ${file}.`,
        hint: `Put it there, or say where it is with --file "${ref.name}=PATH".`,
      });
    const content = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (ref.digest && named[ref.name] === undefined && sha256(content) !== ref.digest)
      throw new ProblemError({
        code: 'file.changed',
        at: { param: 'file' },
        args: { name: ref.name },
        message: `“${ref.name}” is not the file that the pipeline was made with.`,
        hint: `If that is meant, name it: --file "${ref.name}=${file}".`,
      });
    return content;
  };
}
