/** Which nodes a run request is about: the wanted ones, what they need, and which effects may happen. */
import type { PipelineDocument } from './document.ts';
import { type Graph, reach } from './graph.ts';
import type { Kinds } from './naming.ts';
import type { RunRequest } from './plan-types.ts';

export interface Scope {
  /** Nodes of the run, in execution order. */
  nodes: readonly string[];
  /** Whose stored results a forced run ignores: the wanted nodes, not what they merely need. */
  forced: ReadonlySet<string>;
  /** Effects that this run must not cause: they are neither wanted themselves nor part of a run of all. */
  withheld: ReadonlySet<string>;
}

export function scopeOf(document: PipelineDocument, graph: Graph, kinds: Kinds, request: RunRequest): Scope {
  const { scope } = request;
  const wanted = new Set<string>(graph.order);
  const needed = new Set<string>();
  if (scope.type !== 'all') {
    wanted.clear();
    if (scope.type === 'from') for (const id of reach(scope.node, graph.children)) wanted.add(id);
    const ends = scope.type === 'to' ? [scope.node, ...(scope.also ?? [])] : [scope.node];
    for (const end of ends) {
      if (scope.type === 'to') for (const id of reach(end, graph.parents)) wanted.add(id);
      wanted.add(end);
    }
    for (const id of wanted) for (const parent of reach(id, graph.parents)) if (!wanted.has(parent)) needed.add(parent);
  }
  const hasEffect = (id: string) => kinds.get(document.nodes[id].kind)?.tags?.effect === true;
  const mayHappen = (id: string) => scope.type === 'all' || id === scope.node || (scope.type === 'from' && wanted.has(id));
  const nodes = graph.order.filter((id) => wanted.has(id) || needed.has(id));
  return {
    nodes,
    forced: request.regenerate ? wanted : new Set(),
    withheld: new Set(nodes.filter((id) => hasEffect(id) && !mayHappen(id))),
  };
}
