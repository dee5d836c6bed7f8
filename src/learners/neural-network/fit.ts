/** Fits a network: rows parted and prepared, an engine chosen, training, and the result in the target's own units and classes. */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { TrainingState } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { batcher, type Prepared, prepare } from './batches.ts';
import { chooseEngine } from './engines.ts';
import type { FittedNetwork, Layer } from './network.ts';
import { batchSize, readSettings } from './settings.ts';
import { firstState, layersOf } from './state.ts';
import { type Task, train } from './train.ts';
import { partRows } from './validation.ts';

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
export async function fit(given: Training, params: ParamValues, run: FitRun): Promise<FittedNetwork> {
  requireFloatTarget(given);
  const settings = readSettings(params);
  if (given.X.cols === 0) {
    throw new ProblemError({
      code: 'network.no-features',
      at: { param: 'features' },
      message: 'There is no column to learn from.',
      hint: 'Choose at least one feature column.',
    });
  }
  const data: Training = { ...given, weight: rowWeights(given, params.class_weight === 'balanced') };
  const parts = partRows(data, settings.validation, run.random('validation'));
  if (parts.train.length === 0) {
    throw new ProblemError({
      code: 'network.no-rows',
      message: 'There is no row to learn from: every weight is zero.',
      hint: 'Give some rows a weight above zero.',
    });
  }
  const prepared = prepare(data, parts.train);
  const { activation, hidden, dropout, weightDecay, batchNorm } = settings;
  const rows = batchSize(settings, parts.train.length);
  const options = { activation, loss: prepared.loss, dropout: dropout > 0, weightDecay, rows };
  const state = firstState([prepared.inputs, ...hidden, prepared.outputs], run.random('weights'), batchNorm);
  const masks = { hidden, rate: dropout, random: run.random('trial') };
  const batchOf = batcher(prepared, rows);
  const { trainers, why } = await chooseEngine(settings.engine, run.backend, {
    state,
    options,
    batch: () => batchOf(parts.train.subarray(0, rows), masks),
    steps: settings.epochs * Math.ceil(parts.train.length / rows),
  });
  const task: Task = { data: prepared, parts, settings, options, run };
  const course = await train(trainers, state, task);
  const finished = (of: TrainingState): Layer[] => {
    const layers = layersOf(of);
    if (data.classCount > 0) withEveryClass(layers, prepared, data.classCount);
    else inOriginalUnits(layers, prepared);
    return layers;
  };
  const chosen =
    course.lost.length === 0
      ? why
      : phrase('network.engine-lost', 'Trained by {engine} after {lost} was lost: it went on from the last whole epoch.', {
          engine: course.engine,
          lost: course.lost.join(', '),
        });
  return {
    activation,
    layers: finished(course.best.state),
    engine: course.engine,
    chosen,
    epochs: course.best.epoch,
    curve: course.curve,
    ...(course.halves.length > 0 ? { halves: course.halves.map((best) => finished(best.state)) } : {}),
  };
}
