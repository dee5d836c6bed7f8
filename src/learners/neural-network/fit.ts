/** Trains a network: epochs of shuffled batches, a learning rate over time, early stopping. The arithmetic of a step is an engine's. */
import { cos } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { pacer } from '../pacer.ts';
import { batchOf, lossOn, type Prepared, prepare } from './batches.ts';
import { type FittedNetwork, firstLayers, type Layer, type Network } from './network.ts';
import { onnxruntimeTrainer } from './onnxruntime-trainer.ts';
import { batchSize, readSettings, type Settings } from './settings.ts';
import { tensorflowTrainer } from './tensorflow-trainer.ts';
import type { Trainer, TrainingSession } from './trainer.ts';
import { type Parts, partRows } from './validation.ts';

/** Engines to try, best first. The last one runs everywhere. */
export function trainersFor(settings: Settings, backend: FitRun['backend']): Trainer[] {
  const gpu = backend === 'gpu' && settings.engine !== 'onnxruntime' ? [tensorflowTrainer('webgl')] : [];
  return [...gpu, settings.engine === 'tensorflow' ? tensorflowTrainer('cpu') : onnxruntimeTrainer];
}

/** What a call of the engine costs beside its arithmetic, in the pacer's operations. */
const CALL_COST = 3e5;

function diverged(epoch: number, step: number): ProblemError {
  return new ProblemError({
    code: 'network.diverged',
    at: { param: 'learning_rate' },
    args: { epoch, step },
    message: `Training broke down in epoch ${epoch}, step ${step}: the loss is no longer a number.`,
    hint: 'Take a learning rate ten times smaller, or look for extreme values in the columns.',
  });
}

interface Outcome {
  layers: Layer[];
  epochs: number;
  curve: FittedNetwork['curve'];
}

/** The loop over epochs; answers with the weights of the best epoch (the last one without validation rows). */
async function train(
  session: TrainingSession,
  network: Network,
  data: Prepared,
  parts: Parts,
  settings: Settings,
  run: FitRun,
): Promise<Outcome> {
  const size = batchSize(settings, parts.train.length);
  const perEpoch = Math.ceil(parts.train.length / size);
  const order = parts.train.slice();
  const shuffle = run.random('shuffle');
  const masks = run.random('dropout');
  const curve: FittedNetwork['curve'] = [];
  // Without validation rows every epoch is the best so far, so that patience never runs out.
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, layers: network.layers };
  const pace = pacer(run);
  // Forward, and backward twice: once for the weights, once for the inputs.
  const work = 3 * network.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
  let epoch = 0;
  let stopped = false;
  while (epoch < settings.epochs && !stopped && epoch - best.epoch <= settings.patience) {
    epoch++;
    shuffle.shuffle(order);
    let sum = 0;
    let seen = 0;
    for (let step = 0; step < perEpoch; step++) {
      const done = (epoch - 1 + step / perEpoch) / settings.epochs;
      const rate = settings.learningRate * (settings.schedule === 'cosine' ? 0.5 * (1 + cos(Math.PI * done)) : 1);
      const rows = order.subarray(step * size, Math.min(order.length, (step + 1) * size));
      const loss = await session.step(batchOf(data, rows, settings.hidden, settings.dropout, masks), rate);
      if (!Number.isFinite(loss)) throw diverged(epoch, step + 1);
      sum += loss * rows.length;
      seen += rows.length;
      stopped = await pace(work * rows.length + CALL_COST);
      if (stopped) break;
    }
    const layers = await session.layers();
    const series: Record<string, number> = { training: sum / seen };
    const judged = parts.valid.length > 0 ? lossOn({ ...network, layers }, data, parts.valid) : 0;
    if (!Number.isFinite(judged)) throw diverged(epoch, perEpoch);
    if (parts.valid.length > 0) series['validation'] = judged;
    if (parts.valid.length === 0 || judged < best.loss) best = { loss: judged, epoch, layers };
    curve.push({ x: epoch, series });
    run.progress({
      fraction: epoch / settings.epochs,
      text: phrase('progress.epoch', 'epoch {done} of {all}', { done: epoch, all: settings.epochs }),
      point: { x: epoch, series },
    });
  }
  return { layers: best.layers, epochs: best.epoch, curve };
}

/** Puts the target's units into the last layer, so that the network answers in them. */
function inOriginalUnits(layers: Layer[], data: Prepared): void {
  const { weights, bias } = layers[layers.length - 1];
  for (let i = 0; i < weights.length; i++) weights[i] *= data.scale;
  for (let i = 0; i < bias.length; i++) bias[i] = bias[i] * data.scale + data.offset;
}

/** So low that its exponential is exactly zero beside any other class. */
const NEVER = -1e30;

/** One output for every class: the first of two stays at 0 beside the trained one, and one without learning rows gets probability zero. */
function withEveryClass(layers: Layer[], { present, loss }: Prepared, classCount: number): void {
  const last = layers[layers.length - 1];
  const weights = new Float32Array(last.inputs * classCount);
  const bias = new Float32Array(classCount).fill(NEVER);
  for (const code of present) bias[code] = 0;
  (loss === 'logistic' ? present.slice(1) : present).forEach((code, i) => {
    bias[code] = last.bias[i];
    for (let k = 0; k < last.inputs; k++) weights[k * classCount + code] = last.weights[k * last.outputs + i];
  });
  layers[layers.length - 1] = { inputs: last.inputs, outputs: classCount, weights, bias };
}

/** Fits the network. Throws Problems for bad layer lists and for a loss that stops being a number. */
export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedNetwork> {
  requireFloatTarget(data);
  const settings = readSettings(params);
  if (data.X.cols === 0) {
    throw new ProblemError({
      code: 'network.no-features',
      at: { param: 'features' },
      message: 'There is no column to learn from.',
      hint: 'Choose at least one feature column.',
    });
  }
  const parts = partRows(data, settings.validation, run.random('validation'));
  if (parts.train.length === 0) {
    throw new ProblemError({
      code: 'network.no-rows',
      message: 'There is no row to learn from: every weight is zero.',
      hint: 'Give some rows a weight above zero.',
    });
  }
  const prepared = prepare(data, parts.train);
  const sizes = [prepared.inputs, ...settings.hidden, prepared.outputs];
  const network: Network = { activation: settings.activation, layers: firstLayers(sizes, run.random('weights')) };
  const options = { loss: prepared.loss, dropout: settings.dropout > 0, weightDecay: settings.weightDecay };
  for (const trainer of trainersFor(settings, run.backend)) {
    const session = await trainer.start(network, options);
    if (!session) continue;
    try {
      const { layers, epochs, curve } = await train(session, network, prepared, parts, settings, run);
      if (data.classCount > 0) withEveryClass(layers, prepared, data.classCount);
      else inOriginalUnits(layers, prepared);
      return { activation: settings.activation, layers, engine: trainer.name, epochs, curve };
    } finally {
      await session.release();
    }
  }
  throw new ProblemError({
    code: 'network.no-engine',
    at: { param: 'engine' },
    message: 'The chosen training engine does not start in this browser.',
    hint: 'Choose another engine, or leave it to the app.',
  });
}
