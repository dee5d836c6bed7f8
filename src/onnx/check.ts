/** Static safety check of an ONNX file that others made, before any runtime opens it (reliability row 14): nothing is computed. */
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import { type NodeSummary, operatorName, readHeader, readNode, readPair, readValueInfo, tensorName } from './header.ts';
import { ALLOWED_OPERATORS, SIZED_BY } from './operators.ts';
import { type PbField, readFields, readInts, readText } from './pb.ts';

export const MAX_BYTES = 512 * 1024 * 1024;
export const MAX_NODES = 5000;
/** Elements of one tensor. */
export const MAX_ELEMENTS = 2 ** 28;
export const MAX_OPSET = 26;

const UNSAFE = phrase(
  'onnx.unsafe-hint',
  'Open only models that you trust; export this one again without that part, as plain layers, trees or linear models.',
);
/** What skl2onnx writes for nearest neighbours and Gaussian processes unless told otherwise. */
const SCAN = phrase(
  'onnx.scan-hint',
  'For nearest neighbours from scikit-learn, export again with to_onnx(model, X, options={optim}): that file has no loop.',
  { optim: "{id(model): {'optim': 'cdist'}}" },
);

const unsafe = (code: string, message: Words, args: Problem['args'] = {}, hint = UNSAFE) =>
  problem({
    code,
    args,
    message,
    hint,
  });

/** Numbers of a small tensor's raw bytes, by TensorProto.DataType. */
function rawNumbers(dtype: number, raw: Uint8Array): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const width = dtype === 7 || dtype === 11 ? 8 : 4;
  return Array.from({ length: Math.floor(raw.length / width) }, (_, i) => {
    if (dtype === 7) return Number(view.getBigInt64(i * 8, true));
    if (dtype === 11) return view.getFloat64(i * 8, true);
    return dtype === 1 ? view.getFloat32(i * 4, true) : view.getInt32(i * 4, true);
  });
}

/** Elements of a tensor, and its numbers where it is small enough to be a shape, a count or a limit. */
function readTensor(bytes: Uint8Array): { elements: number; numbers: number[]; external: boolean } {
  const dims: number[] = [];
  const numbers: number[] = [];
  let external = false;
  let dtype = 0;
  let raw: Uint8Array | undefined;
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) dims.push(...readInts(entry));
    else if (entry.field === 2) dtype = entry.value;
    else if ((entry.field === 5 || entry.field === 7) && entry.bytes.length < 1024) numbers.push(...readInts(entry));
    else if (entry.field === 4 && entry.bytes.length < 128) numbers.push(...rawNumbers(1, entry.bytes));
    else if (entry.field === 10 && entry.bytes.length < 128) numbers.push(...rawNumbers(11, entry.bytes));
    else if (entry.field === 9) raw = entry.bytes;
    else if (entry.field === 13 || (entry.field === 14 && entry.value === 1)) external = true;
  }
  if (raw && raw.length <= 128 && [1, 6, 7, 11].includes(dtype)) numbers.push(...rawNumbers(dtype, raw));
  const elements = dims.some((dim) => dim < 0) ? Number.POSITIVE_INFINITY : dims.reduce((product, dim) => product * dim, 1);
  return { elements, numbers, external };
}

/** What an attribute holds that matters here: a tensor, integers, or a subgraph. */
function readAttribute(bytes: Uint8Array): { tensors: Uint8Array[]; integers: number[]; subgraph: boolean; name: string } {
  const found = { tensors: [] as Uint8Array[], integers: [] as number[], subgraph: false, name: '' };
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) found.name = readText(entry);
    else if (entry.field === 3) found.integers.push(entry.value);
    else if (entry.field === 8 && entry.bytes.length < 1024) found.integers.push(...readInts(entry));
    else if (entry.field === 5 || entry.field === 10) found.tensors.push(entry.bytes);
    else if (entry.field === 6 || entry.field === 11) found.subgraph = true;
    else if (entry.field === 22 || entry.field === 23) found.subgraph = true;
  }
  return found;
}

class GraphCheck {
  readonly #most: number;
  readonly problems: Problem[] = [];
  readonly #known = new Set<string>();
  readonly #shapes = new Map<string, number[]>();
  nodes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get tooMany(): boolean {
    return this.nodes > this.#most;
  }

