/** Whether a model through each node can be one ONNX graph: the first hindrance on the way from the raw columns. */
import { type Problem, problem } from '../base/problem.ts';
import { effectsOf } from '../kind/kind.ts';
import type { PipelineDocument } from './document.ts';
import type { FlowNode } from './flow.ts';
import type { Graph } from './graph.ts';
import { type Kinds, nodeTitle } from './naming.ts';

/**
 * By node, for kinds on the scoring path (those that declare `exportable`) and all that takes a model or table from them.
 * A barrier makes new raw columns, so what lies before it hinders nothing behind it; so do steps that only choose rows.
 */
export function exportability(
  document: PipelineDocument,
  graph: Graph,
  flow: ReadonlyMap<string, FlowNode>,
  kinds: Kinds,
): Record<string, true | Problem> {
  const path = new Map<string, true | Problem>();
  const answers: Record<string, true | Problem> = {};
  for (const [id, node] of flow) {
    const inherited = (graph.into.get(id) ?? [])
      .filter((wire) => ['table', 'model', 'learner'].includes(node.kind.inputs.find((port) => port.id === wire.to.port)?.type ?? ''))
      .map((wire) => path.get(wire.from.node) ?? true)
      .find((answer) => answer !== true);
    const own = node.exportable === undefined || node.exportable === true ? undefined : hindrance(document, kinds, id, node.exportable);
    const isTableStep = node.kind.rows !== undefined || node.kind.effects !== undefined;
    const rows = isTableStep ? effectsOf(node.kind, node.context.params).rows : undefined;
    const fromBefore = rows === 'new' ? undefined : inherited;
    const answer = own ?? fromBefore ?? true;
    // What only chooses rows is not replayed at scoring, so its own hindrance counts for nobody behind it.
    path.set(id, rows === 'new' ? true : rows === 'subset' || rows === 'repeat' ? (fromBefore ?? true) : answer);
    if (node.exportable !== undefined || fromBefore) answers[id] = answer;
  }
  return answers;
}

const hindrance = (document: PipelineDocument, kinds: Kinds, id: string, found: Problem): Problem =>
  problem({ ...found, at: { ...found.at, node: id }, args: { ...found.args, title: nodeTitle(document, kinds, id) } });
