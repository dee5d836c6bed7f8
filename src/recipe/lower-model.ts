/** Writes a whole model as one ONNX graph: raw columns → recipe → featuriser → learner → label and probabilities, or value. */
import { type Problem, problem } from '../base/problem.ts';
import type { ColumnType } from '../kind/schema.ts';
import { type Graph, newGraph, type Value } from '../onnx/build.ts';
import type { GraphProto } from '../onnx/proto.ts';
import { lowerCalibration } from './calibration.ts';
import type { Raw, Step } from './frame.ts';
import { lowerFeaturiser } from './lower-featuriser.ts';
import type { Lookups, Model } from './model.ts';
import { lowerStack } from './stack.ts';
import type { LoweredColumn, LoweredTable } from './step.ts';

const isText = (type: ColumnType): boolean => type === 'category' || type === 'text';
const CAST = { float: { to: { type: 'int', value: 1 } }, double: { to: { type: 'int', value: 11 } } } as const;

/**
 * One input per raw column ['batch', 1] (double, or string for categories and texts), outputs `label` (string ['batch'])
 * and `probabilities` (float ['batch', C]), or `prediction` (float ['batch', 1]). A Problem names the step that cannot be
 * written. Never a TreeEnsembleClassifier: labels come from ArgMax and Gather (onnx.md).
 */
export async function lowerModel(model: Model, lookups: Lookups): Promise<GraphProto | Problem> {
  if (model.foreign) {
    return problem({
      code: 'onnx.foreign',
      message: 'This model came from an ONNX file, so there is nothing to export.',
      hint: 'Use the file that it was imported from.',
    });
  }
  const graph = newGraph('millrace');
  const inputs = new Map<string, LoweredColumn>();
  for (const input of model.inputs) {
    const value = graph.input(input.name, isText(input.type) ? 'string' : 'double', ['batch', 1]);
    inputs.set(input.name, { type: input.type, value, ...(input.categories ? { categories: input.categories } : {}) });
  }
  const answer = await lowerAnswer(graph, model, inputs, lookups);
  if ('message' in answer) return answer;
  const free = (name: string) => (inputs.has(name) ? `predicted_${name}` : name);
  if (model.task === 'classify') {
    const best = graph.op(
      'ArgMax',
      [answer],
      { dtype: 'int64', dims: ['batch'] },
      { axis: { type: 'int', value: 1 }, keepdims: { type: 'int', value: 0 } },
    );
    const labels = graph.constant('string', model.classes ?? [], [model.classes?.length ?? 0], 'classes');
    graph.output(
      graph.op('Gather', [labels, best], { dtype: 'string', dims: ['batch'] }, { axis: { type: 'int', value: 0 } }),
      free('label'),
    );
    graph.output(answer, free('probabilities'));
  } else {
    graph.output(answer, free('prediction'));
  }
  return withoutDeadNodes(graph.finish());
}

/** Probabilities float ['batch', C], or values in original units float ['batch', 1]. */
async function lowerAnswer(graph: Graph, model: Model, inputs: LoweredTable, lookups: Lookups): Promise<Value | Problem> {
  const answer = await lowerPlain(graph, model, inputs, lookups);
  return 'message' in answer || !model.calibration ? answer : lowerCalibration(graph, answer, model.calibration);
}

async function lowerPlain(graph: Graph, model: Model, inputs: LoweredTable, lookups: Lookups): Promise<Value | Problem> {
  if (model.members) return lowerMean(graph, model, model.members, inputs, lookups);
  const columns = await lowerRecipe(graph, model, inputs, lookups);
  if ('message' in columns) return columns;
  const code = await lookups.learner(model.learner.kind, model.learner.version);
  const matrix = lowerFeaturiser(graph, model.featuriser, columns, code.featuriser.precision);
  const answer = code.lower(graph, matrix, model.fitted, model.classes?.length ?? 0);
  return 'message' in answer || model.task === 'classify' ? answer : lowerInverses(graph, model, answer, lookups);
}

/** Each member times its weight, its classes moved to their places by the same product, and all of it added up; or a stack of them. */
async function lowerMean(
  graph: Graph,
  model: Model,
  members: NonNullable<Model['members']>,
  inputs: LoweredTable,
  lookups: Lookups,
): Promise<Value | Problem> {
  const classes = model.classes ?? [];
  const width = Math.max(1, classes.length);
  let sum: Value | undefined;
  const apart: Value[] = [];
  for (const { model: member, weight } of members) {
    const answer = await lowerAnswer(graph, member, inputs, lookups);
    if ('message' in answer) return answer;
    const own = member.classes ?? [''];
    const places = own.flatMap((label) =>
      (classes.length > 0 ? classes : ['']).map((other) => (other === label ? (model.stack ? 1 : weight) : 0)),
    );
    const by = graph.constant('float', places, [own.length, width], 'weight');
    const part = graph.op('MatMul', [model.vote ? votesOf(graph, answer, own.length) : answer, by], {
      dtype: 'float',
      dims: ['batch', width],
    });
    if (model.stack) apart.push(part);
    else sum = sum ? graph.op('Add', [sum, part], { dtype: 'float', dims: ['batch', width] }) : part;
  }
  return model.stack ? lowerStack(graph, apart, model.stack, classes.length) : sum!;
}

