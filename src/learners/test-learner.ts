/** For tests: made-up learning sets, a fit with default parameters, and the lowered graph run by onnxruntime. */
import type { Digest } from '../base/hash.ts';
import { hashArrays, hashJson } from '../base/hash.ts';
import { stream } from '../base/random.ts';
import type { Entry, Kind } from '../kind/kind.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession, runSession } from '../onnx/session.ts';
import type { FitRun, LearnerCode, Matrix, Prediction, Training } from '../recipe/model.ts';

export interface MadeUp {
  rows: number;
  cols?: number;
  /** 0 = numbers. */
  classes: number;
  /** Share of cells that are NaN; only for learners that take them. */
  missing?: number;
  seed?: string;
}

/** Signal in the first two features, noise in the others; values with few decimals, so that ties occur. */
export function madeUp(code: LearnerCode, { rows, cols = 4, classes, missing = 0, seed = 'a' }: MadeUp): Training {
  const random = stream('learner test', seed);
  const values = new Float64Array(rows * cols);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) values[i * cols + j] = Math.round(random.normal() * 20) / 20;
    const signal = (values[i * cols] || 0) + 0.7 * (values[i * cols + 1] || 0) + 0.5 * random.normal();
    y[i] = classes === 0 ? 10 + 3 * signal : Math.min(classes - 1, Math.max(0, Math.floor(((signal + 1.5) / 3) * classes)));
  }
  if (code.featuriser.numbers === 'native' && missing > 0) {
    for (let i = 0; i < values.length; i++) if (random.below(1000) < missing * 1000) values[i] = Number.NaN;
  }
  return {
    X: { rows, cols, values: code.featuriser.precision === 'float32' ? Float32Array.from(values) : values },
    y,
    classCount: classes,
    featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
  };
}

export const quietRun = (seed = 's', more: Partial<FitRun> = {}): FitRun => ({
  random: (purpose) => stream('learner run', seed, purpose),
  progress: () => undefined,
  stopRequested: () => false,
  backend: 'cpu',
  ...more,
});

/** Fits with the kind's defaults, some of them changed. */
export const fitWith = (kind: Kind, code: LearnerCode, data: Training, params: ParamValues = {}, run = quietRun()): Promise<unknown> =>
  code.fit(data, { ...defaults(kind.params), ...params }, run);

/** Settings beside the defaults under which a learner is another one and must keep the contract too. */
const VARIANTS: Record<string, readonly ParamValues[]> = {
  'learn.linear': [{ penalty: 'lasso' }, { penalty: 'elastic-net' }],
  'learn.logistic': [{ penalty: 'l1' }],
};
/** These learn amounts and counts only. */
const NEVER_NEGATIVE = new Set(['learn.poisson']);
/** Each learner with its defaults and with its variants, and what makes a target one that it takes. */
export async function learnersToTest(registry: readonly Entry<LearnerCode>[]) {
  const loaded = await Promise.all(registry.map(async ({ kind, load }) => ({ kind, code: await load() })));
  return loaded.flatMap(({ kind, code }) =>
    [{}, ...(VARIANTS[kind.id] ?? [])].map((params) => ({
      kind,
      code,
      params,
      name: [kind.id, ...Object.values(params)].join(', '),
      fitting: (y: Float64Array) => (NEVER_NEGATIVE.has(kind.id) ? y.map(Math.abs) : y),
    })),
  );
}

export const tasksOf = (code: LearnerCode) => code.tasks ?? ['classify', 'regress'];

/** The numbers of a prediction, whichever it holds. */
export const numbersIn = (prediction: Prediction): Float64Array => prediction.probabilities ?? prediction.values ?? new Float64Array();

export const predictionDigest = (prediction: Prediction): Digest => hashArrays(numbersIn(prediction));
/** Digest of plain data with typed arrays in it. */
export const fittedDigest = (fitted: unknown): Digest =>
  hashJson(JSON.parse(JSON.stringify(fitted, (_, value) => (ArrayBuffer.isView(value) ? hashArrays(value) : value))));

/** What onnxruntime answers for the matrix, row-major; throws when the learner cannot be lowered. */
export async function answerOfGraph(code: LearnerCode, fitted: unknown, X: Matrix, classCount: number): Promise<Float32Array> {
  const dtype = code.featuriser.precision === 'float32' ? 'float' : 'double';
  const graph = newGraph('learner');
  const out = code.lower(graph, graph.input('X', dtype, ['batch', X.cols]), fitted, classCount);
  if ('code' in out) throw new Error(out.message);
  graph.output(out, 'answer');
  const session = await createSession(encodeModel(graph.finish()));
  try {
    const { answer } = await runSession(session, { X: { dtype, dims: [X.rows, X.cols], data: X.values } });
    return answer.data as Float32Array;
  } finally {
    await session.release();
  }
}

/** Index of the first largest entry of each row. */
export function labelsOf(probabilities: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: probabilities.length / classes }, (_, i) => {
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[i * classes + k] > probabilities[i * classes + best]) best = k;
    return best;
  });
}
