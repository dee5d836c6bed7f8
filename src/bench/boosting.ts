/**
 * Gradient boosting, 100 trees of 31 leaves from raw float32 rows, binning included; and its prediction beside onnxruntime-web. With
 * `npm run conformance:speed` scikit-learn and LightGBM join, one thread each.
 */
import { stream } from '../base/random.ts';
import { forgetPeak, kernelMemory } from '../kernels/space.ts';
import { defaults } from '../kind/params.ts';
import type { FittedBoosting } from '../learners/boosting/fit.ts';
import { boosting } from '../learners/boosting/kind.ts';
import * as code from '../learners/boosting/learner.ts';
import { aucOfClass, classColumn } from '../metrics/probability.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession, runSession } from '../onnx/session.ts';
import type { Training } from '../recipe/model.ts';
import { type BoostingRows, boostingRows } from './boosting-data.ts';
import { boostingPeers } from './boosting-peers.ts';
import { asked, type Candidate, cpuMs, measure, printTimings } from './measure.ts';

const SIZES: readonly [number, number][] = [
  [500, 28],
  [20_000, 100],
  [100_000, 28],
  [1_000_000, 28],
];
const TEST_ROWS = 20_000;
const ROUNDS = 7;
const FIT_RUN = { progress: () => undefined, stopRequested: () => false, backend: 'cpu' as const };

const fit = ({ X, y }: BoostingRows): Promise<FittedBoosting> => {
  const data: Training = { X, y, classCount: 2, featureNames: Array.from({ length: X.cols }, (_, j) => `x${j}`) };
  return code.fit(data, defaults(boosting.params), { ...FIT_RUN, random: (purpose) => stream('bench', purpose) });
};

async function fitting(rows: number, cols: number): Promise<void> {
  const train = boostingRows(rows, cols, 'train');
  const test = boostingRows(TEST_ROWS, cols, 'test');
  // Small fits are repeated, so that the clock can tell.
  const times = rows < 5000 ? 10 : 1;
  forgetPeak();
  const fitted = await fit(train);
  const peak = kernelMemory().peak / 1e6;
  const peers = await boostingPeers(train, test);
  try {
    const candidates: Candidate[] = [{ name: 'millrace', once: () => cpuMs(times, () => fit(train)) }];
    if (peers) candidates.push(asked(peers.process, 'fit scikit-learn'), asked(peers.process, 'fit LightGBM'));
    const timings = await measure(candidates, ROUNDS);
    const found = code.predict(fitted, test.X, 2).probabilities!;
    const own = `AUC on ${TEST_ROWS} new rows: millrace ${aucOfClass(test.y, classColumn(found, 2, 1), 1).toFixed(5)}`;
    const others = await Promise.all(
      ['scikit-learn', 'LightGBM'].map(async (name) => [name, await peers?.process.ask(`auc ${name}`)] as const),
    );
    const aucs = others.flatMap(([name, answer]) => (answer?.auc === undefined ? [] : [`${name} ${answer.auc.toFixed(5)}`]));
    const memory = `kernel memory at most ${peak.toFixed(1)} MB; codes of one byte per cell are ${((rows * cols) / 1e6).toFixed(1)} MB`;
    printTimings(`boosting fit, ${rows.toLocaleString('en')} × ${cols}`, timings, [[own, ...aucs].join(', '), memory]);
  } finally {
    await peers?.close();
  }
}

async function predicting(rows: number): Promise<void> {
  const cols = 28;
  const train = boostingRows(50_000, cols, 'train');
  const many = boostingRows(rows, cols, 'many');
  const fitted = await fit(train);
  const graph = newGraph('bench');
  const out = code.lower(graph, graph.input('X', 'float', ['batch', cols]), fitted, 2);
  graph.output(out, 'answer');
  const session = await createSession(encodeModel(graph.finish()));
  const feed = { X: { dtype: 'float' as const, dims: [rows, cols], data: many.X.values } };
  const peers = await boostingPeers(train, many);
  try {
    const candidates: Candidate[] = [
      { name: 'millrace', once: () => cpuMs(1, () => code.predict(fitted, many.X, 2)) },
      { name: 'onnxruntime-web', once: () => cpuMs(1, () => runSession(session, feed)) },
    ];
    if (peers) candidates.push(asked(peers.process, 'predict scikit-learn'), asked(peers.process, 'predict LightGBM'));
    printTimings(`boosting prediction, ${rows.toLocaleString('en')} × ${cols}`, await measure(candidates, ROUNDS), []);
  } finally {
    await peers?.close();
    await session.release();
  }
}

export async function boostingArea(rows: number): Promise<void> {
  for (const [n, cols] of SIZES) if (n <= rows) await fitting(n, cols);
  await predicting(rows);
}
