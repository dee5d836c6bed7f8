/** Tells when a workspace's records changed, in this tab or another one; what changed is for the listener to read. */
import Dexie, { type ObservabilitySet } from 'dexie';
import type { RegistryDb } from './db.ts';

/** Calls `listener` after each commit that touched this database; returns the way to stop. */
export function watchRegistry(db: RegistryDb, listener: () => void): () => void {
  const own = `idb://${db.name}/`;
  // Counters and the engine's result keys change with every step; what people see in the registry does not.
  const unseen = ['keyvalue', 'bytes', 'files', 'events'].map((store) => `${own}${store}/`);
  const heard = (parts: ObservabilitySet) => {
    if (Object.keys(parts).some((part) => part.startsWith(own) && !unseen.some((store) => part.startsWith(store)))) listener();
  };
  Dexie.on('storagemutated', heard);
  return () => Dexie.on('storagemutated').unsubscribe(heard);
}
