/** Follows tables and models through the graph: what was learned from which rows, and what would leak if they were split. */
import { effectsOf, type Kind, type StepEffects } from '../kind/kind.ts';
import type { TableSchema } from '../kind/schema.ts';
import type { FlowNode } from './flow.ts';
import type { Graph } from './graph.ts';
import { type Lineage, lineageOf } from './lineage.ts';
import type { Origin } from './row-origin.ts';

/** A step that knows rows which a later split will set aside. */
export interface Suspect {
  node: string;
  /**
   * `seals`: a barrier or script by itself; `sealed`: a learning step that `by` keeps from being refitted; `order`: looks back;
   * `chooses`: tells which rows stay by comparing all of them, which tells no value and is no leak.
   */
  why: 'seals' | 'sealed' | 'order' | 'chooses';
  by?: string;
}
export interface TableTrace {
  /** All sources that it is made from. */
  roots: ReadonlySet<string>;
  /** One for each set of rows that went into it; one, but where a barrier put several together. */
  origins: readonly Origin[];
  /** Learning steps since the last barrier or split, which a split refits. */
  learning: readonly string[];
  suspects: readonly Suspect[];
  /** Training rows of the models that wrote predictions here. */
  scoredBy: readonly Origin[];
  columns: Lineage;
}
export interface Trace {
  /** By node and output port. */
  tables: ReadonlyMap<string, TableTrace>;
  /** Rows that a model was trained on, by node and output port; imported models have none. */
  trained: ReadonlyMap<string, readonly Origin[]>;
}
export const placeOf = (node: string, port: string): string => `${node}.${port}`;

/** A node that parts rows for judging: Split, by its two outputs, and anything that folds rows for a wired learner. */
export const isSplit = (kind: Kind): boolean => ['train', 'test'].every((id) => kind.outputs.some((port) => port.id === id));
export const isFolder = (kind: Kind): boolean =>
  kind.inputs.some((port) => port.type === 'learner') && kind.outputs.some((port) => port.type === 'results');

/** Tables on a node's inputs, in port and wire order. */
export function tablesInto(node: FlowNode, graph: Graph, trace: Trace): TableTrace[] {
  const ports = node.kind.inputs.filter((port) => port.type === 'table');
  return ports.flatMap((port) =>
    (graph.into.get(node.id) ?? [])
      .filter((wire) => wire.to.port === port.id)
      .flatMap((wire) => trace.tables.get(placeOf(wire.from.node, wire.from.port)) ?? []),
  );
}
/** Training rows of the models on a node's inputs. */
export function modelsInto(node: FlowNode, graph: Graph, trace: Trace): Origin[] {
  return (graph.into.get(node.id) ?? []).flatMap((wire) => trace.trained.get(placeOf(wire.from.node, wire.from.port)) ?? []);
}

export function traceOf(graph: Graph, flow: ReadonlyMap<string, FlowNode>): Trace {
  const tables = new Map<string, TableTrace>();
  const trained = new Map<string, readonly Origin[]>();
  const trace: Trace = { tables, trained };
  for (const node of flow.values()) {
    const inputs = tablesInto(node, graph, trace);
    const effects = effectsOf(node.kind, node.context.params);
    for (const port of node.kind.outputs) {
      const place = placeOf(node.id, port.id);
      if (port.type === 'model' && inputs.length > 0) trained.set(place, inputs[0].origins);
      if (port.type !== 'table') continue;
      const output = node.outputs[port.id];
      const schema = output?.type === 'table' ? output.schema : { columns: [] };
      tables.set(place, tableTrace(node, port.id, schema, effects, inputs, modelsInto(node, graph, trace)));
    }
  }
  return trace;
}

function tableTrace(
  node: FlowNode,
  port: string,
  schema: TableSchema,
  effects: StepEffects,
  inputs: readonly TableTrace[],
  models: readonly Origin[],
): TableTrace {
  const blind = blindColumns(node, effects);
  const columns = lineageOf(
    placeOf(node.id, port),
    schema,
    inputs.map((input) => input.columns),
    (name) => blind.has(name),
  );
  const [main, ...sides] = inputs;
  if (!main) return { roots: new Set([node.id]), origins: [[node.id]], learning: [], suspects: [], scoredBy: [], columns };
  const roots = new Set(inputs.flatMap((input) => [...input.roots]));
  if (isSplit(node.kind)) {
    const origins = main.origins.map((origin) => [...origin, placeOf(node.id, port)]);
    return { ...main, roots, columns, origins, learning: [], suspects: [] };
  }
  // A scorer keeps its rows, though the table it makes is a new raw one.
  if (models.length > 0) return { ...main, roots, columns, scoredBy: [...main.scoredBy, ...models] };
  if (effects.rows === 'new') {
    const sealed = inputs.flatMap((input) => input.learning.map((id): Suspect => ({ node: id, why: 'sealed', by: node.id })));
    const own: Suspect[] = effects.learns || effects.order === 'whole' ? [{ node: node.id, why: 'seals' }] : [];
    const suspects = [...inputs.flatMap((input) => input.suspects), ...sealed, ...own];
    const origins = [...new Map(inputs.flatMap((input) => input.origins).map((origin) => [origin.join(), origin])).values()];
    return { roots, origins, learning: [], suspects, scoredBy: inputs.flatMap((input) => input.scoredBy), columns };
  }
  // A side from the same source is evaluated on the learning rows again (rule 3), which makes the step a learning one.
  const learns = effects.learns || sides.some((side) => [...side.roots].some((root) => main.roots.has(root)));
  const order: Suspect[] = effects.order === 'free' ? [] : [{ node: node.id, why: effects.rows === 'subset' ? 'chooses' : 'order' }];
  return {
    ...main,
    roots,
    columns,
    learning: learns ? [...main.learning, node.id] : main.learning,
    suspects: [...main.suspects, ...order],
  };
}

/** A refitted step may read the target (rule 4): that is learning, not leaking. */
function blindColumns(node: FlowNode, effects: StepEffects): ReadonlySet<string> {
  if (effects.target !== 'reads' || !effects.learns || effects.rows === 'new') return new Set();
  const tables = Object.values(node.context.inputs).flatMap((input) => (input?.type === 'table' ? input.schema.columns : []));
  const chosen = node.context.params.target;
  const targets = tables.filter((column) => column.role === 'target' || column.name === chosen);
  return new Set(targets.map((column) => column.name));
}
