/** Reads what an ONNX file says of itself — inputs, outputs, opsets, metadata, operators — without touching its weights. */
import { type PbField, readFields, readText } from './pb.ts';

/** Names of TensorProto.DataType by number; the six we compute with bear the names of `DType`. */
const TYPE_NAMES: Record<number, string> = {
  1: 'float',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'double',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
};

export interface HeaderValue {
  name: string;
  /** Element type, `sequence`, `map` or `unknown`. */
  dtype: string;
  /** '' = a dimension without name or number; null = no shape given. */
  dims: (number | string)[] | null;
}
export interface Header {
  irVersion: number;
  producer: string;
  /** Versions by domain; '' is ONNX's own. */
  opsets: Record<string, number>;
  metadata: Record<string, string>;
  /** Without those that are only initializers (files before IR 4 list them as inputs). */
  inputs: HeaderValue[];
  outputs: HeaderValue[];
  /** Distinct, sorted; `domain.Op` outside ONNX's own domain. */
  operators: string[];
  nodeCount: number;
}

/** What a node says without its attributes' contents. */
export interface NodeSummary {
  op: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: PbField[];
}

export function readNode(bytes: Uint8Array): NodeSummary {
  const node: NodeSummary = { op: '', domain: '', inputs: [], outputs: [], attributes: [] };
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) node.inputs.push(readText(entry));
    else if (entry.field === 2) node.outputs.push(readText(entry));
    else if (entry.field === 4) node.op = readText(entry);
    else if (entry.field === 5) node.attributes.push(entry);
    else if (entry.field === 7) node.domain = readText(entry);
  }
  if (node.domain === 'ai.onnx') node.domain = '';
  return node;
}

export const operatorName = (node: NodeSummary): string => (node.domain === '' ? node.op : `${node.domain}.${node.op}`);

function readTensorType(bytes: Uint8Array): Pick<HeaderValue, 'dtype' | 'dims'> {
  let dtype = 'unknown';
  let dims: (number | string)[] | null = null;
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) dtype = TYPE_NAMES[entry.value] ?? 'unknown';
    if (entry.field !== 2) continue;
    dims = [];
    for (const dim of readFields(entry.bytes)) {
      if (dim.field !== 1) continue;
      let size: number | string = '';
      for (const part of readFields(dim.bytes)) {
        if (part.field === 1) size = part.value;
        if (part.field === 2) size = readText(part);
      }
      dims.push(size);
    }
  }
  return { dtype, dims };
}

export function readValueInfo(bytes: Uint8Array): HeaderValue {
  const value: HeaderValue = { name: '', dtype: 'unknown', dims: null };
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) value.name = readText(entry);
    if (entry.field !== 2) continue;
    for (const kind of readFields(entry.bytes)) {
      if (kind.field === 1) Object.assign(value, readTensorType(kind.bytes));
      else if (kind.field === 4) value.dtype = 'sequence';
      else if (kind.field === 5) value.dtype = 'map';
    }
  }
  return value;
}

/** Two-part records: operator sets (name, version) and metadata (key, value). */
export function readPair(bytes: Uint8Array): { key: string; text: string; number: number } {
  const pair = { key: '', text: '', number: 0 };
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) pair.key = readText(entry);
    if (entry.field === 2) {
      pair.number = entry.value;
      pair.text = readText(entry);
    }
  }
  return pair;
}

export function tensorName(bytes: Uint8Array): string {
  for (const entry of readFields(bytes)) if (entry.field === 8) return readText(entry);
  return '';
}

/** Throws a Problem when the bytes are damaged; an empty graph reads as no inputs. */
export function readHeader(bytes: Uint8Array): Header {
  const header: Header = { irVersion: 0, producer: '', opsets: {}, metadata: {}, inputs: [], outputs: [], operators: [], nodeCount: 0 };
  const operators = new Set<string>();
  const initialized = new Set<string>();
  for (const entry of readFields(bytes)) {
    if (entry.field === 1) header.irVersion = entry.value;
    else if (entry.field === 2) header.producer = readText(entry);
    else if (entry.field === 3 && entry.bytes.length > 0) header.producer += ` ${readText(entry)}`;
    else if (entry.field === 8) {
      const { key, number } = readPair(entry.bytes);
      header.opsets[key === 'ai.onnx' ? '' : key] = number;
    } else if (entry.field === 14) {
      const { key, text } = readPair(entry.bytes);
      header.metadata[key] = text;
    } else if (entry.field === 7) {
      for (const part of readFields(entry.bytes)) {
        if (part.field === 1) {
          operators.add(operatorName(readNode(part.bytes)));
          header.nodeCount++;
        } else if (part.field === 5) initialized.add(tensorName(part.bytes));
        else if (part.field === 11) header.inputs.push(readValueInfo(part.bytes));
        else if (part.field === 12) header.outputs.push(readValueInfo(part.bytes));
      }
    }
  }
  header.inputs = header.inputs.filter((input) => !initialized.has(input.name));
  header.operators = [...operators].sort();
  return header;
}
