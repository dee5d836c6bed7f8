/** ONNX protobuf records as plain types. `encode.ts` writes them; `header.ts` reads files without these records. */

export type DType = 'float' | 'double' | 'int32' | 'int64' | 'string' | 'bool';
export type Dims = readonly (number | string)[];
export type Attribute =
  | { type: 'float'; value: number }
  | { type: 'int'; value: number }
  | { type: 'string'; value: string }
  | { type: 'floats'; value: ArrayLike<number> }
  | { type: 'ints'; value: ArrayLike<number> }
  | { type: 'strings'; value: readonly string[] }
  | { type: 'tensor'; value: TensorProto };
export interface TensorProto {
  name?: string;
  dtype: DType;
  dims: readonly number[];
  data: ArrayLike<number> | readonly string[];
}
export interface NodeProto {
  op: string;
  domain: string;
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Record<string, Attribute>;
}
export interface ValueInfo {
  name: string;
  dtype: DType;
  dims: Dims;
}
export interface GraphProto {
  name: string;
  inputs: readonly ValueInfo[];
  outputs: readonly ValueInfo[];
  nodes: readonly NodeProto[];
  initializers: readonly TensorProto[];
  valueInfo: readonly ValueInfo[];
}
