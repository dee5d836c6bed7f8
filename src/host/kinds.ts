/** The registries as maps, for the engine: kinds by id, and code loaded on demand. */
import type { LoadNode } from '../engine/job.ts';
import type { Kind } from '../kind/kind.ts';
import { allNodes } from '../nodes/registry.ts';

const byId = new Map(allNodes.map((entry) => [entry.kind.id, entry]));
export const kinds: ReadonlyMap<string, Kind> = new Map(allNodes.map((entry) => [entry.kind.id, entry.kind]));

export const loadNode: LoadNode = (kind) => {
  const found = byId.get(kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found.load();
};
