/** Writes a graph as an ONNX file (IR 8, opset 17, ai.onnx.ml 3). Field numbers after onnx.proto3 of ONNX 1.12. */
import { utf8 } from '../base/bytes.ts';
import { PbWriter } from './pb.ts';
import type { Attribute, DType, GraphProto, NodeProto, TensorProto, ValueInfo } from './proto.ts';

export const IR_VERSION = 8;
/** Operator-set versions by domain; a file imports those it uses. */
export const OPSETS: Record<string, number> = { '': 17, 'ai.onnx.ml': 3, 'com.microsoft': 1 };
/** TensorProto.DataType. */
export const DATA_TYPES: Record<DType, number> = { float: 1, int32: 6, int64: 7, string: 8, bool: 9, double: 11 };
const ATTRIBUTE_TYPES: Record<Attribute['type'], number> = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 };

/** Little-endian bytes of tensor data, 1 (bool), 4 or 8 bytes per element. */
function rawData(dtype: DType, data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(data.length * (dtype === 'bool' ? 1 : dtype === 'double' || dtype === 'int64' ? 8 : 4));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) {
    if (dtype === 'float') view.setFloat32(i * 4, data[i], true);
    else if (dtype === 'double') view.setFloat64(i * 8, data[i], true);
    else if (dtype === 'int32') view.setInt32(i * 4, data[i], true);
    else if (dtype === 'bool') bytes[i] = data[i] ? 1 : 0;
    else {
      view.setUint32(i * 8, data[i] >>> 0, true);
      view.setInt32(i * 8 + 4, Math.floor(data[i] / 0x100000000), true);
    }
  }
  return bytes;
}

function writeTensor(w: PbWriter, tensor: TensorProto): void {
  if (tensor.dims.length > 0) w.packedInts(1, tensor.dims);
  w.int(2, DATA_TYPES[tensor.dtype]);
  if (tensor.dtype === 'string') for (const item of tensor.data as readonly string[]) w.text(6, item);
  if (tensor.name !== undefined) w.text(8, tensor.name);
  if (tensor.dtype !== 'string') w.bytes(9, rawData(tensor.dtype, tensor.data as ArrayLike<number>));
}

function writeAttribute(w: PbWriter, name: string, attribute: Attribute): void {
  w.text(1, name);
  switch (attribute.type) {
    case 'float':
      w.float(2, attribute.value);
      break;
    case 'int':
      w.int(3, attribute.value);
      break;
    case 'string':
      w.text(4, attribute.value);
      break;
    case 'tensor':
      w.message(5, () => writeTensor(w, attribute.value));
      break;
    case 'floats':
      w.packedFloats(7, attribute.value);
      break;
    case 'ints':
      w.packedInts(8, attribute.value);
      break;
    case 'strings':
      for (const item of attribute.value) w.bytes(9, utf8(item));
  }
  w.int(20, ATTRIBUTE_TYPES[attribute.type]);
}

function writeNode(w: PbWriter, node: NodeProto): void {
  for (const name of node.inputs) w.text(1, name);
  for (const name of node.outputs) w.text(2, name);
  w.text(3, node.name);
  w.text(4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) w.message(5, () => writeAttribute(w, name, attribute));
  if (node.domain !== '') w.text(7, node.domain);
}

/** Name, element type and shape; strings in `dims` are named dimensions. */
export function writeValueInfo(w: PbWriter, info: ValueInfo): void {
  w.text(1, info.name);
  w.message(2, () =>
    w.message(1, () => {
      w.int(1, DATA_TYPES[info.dtype]);
      w.message(2, () => {
        for (const dim of info.dims) w.message(1, () => (typeof dim === 'number' ? w.int(1, dim) : w.text(2, dim)));
      });
    }),
  );
}

export interface ModelHead {
  /** Name and version of the program that wrote the file. */
  producer?: { name: string; version: string };
  metadata?: Record<string, string>;
}

export function writeMetadata(w: PbWriter, metadata: Record<string, string>): void {
  for (const [key, value] of Object.entries(metadata)) {
    w.message(14, () => {
      w.text(1, key);
      w.text(2, value);
    });
  }
}

/** The whole file. */
export function encodeModel(graph: GraphProto, head: ModelHead = {}): Uint8Array<ArrayBuffer> {
  const w = new PbWriter();
  w.int(1, IR_VERSION);
  w.text(2, head.producer?.name ?? 'millrace');
  if (head.producer) w.text(3, head.producer.version);
  w.message(7, () => {
    for (const node of graph.nodes) w.message(1, () => writeNode(w, node));
    w.text(2, graph.name);
    for (const tensor of graph.initializers) w.message(5, () => writeTensor(w, tensor));
    for (const info of graph.inputs) w.message(11, () => writeValueInfo(w, info));
    for (const info of graph.outputs) w.message(12, () => writeValueInfo(w, info));
    for (const info of graph.valueInfo) w.message(13, () => writeValueInfo(w, info));
  });
  for (const domain of new Set(['', ...graph.nodes.map((node) => node.domain)])) {
    w.message(8, () => {
      w.text(1, domain);
      w.int(2, OPSETS[domain]);
    });
  }
  writeMetadata(w, head.metadata ?? {});
  return w.finish();
}
