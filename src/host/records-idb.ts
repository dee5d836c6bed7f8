/** The engine's small records (results by key, last runs, values on disk) in the workspace's database. */
import type { Json } from '../base/json.ts';
import type { KeyValue } from '../engine/storage.ts';
import type { RegistryDb } from '../registry/db.ts';

const PREFIX = 'engine ';

export const recordsOf = (db: RegistryDb): KeyValue => ({
  get: async (key) => (await db.keyvalue.get(PREFIX + key))?.value as Json | undefined,
  set: async (key, value) => void (await db.keyvalue.put({ key: PREFIX + key, value })),
  delete: (key) => db.keyvalue.delete(PREFIX + key),
  entries: async (prefix) => {
    const found = await db.keyvalue
      .where('key')
      .startsWith(PREFIX + prefix)
      .toArray();
    return found.map(({ key, value }): [string, Json] => [key.slice(PREFIX.length), value as Json]);
  },
});
