/** What nodes, ports and parameters are called in sentences for people. */
import type { Kind } from '../kind/kind.ts';
import type { PipelineDocument } from './document.ts';

export type Kinds = ReadonlyMap<string, Kind>;

/** The user's own title, else the kind's, else the kind's id. */
export function nodeTitle(document: PipelineDocument, kinds: Kinds, id: string): string {
  const node = document.nodes[id];
  return node?.title || kinds.get(node?.kind ?? '')?.title || node?.kind || id;
}

/** "Split", "Split and Sort", "Split, Sort and Join". */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
