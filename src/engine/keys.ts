/** The two keys of a step (contracts §5): by intent at edit time, by the parents' output content at run time. */
import { type Digest, hashJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { FileRef } from '../kind/params.ts';
import type { DocumentNode, PipelineDocument, Wire } from './document.ts';
import type { Kinds } from './naming.ts';
import { type Backend, backendOf, drawsRandom, resultParams, stepSeed } from './settings.ts';

/** What a step's result depends on besides its inputs; kept with each result so that the next plan can say what changed. */
export interface Settings {
  kind: string;
  version: number;
  params: Record<string, Json>;
  /** Pipeline seed and own seed; null for kinds that draw nothing. */
  seeds: [number, number] | null;
  backend: Backend;
  /** What a look at the registry resolved ("latest" is version 3). */
  known: Json;
}

export function settingsOf(document: PipelineDocument, node: DocumentNode, kind: Kind, known: Json | undefined, gpu: boolean): Settings {
  const filled = fillParams(kind.params, node.params);
  const looksUp = Object.values(kind.params).some((param) => param.type === 'catalogue' && param.of !== 'sample');
  return {
    kind: kind.id,
    version: kind.version,
    params: resultParams(kind.params, filled),
    seeds: drawsRandom(kind) ? [document.seed, stepSeed(kind.params, filled)] : null,
    backend: backendOf(node, kind, gpu),
    known: looksUp ? (known ?? null) : null,
  };
}

/** Never keyed: the kind forbids it, or the user switched the cache off for this node. */
export const isUncacheable = (node: DocumentNode, kind: Kind): boolean => kind.tags?.uncacheable === true || node.cache === false;

/** Settings by node, of known kinds only, and the nodes that are never keyed. */
export function allSettings(
  document: PipelineDocument,
  order: readonly string[],
  { kinds, known, gpu }: { kinds: Kinds; known: (node: string) => Json | undefined; gpu: boolean },
): { settings: Map<string, Settings>; uncacheable: Set<string> } {
  const settings = new Map<string, Settings>();
  const uncacheable = new Set<string>();
  for (const id of order) {
    const node = document.nodes[id];
    const kind = kinds.get(node.kind);
    if (!kind) continue;
    settings.set(id, settingsOf(document, node, kind, known(id), gpu));
    if (isUncacheable(node, kind)) uncacheable.add(id);
  }
  return { settings, uncacheable };
}

/** Refers to a file on disk or at an address: each run reads it again, so that changed content is noticed. Its key is the digest still. */
export const rereads = (node: DocumentNode, kind: Kind): boolean =>
  Object.entries(kind.params).some(([id, param]) => {
    const ref = param.type === 'file' ? (node.params[id] as unknown as FileRef | null | undefined) : undefined;
    return ref?.url !== undefined || ref?.handle !== undefined;
  });

/** The settings that what a step keeps hangs on (`Kind.keeps`): two nodes that differ only in what is made of it share it. */
export const keptSettings = (settings: Settings, { params }: NonNullable<Kind['keeps']>): Settings => ({
  ...settings,
  params: Object.fromEntries(Object.entries(settings.params).filter(([id]) => !params.includes(id))),
});

/** Key over inputs named by whatever identifies them; wire ids stay out, wire order on one port counts. */
export function keyOf(settings: Settings, wires: readonly Wire[], sourceOf: (wire: Wire) => string | null): Digest | null {
  const inputs: [string, string][] = [];
  for (const wire of wires) {
    const source = sourceOf(wire);
    if (source === null) return null;
    inputs.push([wire.to.port, source]);
  }
  inputs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return hashJson([settings, inputs]);
}

/** Intent keys of every node in the order given (parents first); null = cannot be known before the run. `fixed` ones are given. */
export function intentKeys(
  order: readonly string[],
  settings: ReadonlyMap<string, Settings>,
  uncacheable: ReadonlySet<string>,
  into: ReadonlyMap<string, readonly Wire[]>,
  fixed: ReadonlyMap<string, Digest> = new Map(),
): Map<string, Digest | null> {
  const keys = new Map<string, Digest | null>();
  for (const id of order) {
    const own = settings.get(id);
    const key =
      fixed.get(id) ??
      (own && !uncacheable.has(id)
        ? keyOf(own, into.get(id) ?? [], (wire) => {
            const parent = keys.get(wire.from.node);
            return parent ? `${parent}.${wire.from.port}` : null;
          })
        : null);
    keys.set(id, key);
  }
  return keys;
}
