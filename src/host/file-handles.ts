/**
 * Files on disk that a pipeline reads again on each run: the handles that the browser gave for a picked or dropped file, kept
 * in this browser under an id that the document holds. Page side only: asking for permission needs a window.
 */
import Dexie, { type EntityTable } from 'dexie';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';

/** What the interface may do with files on disk; there is none where the browser has no handles. */
export interface FileAccess {
  /** The browser's picker for one file; nothing when it was closed without a choice. */
  pick: (accept: readonly string[]) => Promise<File | undefined>;
  /** The files of a drop; to be called while the event is handled. */
  dropped: (data: DataTransfer) => File[];
  /** Which content the file had when it was imported. */
  remember: (file: File, digest: string) => void;
  /** Keeps the handle of the file with this content; its id, or nothing when it did not come from disk in this session. */
  keep: (digest: string) => Promise<string | undefined>;
  /** Asks the person; to be called on a click. */
  allow: (id: string) => Promise<boolean>;
}

/** In Chromium, not yet in TypeScript's library. */
type Handle = FileSystemFileHandle & {
  queryPermission?: (options: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState>;
};
type PickerWindow = {
  showOpenFilePicker?: (options: { multiple: boolean; types?: { accept: Record<string, string[]> }[] }) => Promise<Handle[]>;
};
type HandleItem = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

type HandleDb = Dexie & { handles: EntityTable<{ id: string; handle: Handle }, 'id'> };
async function withHandles<T>(body: (db: HandleDb) => Promise<T>): Promise<T> {
  const db = new Dexie('millrace-handles') as HandleDb;
  db.version(1).stores({ handles: 'id' });
  try {
    return await body(db);
  } finally {
    db.close();
  }
}
const find = async (id: string) => (await withHandles((db) => db.handles.get(id)))?.handle;

async function mayRead(handle: Handle, ask: boolean): Promise<boolean> {
  const state = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
  if (state !== 'prompt' || !ask) return state === 'granted';
  return (await handle.requestPermission?.({ mode: 'read' })) === 'granted';
}

export function fileAccess(newId: () => string): FileAccess | undefined {
  const { showOpenFilePicker } = window as PickerWindow;
  if (!showOpenFilePicker) return undefined;
  const handles = new WeakMap<File, Promise<Handle | undefined>>();
  const byDigest = new Map<string, Promise<Handle | undefined>>();
  return {
    pick: async (accept) => {
      try {
        const [handle] = await showOpenFilePicker.call(window, {
          multiple: false,
          types: [{ accept: { 'application/octet-stream': [...accept] } }],
        });
        const file = await handle.getFile();
        handles.set(file, Promise.resolve(handle));
        return file;
      } catch (error) {
        if ((error as Error).name === 'AbortError') return undefined;
        throw error;
      }
    },
    dropped: (data) =>
      Array.from(data.items).flatMap((item: HandleItem) => {
        const file = item.kind === 'file' ? item.getAsFile() : null;
        if (!file) return [];
        const asked = item.getAsFileSystemHandle?.().then(
          (handle) => (handle?.kind === 'file' ? (handle as Handle) : undefined),
          () => undefined,
        );
        if (asked) handles.set(file, asked);
        return [file];
      }),
    remember: (file, digest) => {
      const handle = handles.get(file);
      if (handle) byDigest.set(digest, handle);
    },
    keep: async (digest) => {
      const handle = await byDigest.get(digest);
      if (!handle) return undefined;
      const id = newId();
      await withHandles((db) => db.handles.put({ id, handle }));
      return id;
    },
    allow: async (id) => {
      const handle = await find(id);
      return handle ? mayRead(handle, true) : false;
    },
  };
}

/** The file's bytes as they are on disk now; a Problem when the link is gone, the file is, or the person has to be asked first. */
export async function readHandle(id: string, name: string): Promise<Uint8Array> {
  const fail = (code: string, message: Phrase, hint: Phrase, fix?: { label: Phrase; command: string; args: { handle: string } }) =>
    new ProblemError({ code, at: { param: 'file' }, args: { name }, message, hint, ...(fix ? { fix } : {}) });
  const handle = await find(id);
  if (!handle)
    throw fail(
      'file.no-handle',
      phrase('file.no-link', 'The link to “{name}” on disk is not in this browser.', { name }),
      phrase('file.choose-again', 'Choose the file again, or switch off reading it again from disk.'),
    );
  // A run that was started by a click may ask; one that was not must wait for one.
  if (!(await mayRead(handle, navigator.userActivation?.isActive ?? false)))
    throw fail(
      'file.not-allowed',
      phrase('file.ask-first', 'The browser does not let this page read “{name}” on disk until you allow it.', { name }),
      phrase('file.allow-it', 'Allow it, or switch off reading it again from disk.'),
      { label: phrase('file.allow', 'Allow reading'), command: 'allow-file', args: { handle: id } },
    );
  try {
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  } catch {
    throw fail(
      'file.not-on-disk',
      phrase('file.moved', '“{name}” is not where it was on disk, or cannot be read.', { name }),
      phrase('file.choose-new-place', 'Choose it at its new place, or switch off reading it again from disk.'),
    );
  }
}

export const forgetHandles = (ids: string[]): Promise<void> => withHandles((db) => db.handles.bulkDelete(ids));
