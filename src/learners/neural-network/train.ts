/** Training itself: epochs of shuffled batches, a learning rate over time, early stopping, and going on elsewhere when a device is lost. */
import { cos } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { TrainerOptions, TrainingState } from '../../kernels/door.ts';
import type { FitRun } from '../../recipe/model.ts';
import { pacer } from '../pacer.ts';
import { batcher, type Prepared } from './batches.ts';
import type { FittedNetwork } from './network.ts';
import type { Settings } from './settings.ts';
import { DeviceLost, type Trainer, type TrainingSession } from './trainer.ts';
import type { Parts } from './validation.ts';

interface Best {
  loss: number;
  epoch: number;
  state: TrainingState;
}
/** How far training has come: all of it stands at the end of an epoch, so that it can go on from here on any engine. */
export interface Course {
  epoch: number;
  state: TrainingState;
  /** Without validation rows every epoch is the best so far, so that patience never runs out. */
  best: Best;
  /** By each half of the validation rows alone, where they are halved. */
  halves: Best[];
  curve: FittedNetwork['curve'];
  /** The engine that took the last step. */
  engine: string;
  /** Engines whose device was lost on the way. */
  lost: string[];
}
export interface Task {
  data: Prepared;
  parts: Parts;
  settings: Settings;
  options: TrainerOptions;
  run: FitRun;
}

function diverged(epoch: number, step: number): ProblemError {
  return new ProblemError({
    code: 'network.diverged',
    at: { param: 'learning_rate' },
    args: { epoch, step },
    message: `Training broke down in epoch ${epoch}, step ${step}: the loss is no longer a number.`,
    hint: 'Take a learning rate ten times smaller, or look for extreme values in the columns.',
  });
}
const allFinite = ({ layers }: TrainingState) =>
  layers.every(({ weights, bias }) => weights.values.every(Number.isFinite) && bias.values.every(Number.isFinite));

/** Loss summed over `rows`, weighted, in pieces of a batch's size; and the sum of the weights. */
async function lossOver(session: TrainingSession, { data }: Task, rows: Int32Array, batchOf: ReturnType<typeof batcher>, size: number) {
  let sum = 0;
  let total = 0;
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.subarray(from, from + size);
    const weight = part.reduce((all, row) => all + data.weight[row], 0);
    sum += weight * (await session.loss(batchOf(part)));
    total += weight;
  }
  return { sum, total };
}
const meanOf = (parts: readonly { sum: number; total: number }[]): number => {
  const total = parts.reduce((all, part) => all + part.total, 0);
  return total > 0 ? parts.reduce((all, part) => all + part.sum, 0) / total : 0;
};

/** Goes on from where `course` stands until training ends. */
async function follow(course: Course, session: TrainingSession, costOf: (rows: number) => number, task: Task): Promise<void> {
  const { data, parts, settings, options, run } = task;
  const size = options.rows;
  const perEpoch = Math.ceil(parts.train.length / size);
  const order = parts.train.slice();
  // After a lost device the rest is drawn anew.
  const random = (purpose: string) => run.random(course.epoch === 0 ? purpose : `${purpose} from ${course.epoch}`);
  const shuffle = random('shuffle');
  const batchOf = batcher(data, size);
  const dropout = { hidden: settings.hidden, rate: settings.dropout, random: random('dropout') };
  const pace = pacer(run);
  let stopped = false;
  while (course.epoch < settings.epochs && !stopped && course.epoch - course.best.epoch <= settings.patience) {
    const epoch = course.epoch + 1;
    shuffle.shuffle(order);
    let sum = 0;
    let seen = 0;
    for (let step = 0; step < perEpoch; step++) {
      const done = (epoch - 1 + step / perEpoch) / settings.epochs;
      const rate = settings.learningRate * (settings.schedule === 'cosine' ? 0.5 * (1 + cos(Math.PI * done)) : 1);
      const rows = order.subarray(step * size, Math.min(order.length, (step + 1) * size));
      const loss = await session.step(batchOf(rows, dropout), rate);
      if (!Number.isFinite(loss)) throw diverged(epoch, step + 1);
      sum += loss * rows.length;
      seen += rows.length;
      stopped = await pace(costOf(rows.length));
      if (stopped) break;
    }
    const losses = [];
    for (const rows of parts.halves ?? [parts.valid]) losses.push(await lossOver(session, task, rows, batchOf, size));
    const judged = meanOf(losses);
    const state = await session.state();
    if (!Number.isFinite(judged) || !allFinite(state)) throw diverged(epoch, perEpoch);
    const series: Record<string, number> = { training: sum / seen };
    if (parts.valid.length > 0) series['validation'] = judged;
    course.epoch = epoch;
    course.state = state;
    if (parts.valid.length === 0 || judged < course.best.loss) course.best = { loss: judged, epoch, state };
    if (parts.halves)
      losses.forEach((part, half) => {
        const loss = meanOf([part]);
        if (loss < (course.halves[half]?.loss ?? Number.POSITIVE_INFINITY)) course.halves[half] = { loss, epoch, state };
      });
    course.curve.push({ x: epoch, series });
    run.progress({
      fraction: epoch / settings.epochs,
      text: phrase('progress.epoch', 'epoch {done} of {all}', { done: epoch, all: settings.epochs }),
      point: { x: epoch, series },
    });
  }
}

/** Trains on the first of the engines that starts; where it loses its device, the next one goes on from the last whole epoch. */
export async function train(trainers: readonly Trainer[], state: TrainingState, task: Task): Promise<Course> {
  const course: Course = {
    epoch: 0,
    state,
    best: { loss: Number.POSITIVE_INFINITY, epoch: 0, state },
    halves: [],
    curve: [],
    engine: '',
    lost: [],
  };
  // Forward, and backward twice: once for the weights, once for the inputs.
  const perRow = 3 * state.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  for (const trainer of trainers) {
    const session = await trainer.start(course.state, task.options);
    if (!session) continue;
    course.engine = trainer.name;
    try {
      const { call, product } = trainer.cost;
      await follow(course, session, (rows) => call + rows * perRow * product, task);
      return course;
    } catch (error) {
      if (!(error instanceof DeviceLost)) throw error;
      course.lost.push(trainer.name);
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