/** 1 for the first of the largest shares, 0 for the others. */
function votesOf(graph: Graph, shares: Value, classes: number): Value {
  const best = graph.op('ArgMax', [shares], { dtype: 'int64', dims: ['batch', 1] }, { axis: { type: 'int', value: 1 } });
  const places = graph.constant('int64', [...new Array(classes).keys()], [1, classes], 'places');
  const hit = graph.op('Equal', [best, places], { dtype: 'bool', dims: ['batch', classes] });
  return graph.op('Cast', [hit], { dtype: 'float', dims: ['batch', classes] }, CAST.float);
}

type Maker = (type: ColumnType) => LoweredColumn;

/** All-missing columns in place of raw columns that the model does not need; what they lead to is cut away at the end. */
function missingMaker(graph: Graph, like: Value): Maker {
  let shape: Value | undefined;
  return (type) => {
    shape ??= graph.op('Shape', [like], { dtype: 'int64', dims: [2] });
    const text = isText(type);
    const one = text ? graph.constant('string', [''], [1, 1], 'missing') : graph.constant('double', [Number.NaN], [1, 1], 'missing');
    return { type, value: graph.op('Expand', [one, shape], { dtype: text ? 'string' : 'double', dims: ['batch', 1] }) };
  };
}

async function lowerRecipe(graph: Graph, model: Model, inputs: LoweredTable, lookups: Lookups): Promise<LoweredTable | Problem> {
  const [leaf, ...steps] = model.recipe.entries as readonly [Raw, ...Step[]];
  const missing = missingMaker(graph, [...inputs.values()][0].value);
  let columns: LoweredTable = new Map(leaf.schema.columns.map(({ name, type }) => [name, inputs.get(name) ?? missing(type)]));
  for (const step of steps) {
    if (step.rows !== 'keep') continue;
    if (step.skipped) {
      const before = columns;
      const passed = (column: NonNullable<Step['columns']>[number]) =>
        (column.kept ? before.get(column.from[0]) : undefined) ?? missing(column.type);
      columns = new Map(step.columns!.map((column) => [column.name, passed(column)]));
      continue;
    }
    const code = await lookups.step(step.kind, step.version);
    const lowered = code.lower?.(graph, columns, step.params, step.fitted) ?? notLowerable(step);
    if ('message' in lowered) return lowered;
    columns = lowered;
  }
  return columns;
}

const notLowerable = (step: Step): Problem =>
  problem({
    code: 'onnx.step',
    args: { kind: step.kind },
    message: `“${step.title ?? step.kind}” cannot be written into an ONNX file, and the model’s columns pass through it.`,
    hint: 'Use another step in its place, or do it before the data comes here; the model itself works in this app.',
  });

/** Back to the target's original units: in double, then float as the contract wants. */
async function lowerInverses(graph: Graph, model: Model, answer: Value, lookups: Lookups): Promise<Value | Problem> {
  if (model.targets.length === 0) return answer;
  let value = answer.dtype === 'double' ? answer : graph.op('Cast', [answer], { dtype: 'double', dims: answer.dims }, CAST.double);
  for (const target of model.targets.toReversed()) {
    const code = await lookups.step(target.kind, target.version);
    if (!code.lowerInverse) {
      return problem({
        code: 'onnx.target',
        args: { kind: target.kind },
        message: 'The way back from the transformed target cannot be written into an ONNX file.',
        hint: 'Train on the target as it is, or use another target transform; the model itself works in this app.',
      });
    }
    value = code.lowerInverse(graph, value, target.params, target.fitted, target.column);
  }
  return graph.op('Cast', [value], { dtype: 'float', dims: value.dims }, CAST.float);
}

/** The graph without nodes, constants and type notes that no output needs. */
export function withoutDeadNodes(graph: GraphProto): GraphProto {
  const needed = new Set(graph.outputs.map((output) => output.name));
  const nodes = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => needed.has(name))) return false;
    for (const name of node.inputs) needed.add(name);
    return true;
  });
  return {
    ...graph,
    nodes: nodes.reverse(),
    initializers: graph.initializers.filter((tensor) => tensor.name === undefined || needed.has(tensor.name)),
    valueInfo: graph.valueInfo.filter((info) => needed.has(info.name)),
  };
}
