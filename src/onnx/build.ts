/** Builds one ONNX graph value by value: unique names, typed handles, shapes on every ai.onnx.ml output. Knows no learner. */
import type { Attribute, GraphProto, NodeProto, TensorProto, ValueInfo } from './proto.ts';

export type DType = 'float' | 'double' | 'int32' | 'int64' | 'string' | 'bool';
export type Dims = readonly (number | string)[];
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
  /** Names a value as a graph output (adds Identity when needed). */
  output: (value: Value, name: string) => void;
  finish: () => GraphProto;
}
export type { Attribute, NodeProto, TensorProto, ValueInfo };
