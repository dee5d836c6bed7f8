/** Tells when a workspace's records changed, in this tab or another one; what changed is for the listener to read. */
import Dexie, { type ObservabilitySet } from 'dexie';
import type { RegistryDb } from './db.ts';

/** Calls `listener` with the stores after each commit that touched this database; returns the way to stop. */
export function watchRegistry(db: RegistryDb, listener: (stores: string[]) => void): () => void {
  const own = `idb://${db.name}/`;
  // Counters and the engine's result keys change with every step; what people see in the registry does not.
  const unseen = ['keyvalue', 'bytes', 'files', 'events'];
  const heard = (parts: ObservabilitySet) => {
    const stores = Object.keys(parts).flatMap((part) => (part.startsWith(own) ? [part.slice(own.length).split('/')[0]] : []));
    const seen = [...new Set(stores)].filter((store) => !unseen.includes(store));
    if (seen.length > 0) listener(seen);
  };
  Dexie.on('storagemutated', heard);
  return () => Dexie.on('storagemutated').unsubscribe(heard);
}
