/** The index of workspaces, a database of its own. The first one is made silently; each has its own database. */
import Dexie, { type EntityTable } from 'dexie';
import { hashText } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import { openDb, type RegistryDb, storageError } from './db.ts';
import type { WorkspaceRecord } from './records.ts';

type IndexDb = Dexie & { workspaces: EntityTable<WorkspaceRecord, 'id'> };
const DEFAULT: Pick<WorkspaceRecord, 'id' | 'name'> = { id: 'default', name: 'My workspace' };

async function withIndex<T>(body: (db: IndexDb) => Promise<T>): Promise<T> {
  const db = new Dexie('millrace-index') as IndexDb;
  db.version(1).stores({ workspaces: 'id, name' });
  try {
    return await body(db);
  } catch (error) {
    throw storageError(error);
  } finally {
    db.close();
  }
}

/** All workspaces, last opened first. */
export const listWorkspaces = (): Promise<WorkspaceRecord[]> => withIndex(lastOpened);

/** Makes a workspace; its name must be new. */
export function createWorkspace(name: string, now: number): Promise<WorkspaceRecord> {
  const trimmed = name.trim();
  return withIndex((db) =>
    db.transaction('rw', db.workspaces, async () => {
      if (trimmed === '' || (await db.workspaces.where('name').equals(trimmed).count()) > 0) {
        throw new ProblemError({
          code: 'workspace.name',
          args: { name: trimmed },
          message: trimmed === '' ? 'A workspace needs a name.' : `There is already a workspace called “${trimmed}”.`,
          hint: 'Type another name.',
        });
      }
      const record = { id: hashText(`${trimmed} ${now}`).slice(0, 12), name: trimmed, createdAt: now, openedAt: now };
      await db.workspaces.add(record);
      return record;
    }),
  );
}

/** Marks a workspace as opened now, so that the next start opens it; without an id the last opened, or the default made on the spot. */
export const chooseWorkspace = (now: number, id?: string): Promise<WorkspaceRecord> => withIndex((db) => choose(db, now, id));

const lastOpened = async (db: IndexDb): Promise<WorkspaceRecord[]> =>
  (await db.workspaces.toArray()).sort((a, b) => b.openedAt - a.openedAt);

const choose = (db: IndexDb, now: number, id?: string): Promise<WorkspaceRecord> =>
  db.transaction('rw', db.workspaces, async () => {
    const all = await lastOpened(db);
    const found = id === undefined ? all[0] : all.find((one) => one.id === id);
    if (!found && id !== undefined && id !== DEFAULT.id) {
      throw new ProblemError({
        code: 'workspace.gone',
        args: { id },
        message: 'This workspace is not in this browser any more.',
        hint: 'Pick another one from the list.',
      });
    }
    const record = { ...(found ?? { ...DEFAULT, createdAt: now }), openedAt: now };
    await db.workspaces.put(record);
    return record;
  });

/** The workspace of the next start. A full disk cannot take the mark that it was opened, but must not keep anyone from their work. */
const nextWorkspace = (now: number): Promise<WorkspaceRecord> =>
  withIndex(async (db) => {
    try {
      return await choose(db, now);
    } catch (error) {
      if (storageError(error) === error) throw error;
      return (await lastOpened(db))[0] ?? { ...DEFAULT, createdAt: now, openedAt: now };
    }
  });

/** Opens the database of the workspace with this id, else of the last opened. */
export async function openWorkspace(now: number, id?: string): Promise<{ workspace: WorkspaceRecord; db: RegistryDb }> {
  const workspace = await (id === undefined ? nextWorkspace(now) : chooseWorkspace(now, id));
  return { workspace, db: openDb(`millrace-${workspace.id}`) };
}
