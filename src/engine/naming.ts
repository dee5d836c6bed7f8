/** What nodes, ports and parameters are called in sentences for people. */
import { kindName, type Words } from '../base/words.ts';
import type { Kind } from '../kind/kind.ts';
import type { PipelineDocument } from './document.ts';

export type Kinds = ReadonlyMap<string, Kind>;

/** The user's own title, else the kind's, else the kind's id. */
export function nodeTitle(document: PipelineDocument, kinds: Kinds, id: string): string {
  const node = document.nodes[id];
  return node?.title || kinds.get(node?.kind ?? '')?.title || node?.kind || id;
}

/** The same for any language: the kind's title is a phrase, the user's own stays as it is. */
export function nodeWords(document: PipelineDocument, kinds: Kinds, id: string): Words {
  const node = document.nodes[id];
  const kind = kinds.get(node?.kind ?? '');
  return node?.title || (kind ? kindName(kind) : (node?.kind ?? id));
}
