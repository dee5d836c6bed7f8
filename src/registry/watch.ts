/** Tells when a workspace's records changed, in this tab or another one; what changed is for the listener to read. */
import Dexie, { type ObservabilitySet } from 'dexie';
import type { RegistryDb } from './db.ts';

/** Calls `listener` after each commit that touched this database; returns the way to stop. */
export function watchRegistry(db: RegistryDb, listener: () => void): () => void {
  const own = `idb://${db.name}/`;
  const heard = (parts: ObservabilitySet) => {
    if (Object.keys(parts).some((part) => part.startsWith(own))) listener();
  };
  Dexie.on('storagemutated', heard);
  return () => Dexie.on('storagemutated').unsubscribe(heard);
}
