/** Builds one ONNX graph value by value: unique names, typed handles, shapes on every ai.onnx.ml output. Knows no learner. */
import type { Attribute, Dims, DType, GraphProto, NodeProto, TensorProto, ValueInfo } from './proto.ts';

/** A value in the graph. `dims` uses the symbol 'batch' for rows. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly dims: Dims;
}
export interface Graph {
  input: (name: string, dtype: DType, dims: Dims) => Value;
  /** An initializer; `dims` defaults to [data.length]. */
  constant: (dtype: DType, data: ArrayLike<number> | readonly string[], dims?: readonly number[], hint?: string) => Value;
  /** Adds a node with one output. `domain` defaults to the ONNX one; 'ai.onnx.ml' for the ML ops. */
  op: (
    type: string,
    inputs: readonly (Value | null)[],
    output: { dtype: DType; dims: Dims },
    attributes?: Record<string, Attribute>,
    domain?: string,
  ) => Value;
  /** Adds a node with several outputs, as `op` does with one. */
  several: (
    type: string,
    inputs: readonly (Value | null)[],
    outputs: readonly { dtype: DType; dims: Dims }[],
    attributes?: Record<string, Attribute>,
    domain?: string,
  ) => Value[];
  /** Names a value as a graph output (adds Identity when needed). Throws when the name is an input's or an output's already. */
  output: (value: Value, name: string) => void;
  finish: () => GraphProto;
}
export type { Attribute, NodeProto, TensorProto, ValueInfo };

/** An empty graph. Inner names start with `~`, which keeps them apart from columns; they are made unique all the same. */
export function newGraph(name: string): Graph {
  const used = new Set<string>();
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const valueInfo: ValueInfo[] = [];
  let counter = 0;

  const fresh = (hint: string) => {
    let candidate: string;
    do candidate = `~${hint}_${counter++}`;
    while (used.has(candidate));
    used.add(candidate);
    return candidate;
  };
  const claim = (wanted: string) => {
    if (wanted === '' || used.has(wanted)) throw new Error(`the graph has a value named “${wanted}” already`);
    used.add(wanted);
  };

  const graph: Graph = {
    input: (wanted, dtype, dims) => {
      claim(wanted);
      inputs.push({ name: wanted, dtype, dims });
      return { name: wanted, dtype, dims };
    },
    constant: (dtype, data, dims = [data.length], hint = 'constant') => {
      if (dims.reduce((product, dim) => product * dim, 1) !== data.length)
        throw new Error(`${hint}: ${data.length} values do not fill [${dims}]`);
      const tensor = { name: fresh(hint), dtype, dims, data };
      initializers.push(tensor);
      return { name: tensor.name, dtype, dims };
    },
    op: (type, from, result, attributes, domain) => graph.several(type, from, [result], attributes, domain)[0],
    several: (type, from, results, attributes = {}, domain = '') => {
      const values = results.map(({ dtype, dims }): Value => ({ name: fresh(type), dtype, dims }));
      const names = from.map((input) => input?.name ?? '');
      const outputs = values.map((value) => value.name);
      nodes.push({ op: type, domain, name: `${outputs[0]}.node`, inputs: names, outputs, attributes });
      if (domain !== '') valueInfo.push(...values);
      return values;
    },
    output: (value, wanted) => {
      claim(wanted);
      nodes.push({ op: 'Identity', domain: '', name: `${wanted}.node`, inputs: [value.name], outputs: [wanted], attributes: {} });
      outputs.push({ name: wanted, dtype: value.dtype, dims: value.dims });
    },
    finish: () => ({ name, inputs, outputs, nodes, initializers, valueInfo }),
  };
  return graph;
}
