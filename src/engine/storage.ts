/** Small records by key, as the engine sees them; the host gives the real ones, and these last as long as their object. */
import type { Json } from '../base/json.ts';

export interface KeyValue {
  get: (key: string) => Promise<Json | undefined>;
  set: (key: string, value: Json) => Promise<void>;
  delete: (key: string) => Promise<void>;
  /** Every record whose key begins with `prefix`. */
  entries: (prefix: string) => Promise<[key: string, value: Json][]>;
}

export function memoryKeyValue(): KeyValue {
  const records = new Map<string, string>();
  return {
    get: async (key) => (records.has(key) ? (JSON.parse(records.get(key)!) as Json) : undefined),
    set: async (key, value) => void records.set(key, JSON.stringify(value)),
    delete: async (key) => void records.delete(key),
    entries: async (prefix) =>
      [...records].filter(([key]) => key.startsWith(prefix)).map(([key, value]): [string, Json] => [key, JSON.parse(value) as Json]),
  };
}
