/** Pinned nodes: each keeps the result that it has, whatever its settings or what is upstream become, until it is unpinned. */
import { type Digest, hashJson } from '../base/hash.ts';
import { type Phrase, phrase, type Words } from '../base/words.ts';
import type { PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';
import { keyOf, type Settings } from './keys.ts';
import type { LastRun, Memory, Outcome } from './memory.ts';

/** The last runs whose results are frozen. A pinned node without a stored result is not among them: it runs like the others. */
export function frozenRuns(
  document: PipelineDocument,
  memory: Pick<Memory, 'last'>,
  isWhole: (outcome: Outcome) => boolean,
): ReadonlyMap<string, LastRun> {
  const frozen = new Map<string, LastRun>();
  for (const node of Object.values(document.nodes)) {
    const last = node.pinned && !node.disabled ? memory.last(document.id, node.id) : undefined;
    if (last && isWhole(last.outcome)) frozen.set(node.id, last);
  }
  return frozen;
}

/** The key by which those who read a frozen result know it: it was computed under this one, and settings no longer count. */
export const frozenKey = ({ intent, outcome }: LastRun): Digest =>
  intent ?? hashJson(['pinned', Object.entries(outcome.outputs).map(([port, info]) => [port, info.digest])]);

/** Upstream of a frozen node nothing is needed. */
export const withoutFrozen = (parents: Graph['parents'], frozen: { has: (id: string) => boolean }): Graph['parents'] =>
  new Map(Array.from(parents, ([id, set]) => [id, frozen.has(id) ? new Set<string>() : set]));

/** Why a frozen result stands, and what it disregards: "pinned", "pinned, though Test size 0.2 → 0.3". */
export function frozenReason(
  last: LastRun,
  own: Settings,
  changed: Words | undefined,
  into: Parameters<typeof keyOf>[1],
  outputsOf: (node: string) => Readonly<Record<string, Digest>> | undefined,
): Phrase {
  if (changed) return phrase('plan.pinned-though', 'pinned, though {change}', { change: changed });
  if (into.some((wire) => outputsOf(wire.from.node) === undefined))
    return phrase('plan.pinned-maybe', 'pinned, though its input may change');
  const content = keyOf(own, into, (wire) => outputsOf(wire.from.node)?.[wire.from.port] ?? null);
  return content === null || last.content === null || content === last.content
    ? phrase('plan.pinned', 'pinned')
    : phrase('plan.pinned-input-changed', 'pinned, though its input changed');
}
