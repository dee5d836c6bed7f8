/** The one door to onnxruntime: sessions from bytes, runs on plain arrays. Loaded on first use; one thread everywhere. */
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { ProblemError } from '../base/problem.ts';
import type { DType } from './proto.ts';

/** A tensor as plain data. int64 travels as numbers; bool as 0 and 1; strings as a list. */
export interface Feed {
  dtype: DType;
  dims: readonly number[];
  data: ArrayLike<number> | readonly string[];
}
export interface Answer {
  dtype: DType;
  dims: readonly number[];
  data: Float32Array | Float64Array | Int32Array | Uint8Array | readonly string[];
}
export interface Session {
  inputs: readonly string[];
  outputs: readonly string[];
  /** Feeds by input name → answers by output name (all outputs unless named). */
  run: (feeds: Record<string, Feed>, outputs?: readonly string[]) => Promise<Record<string, Answer>>;
  release: () => Promise<void>;
}

/** Rows per call: as fast as one call for all of them, with bounded memory. */
export const CHUNK_ROWS = 10_000;

/** A failure comes back as a Problem; the runtime need not print it as well. */
const QUIET = { logSeverityLevel: 4 } as const;

type Runtime = typeof import('onnxruntime-web/wasm');
let runtime: Promise<Runtime> | undefined;

/** More than one thread hangs in workers and changes the order of sums, so never more than one. */
async function loadRuntime(): Promise<Runtime> {
  runtime ??= import('onnxruntime-web/wasm').then((ort) => {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    ort.env.logLevel = 'fatal';
    return ort;
  });
  return runtime;
}

let turn: Promise<unknown> = Promise.resolve();
/** The runtime's wasm is not reentrant: two steps in one worker take turns, whole call by whole call. */
function inTurn<T>(call: () => Promise<T>): Promise<T> {
  const result = turn.then(call, call);
  turn = result;
  return result;
}

/** "onnxruntime-web 1.30.0". */
export async function runtimeVersion(): Promise<string> {
  const ort = await loadRuntime();
  return `onnxruntime-web ${ort.env.versions.common}`;
}

function toTensor(ort: Runtime, feed: Feed): Tensor {
  const { data, dims } = feed;
  switch (feed.dtype) {
    case 'string':
      return new ort.Tensor('string', [...(data as readonly string[])], dims);
    case 'double':
      return new ort.Tensor('float64', data instanceof Float64Array ? data : Float64Array.from(data as ArrayLike<number>), dims);
    case 'float':
      return new ort.Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>), dims);
    case 'int32':
      return new ort.Tensor('int32', data instanceof Int32Array ? data : Int32Array.from(data as ArrayLike<number>), dims);
    case 'bool':
      return new ort.Tensor('bool', Uint8Array.from(data as ArrayLike<number>), dims);
    case 'int64':
      return new ort.Tensor(
        'int64',
        BigInt64Array.from(data as ArrayLike<number> as number[], (value) => BigInt(value)),
        dims,
      );
  }
}

function toAnswer(name: string, tensor: Tensor): Answer {
  const dims = tensor.dims;
  switch (tensor.type) {
    case 'string':
      return { dtype: 'string', dims, data: [...(tensor.data as string[])] };
    case 'float64':
      return { dtype: 'double', dims, data: (tensor.data as Float64Array).slice() };
    case 'float32':
      return { dtype: 'float', dims, data: (tensor.data as Float32Array).slice() };
    case 'int32':
      return { dtype: 'int32', dims, data: (tensor.data as Int32Array).slice() };
    case 'bool':
      return { dtype: 'bool', dims, data: (tensor.data as Uint8Array).slice() };
    case 'int64':
      return { dtype: 'int64', dims, data: Float64Array.from(tensor.data as BigInt64Array as never, Number) };
    default:
      throw new ProblemError({
        code: 'onnx.output-type',
        args: { name, type: tensor.type },
        message: `The model's output “${name}” is of the type ${tensor.type}, which cannot be read here.`,
        hint: 'Export the model with outputs of numbers, whole numbers or strings.',
      });
  }
}

const refused = (action: string, error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  return new ProblemError({
    code: 'onnx.runtime',
    args: { text },
    message: `onnxruntime could not ${action} this model: ${text.split('\n')[0]}`,
    hint: 'The details name the operator and the input; compare the names and types of the inputs with the model.',
    details: text,
  });
};

/** Opens a model. Run `check.ts` first on bytes that others made. Release it after use: wasm memory is not collected. */
export async function createSession(bytes: Uint8Array): Promise<Session> {
  const ort = await loadRuntime();
  let session: InferenceSession;
  try {
    session = await inTurn(() => ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], ...QUIET }));
  } catch (error) {
    throw refused('open', error);
  }
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds, outputs) => {
      const tensors = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, toTensor(ort, feed)]));
      let results: InferenceSession.OnnxValueMapType;
      try {
        results = await inTurn(() => session.run(tensors, outputs ?? session.outputNames, QUIET));
      } catch (error) {
        throw refused('run', error);
      } finally {
        for (const tensor of Object.values(tensors)) tensor.dispose();
      }
      const answers: Record<string, Answer> = {};
      for (const [name, value] of Object.entries(results)) {
        answers[name] = toAnswer(name, value as Tensor);
        value.dispose();
      }
      return answers;
    },
    release: () => inTurn(() => session.release()),
  };
}

/** Rows [from, to) of a feed whose first dimension is rows. */
function sliceRows(feed: Feed, from: number, to: number): Feed {
  const width = feed.dims.slice(1).reduce((product, dim) => product * dim, 1);
  const data = feed.data as { slice: (from: number, to: number) => Feed['data'] };
  return { dtype: feed.dtype, dims: [to - from, ...feed.dims.slice(1)], data: data.slice(from * width, to * width) };
}

function joinRows(parts: readonly Answer[]): Answer {
  if (parts.length === 1) return parts[0];
  const rows = parts.reduce((sum, part) => sum + part.dims[0], 0);
  const dims = [rows, ...parts[0].dims.slice(1)];
  const first = parts[0].data;
  if (!ArrayBuffer.isView(first)) return { dtype: parts[0].dtype, dims, data: parts.flatMap((part) => part.data as string[]) };
  const size = parts.reduce((sum, part) => sum + part.data.length, 0);
  const joined = new (first.constructor as new (size: number) => Float64Array)(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part.data as Float64Array, at);
    at += part.data.length;
  }
  return { dtype: parts[0].dtype, dims, data: joined };
}

/** Runs a session whose inputs all have one row per record, `CHUNK_ROWS` rows at a time; outputs are joined by rows. */
export async function runSession(
  session: Session,
  feeds: Record<string, Feed>,
  outputs?: readonly string[],
): Promise<Record<string, Answer>> {
  const rows = Object.values(feeds)[0]?.dims[0] ?? 0;
  if (rows <= CHUNK_ROWS) return session.run(feeds, outputs);
  const parts: Record<string, Answer>[] = [];
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const chunk = Object.entries(feeds).map(([name, feed]) => [name, sliceRows(feed, from, Math.min(rows, from + CHUNK_ROWS))]);
    parts.push(await session.run(Object.fromEntries(chunk), outputs));
  }
  return Object.fromEntries(Object.keys(parts[0]).map((name) => [name, joinRows(parts.map((part) => part[name]))]));
}
