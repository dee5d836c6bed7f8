/** Everything wrong with a document at once, and the schemas, badges and exportability that follow from it. Pure. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import { kindName, phrase } from '../base/words.ts';
import type { Kind } from '../kind/kind.ts';
import { validateParams } from '../kind/validate.ts';
import { badgesOf } from './badges.ts';
import { checkColumns } from './check-columns.ts';
import { checkCycles, checkInputs, checkKind, checkWires } from './check-wires.ts';
import type { DocumentNode, PipelineDocument } from './document.ts';
import { exportability } from './exportability.ts';
import { type FlowNode, flowOf } from './flow.ts';
import { type Graph, graphOf } from './graph.ts';
import type { Kinds } from './naming.ts';
import type { Report } from './plan-types.ts';
import { rowChoices } from './row-choices.ts';
import { traceOf } from './trace.ts';

export interface CheckContext {
  kinds: Kinds;
  /** What probes found, by node; `undefined` before they answered. */
  known: (node: string) => Json | undefined;
  /** Probes that failed. */
  probeProblems: (node: string) => Problem[];
  gpu: boolean;
}
export type Checked = Omit<Report, 'plan'> & { graph: Graph; flow: ReadonlyMap<string, FlowNode> };

export function checkDocument(document: PipelineDocument, context: CheckContext): Checked {
  const { kinds } = context;
  const graph = graphOf(document);
  const flow = flowOf(document, graph, kinds, context.known);
  const problems = [...checkCycles(document, graph, kinds), ...checkWires(document, graph, kinds)];
  for (const id of Object.keys(document.nodes)) {
    problems.push(...checkKind(document, id, kinds));
    if (document.nodes[id].disabled) continue;
    const kind = kinds.get(document.nodes[id].kind);
    if (kind) problems.push(...checkInputs(document, graph, id, kind));
    problems.push(...context.probeProblems(id).map((found) => at(id, found)));
    const node = flow.get(id);
    if (node) problems.push(...checkNode(document.nodes[id], node, context.gpu).map((found) => at(id, found)));
  }
  const trace = traceOf(graph, flow);
  const badges = badgesOf(document, graph, flow, kinds, trace);
  problems.push(...badges.flatMap((badge) => badge.problem ?? []), ...rowChoices(document, graph, flow, kinds, trace));
  const ports = (pick: (node: FlowNode) => Report['inputs'][string]) =>
    Object.fromEntries(Array.from(flow, ([id, node]) => [id, pick(node)]));
  return {
    graph,
    flow,
    problems: unique(problems),
    inputs: ports((node) => ({
      ...Object.fromEntries(Object.entries(node.context.lists).map(([id, list]) => [id, list[0]])),
      ...node.context.inputs,
    })),
    outputs: ports((node) => node.outputs),
    badges,
    exportable: exportability(document, graph, flow, kinds),
  };
}

const at = (node: string, found: Problem): Problem => ({ ...found, at: { ...found.at, node } });

function checkNode(node: DocumentNode, { id, kind, context, problems }: FlowNode, gpu: boolean): Problem[] {
  const unknown = Object.keys(node.params).filter((param) => !Object.hasOwn(kind.params, param));
  const wrongParams = validateParams(kind.params, context.params);
  const broken = new Set(wrongParams.map((found) => found.at.param));
  const sound = Object.fromEntries(Object.entries(kind.params).filter(([param]) => !broken.has(param)));
  return [
    ...unknown.map((param) => unknownParam(param, kind)),
    ...wrongParams,
    ...checkColumns(id, kind.inputs, sound, context),
    ...problems,
    ...(node.runOn === 'gpu' && !(gpu && kind.tags?.gpu) ? [noGpu(kind.tags?.gpu === true)] : []),
  ];
}

const unknownParam = (param: string, kind: Kind): Problem =>
  problem({
    code: 'check.unknown-param',
    severity: 'warning',
    at: { param },
    args: { param },
    message: phrase('check.no-setting', '“{kind}” has no setting “{param}”; it has no effect.', { kind: kindName(kind), param }),
    hint: 'Remove it from the file, or check its spelling.',
  });

const noGpu = (could: boolean): Problem =>
  problem({
    code: 'check.no-gpu',
    severity: 'warning',
    message: could
      ? phrase('check.gpu-absent', 'No graphics processor can be used here; this step runs on the CPU.')
      : phrase('check.gpu-unused', 'This step cannot use a graphics processor; it runs on the CPU.'),
    hint: phrase('check.run-on-auto', 'Set “run on” to automatic.'),
  });

/** A kind's own check may repeat what the records say already: one problem per code and place. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((found) => {
    const key = JSON.stringify([found.code, found.at, found.message]);
    return !seen.has(key) && seen.add(key);
  });
}
