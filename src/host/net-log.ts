/** The list "What left this machine", kept with the workspace: the addresses that were read, newest last. */
import type { Json } from '../base/json.ts';
import { type RegistryDb, write } from '../registry/db.ts';

/** One request: when, which address, and what came of it. The request carries no cookies, no referrer and no data. */
export interface NetRecord {
  at: number;
  url: string;
  bytes: number;
  ms: number;
  /** `ok`, else the code of the problem. */
  outcome: string;
}
const KEY = 'net log';
const MOST = 200;

export const netLog = async (db: RegistryDb): Promise<NetRecord[]> => ((await db.keyvalue.get(KEY))?.value ?? []) as unknown as NetRecord[];

export const keepNetRecord = (db: RegistryDb, record: NetRecord): Promise<void> =>
  write(db, ['keyvalue'], async () => {
    const kept = [...(await netLog(db)), record].slice(-MOST);
    await db.keyvalue.put({ key: KEY, value: kept as unknown as Json });
  });