  #tensor(name: string, bytes: Uint8Array): void {
    const { elements, numbers, external } = readTensor(bytes);
    if (external)
      this.problems.push(
        unsafe('onnx.external-data', phrase('onnx.external-data', 'The weights “{name}” lie in another file.', { name }), { name }),
      );
    if (!(elements <= MAX_ELEMENTS))
      this.problems.push(
        unsafe('onnx.tensor-size', phrase('onnx.impossible-size', 'The weights “{name}” claim an impossible size.', { name }), { name }),
      );
    this.#shapes.set(name, numbers);
  }

  output(name: string): void {
    if (!this.#known.has(name))
      this.problems.push(unsafe('onnx.order', phrase('onnx.unmade-output', 'Nothing makes the output “{name}”.', { name }), { name }));
  }

  define(name: string): void {
    if (name === '') return;
    if (this.#known.has(name))
      this.problems.push(
        unsafe('onnx.duplicate-name', phrase('onnx.duplicate-name', 'Two values are named “{name}”.', { name }), { name }),
      );
    this.#known.add(name);
  }

  initializer(entry: PbField, isInput: boolean): void {
    const name = tensorName(entry.bytes);
    if (!isInput) this.define(name);
    this.#tensor(name, entry.bytes);
  }

  #attributes(node: NodeSummary): void {
    for (const { bytes } of node.attributes) {
      const attribute = readAttribute(bytes);
      if (attribute.subgraph)
        this.problems.push(
          unsafe('onnx.subgraph', phrase('onnx.subgraph', '“{operator}” holds a program of its own.', { operator: node.op }), {
            operator: node.op,
          }),
        );
      for (const tensor of attribute.tensors)
        this.#tensor(node.op === 'Constant' ? node.outputs[0] : `${node.op}.${attribute.name}`, tensor);
      if (node.op === 'Constant' && attribute.integers.length > 0) this.#shapes.set(node.outputs[0], attribute.integers);
    }
  }

  node(entry: PbField): void {
    const node = readNode(entry.bytes);
    const operator = operatorName(node);
    this.nodes++;
    if (!ALLOWED_OPERATORS.has(operator)) {
      this.problems.push(
        unsafe(
          'onnx.operator',
          phrase('onnx.operator', 'The model uses the operator “{operator}”, which is not on the list of safe ones.', { operator }),
          { operator },
          operator === 'Scan' ? SCAN : UNSAFE,
        ),
      );
    }
    this.#attributes(node);
    for (const name of node.inputs) {
      if (name === '' || this.#known.has(name)) continue;
      this.problems.push(
        unsafe(
          'onnx.order',
          phrase('onnx.order', '“{operator}” reads “{name}” before it is made: the graph has a cycle or a gap.', { operator, name }),
          { name, operator },
        ),
      );
    }
    const size = Object.hasOwn(SIZED_BY, operator) ? this.#shapes.get(node.inputs[SIZED_BY[operator]]) : undefined;
    const elements = size?.reduce((product, dim) => product * Math.max(1, Math.abs(dim)), 1) ?? 0;
    if (elements > MAX_ELEMENTS)
      this.problems.push(
        unsafe('onnx.tensor-size', phrase('onnx.too-many-values', '“{operator}” would make {elements} values.', { operator, elements }), {
          operator,
        }),
      );
    for (const name of node.outputs) this.define(name);
  }
}

function checkGraph(bytes: Uint8Array, most: number): Problem[] {
  const check = new GraphCheck(most);
  const parts = [...readFields(bytes)];
  const inputs = new Set<string>();
  const outputs: string[] = [];
  for (const part of parts) {
    if (part.field === 11) inputs.add(readValueInfo(part.bytes).name);
    if (part.field === 12) outputs.push(readValueInfo(part.bytes).name);
    if (part.field === 15)
      check.problems.push(unsafe('onnx.sparse', phrase('onnx.sparse', 'The model holds sparse weights, which are not read here.')));
  }
  for (const name of inputs) check.define(name);
  for (const part of parts) if (part.field === 5) check.initializer(part, inputs.has(tensorName(part.bytes)));
  for (const part of parts) {
    if (part.field !== 1) continue;
    check.node(part);
    if (check.tooMany || check.problems.length > 20) break;
  }
  if (check.tooMany)
    check.problems.push(
      unsafe('onnx.too-many-nodes', phrase('onnx.too-many-nodes', 'The model has more than {limit} operators.', { limit: most }), {
        limit: most,
      }),
    );
  else for (const name of outputs) check.output(name);
  if (outputs.length === 0) check.problems.push(unsafe('onnx.no-output', phrase('onnx.no-output', 'The model gives no output.')));
  return check.problems;
}

/** Every reason not to open the file; empty = safe to open. Damaged bytes come back as a problem too. `most` = operators allowed. */
export function checkModel(bytes: Uint8Array, most = MAX_NODES): Problem[] {
  if (bytes.length > MAX_BYTES)
    return [unsafe('onnx.too-large', phrase('onnx.too-large', 'The file is larger than 512 MB.'), { limit: MAX_BYTES })];
  const problems: Problem[] = [];
  let graphs = 0;
  try {
    for (const entry of readFields(bytes)) {
      if (entry.field === 7) {
        graphs++;
        problems.push(...checkGraph(entry.bytes, most));
      } else if (entry.field === 8) {
        const { key, number } = readPair(entry.bytes);
        if ((key === '' || key === 'ai.onnx') && number > MAX_OPSET) {
          problems.push(
            unsafe(
              'onnx.opset',
              phrase('onnx.opset', 'The model needs opset {opset}; this app reads up to {most}.', { opset: number, most: MAX_OPSET }),
              { opset: number },
            ),
          );
        }
      } else if (entry.field === 25)
        problems.push(unsafe('onnx.functions', phrase('onnx.functions', 'The model brings functions of its own.')));
    }
    if (graphs !== 1) problems.push(unsafe('onnx.damaged', phrase('onnx.no-graph', 'This is not an ONNX file: it holds no graph.')));
    readHeader(bytes);
  } catch (error) {
    problems.push(
      error instanceof ProblemError ? error.problem : unsafe('onnx.damaged', error instanceof Error ? error.message : String(error)),
    );
  }
  return problems;
}
