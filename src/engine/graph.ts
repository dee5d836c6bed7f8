/** The document as a graph: who feeds whom, an execution order, cycles. Knows nothing of kinds. */
import type { PipelineDocument, Wire } from './document.ts';

/**
 * Order of ids: numbers inside them count as numbers, so `w2` comes before `w10`. This is the order of wires into a
 * `many` port; new wires with rising numbers therefore come last.
 */
export function compareIds(a: string, b: string): number {
  const split = (id: string) => id.match(/\d+|\D+/g) ?? [];
  const left = split(a);
  const right = split(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] === right[i]) continue;
    const both = /^\d/.test(left[i]) && /^\d/.test(right[i]);
    if (both && Number(left[i]) !== Number(right[i])) return Number(left[i]) - Number(right[i]);
    return left[i] < right[i] ? -1 : 1;
  }
  return left.length - right.length;
}

/** The next free id with this prefix, above every number in use: `w7` after `w6`. */
export function nextId(prefix: string, taken: Iterable<string>): string {
  let highest = 0;
  for (const id of taken) {
    const number = id.startsWith(prefix) ? Number(id.slice(prefix.length)) : Number.NaN;
    if (Number.isSafeInteger(number) && number > highest) highest = number;
  }
  return `${prefix}${highest + 1}`;
}

export interface Graph {
  /** Wires into a node, in wire order. */
  into: ReadonlyMap<string, readonly Wire[]>;
  parents: ReadonlyMap<string, ReadonlySet<string>>;
  children: ReadonlyMap<string, ReadonlySet<string>>;
  /** Execution order; nodes on or behind a cycle are left out. */
  order: readonly string[];
  /** Each cycle's nodes, in wire direction from the smallest id. */
  cycles: readonly (readonly string[])[];
}

/** Wires whose ends do not exist are left out; the check names them. */
export function graphOf(document: PipelineDocument): Graph {
  const ids = Object.keys(document.nodes).sort(compareIds);
  const into = new Map(ids.map((id) => [id, [] as Wire[]]));
  const parents = new Map(ids.map((id) => [id, new Set<string>()]));
  const children = new Map(ids.map((id) => [id, new Set<string>()]));
  for (const wire of Object.values(document.wires).sort((a, b) => compareIds(a.id, b.id))) {
    if (!into.has(wire.from.node) || !into.has(wire.to.node)) continue;
    into.get(wire.to.node)!.push(wire);
    parents.get(wire.to.node)!.add(wire.from.node);
    children.get(wire.from.node)!.add(wire.to.node);
  }
  const missing = new Map(ids.map((id) => [id, parents.get(id)!.size]));
  const order = ids.filter((id) => missing.get(id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const child of children.get(order[i])!) {
      missing.set(child, missing.get(child)! - 1);
      if (missing.get(child) === 0) order.push(child);
    }
  }
  const behind = new Set(ids.filter((id) => missing.get(id)! > 0));
  return { into, parents, children, order, cycles: behind.size > 0 ? findCycles(behind, parents) : [] };
}

/** One cycle through each group of nodes that lie on cycles: walk to parents inside `behind` until a node comes again. */
function findCycles(behind: ReadonlySet<string>, parents: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const seen = new Set<string>();
  const cycles: string[][] = [];
  for (const start of behind) {
    const path: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = [...parents.get(at)!].find((parent) => behind.has(parent));
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    if (from < 0) continue;
    const cycle = path.slice(from).reverse();
    const first = cycle.reduce((best, id, i) => (compareIds(id, cycle[best]) < 0 ? i : best), 0);
    cycles.push([...cycle.slice(first), ...cycle.slice(0, first)]);
  }
  return cycles;
}

/** Everything that `start` reaches through `next`, without `start` itself unless it lies on a cycle. */
export function reach(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [start];
  while (open.length > 0) {
    for (const id of next.get(open.pop()!) ?? []) {
      if (found.has(id)) continue;
      found.add(id);
      open.push(id);
    }
  }
  return found;
}
