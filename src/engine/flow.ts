/** Schemas through the graph at edit time: each kind's pure functions asked in execution order with what is known so far. */
import type { Json } from '../base/json.ts';
import { type Problem, toProblem } from '../base/problem.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind, PortSchema, SchemaContext } from '../kind/kind.ts';
import type { PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';
import type { Kinds } from './naming.ts';

/** One node as the checks see it. */
export interface FlowNode {
  id: string;
  kind: Kind;
  context: SchemaContext;
  outputs: Record<string, PortSchema | undefined>;
  exportable?: true | Problem;
  /** What the kind's own functions found or failed with. */
  problems: Problem[];
}

/** Nodes of unknown kinds and nodes behind cycles are left out. A kind function that throws becomes a problem at its node. */
export function flowOf(
  document: PipelineDocument,
  graph: Graph,
  kinds: Kinds,
  known: (node: string) => Json | undefined,
): Map<string, FlowNode> {
  const flow = new Map<string, FlowNode>();
  const passed = new Map<PortSchema, PortSchema>();
  /** What a column comes from is told relative to one step, so it ends where the next one begins. */
  const asInput = (schema: PortSchema | undefined): PortSchema | undefined => {
    if (schema?.type !== 'table' || !schema.schema.columns.some((column) => column.from || column.fromSides)) return schema;
    const columns = schema.schema.columns.map(({ from: _from, fromSides: _sides, ...column }) => column);
    const known = passed.get(schema) ?? { ...schema, schema: { ...schema.schema, columns } };
    passed.set(schema, known);
    return known;
  };
  for (const id of graph.order) {
    const node = document.nodes[id];
    const kind = kinds.get(node.kind);
    if (!kind || kind.version < node.version) continue;
    const context: SchemaContext = { params: fillParams(kind.params, node.params), inputs: {}, lists: {}, wired: [], known: known(id) };
    for (const port of kind.inputs) {
      const wires = (graph.into.get(id) ?? []).filter((wire) => wire.to.port === port.id);
      if (wires.length > 0) context.wired?.push(port.id);
      const schemas = wires.map((wire) => asInput(flow.get(wire.from.node)?.outputs[wire.from.port]));
      if (port.many) context.lists[port.id] = schemas.filter((schema) => schema !== undefined);
      else context.inputs[port.id] = schemas[0];
    }
    const problems: Problem[] = [];
    const guarded = <T>(ask: () => T, otherwise: T): T => {
      try {
        return ask();
      } catch (error) {
        problems.push(toProblem(error));
        return otherwise;
      }
    };
    const outputs = guarded(() => kind.schema(context), {});
    problems.push(...guarded(() => kind.check?.(context) ?? [], []));
    const exportable = guarded(() => kind.exportable?.(context), undefined);
    flow.set(id, { id, kind, context, outputs, exportable, problems });
  }
  return flow;
}
