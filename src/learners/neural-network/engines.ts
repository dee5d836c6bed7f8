/** Which engine trains: the CPU's, unless a graphics card was chosen for the node and a short trial shows that it is faster. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { Batch, TrainerOptions, TrainingState } from '../../kernels/door.ts';
import type { FitRun } from '../../recipe/model.ts';
import { kernelTrainer } from './kernel-trainer.ts';
import { onnxruntimeTrainer } from './onnxruntime-trainer.ts';
import type { EngineChoice } from './settings.ts';
import { tensorflowTrainer } from './tensorflow-trainer.ts';
import { DeviceLost, type Trainer } from './trainer.ts';

export interface Choice {
  /** To be tried in this order. */
  trainers: Trainer[];
  why: Phrase;
}
/** What a trial may use: training as it will be, and how many steps all of it takes at most. */
export interface Trial {
  state: TrainingState;
  options: TrainerOptions;
  batch: () => Batch;
  steps: number;
}

/** Steps before the clock starts: compiling, first uploads. */
const WARM_STEPS = 3;
const TIMED_STEPS = 5;
/** Training that the CPU ends in this time is over before a graphics card has compiled its programs. */
const SHORT_MS = 3000;

/** Milliseconds per step, or undefined where the engine does not start or loses its device. Its steps are thrown away. */
async function timeOf(trainer: Trainer, { state, options, batch }: Trial, now: () => number): Promise<number | undefined> {
  const session = await trainer.start(state, options);
  if (!session) return undefined;
  try {
    for (let i = 0; i < WARM_STEPS; i++) await session.step(batch(), 0.001);
    const start = now();
    for (let i = 0; i < TIMED_STEPS; i++) await session.step(batch(), 0.001);
    return (now() - start) / TIMED_STEPS;
  } catch (error) {
    if (error instanceof DeviceLost) return undefined;
    throw error;
  } finally {
    await session.release();
  }
}

const asChosen = (name: string): Phrase => phrase('network.engine-chosen', 'Trained by {engine}, as chosen.', { engine: name });
const figure = (ms: number) => Number(ms.toPrecision(3));

/** Only the trial reads a clock, TensorFlow.js's own, and only where a graphics card may be used, which gives other bits than a CPU anyway. */
export async function chooseEngine(
  engine: EngineChoice,
  backend: FitRun['backend'],
  trial: Trial,
  gpu: Trainer = tensorflowTrainer('webgl'),
  cpu: Trainer = kernelTrainer,
  clock?: () => number,
): Promise<Choice> {
  if (engine === 'millrace') return { trainers: [kernelTrainer], why: asChosen('Millrace') };
  if (engine === 'onnxruntime') return { trainers: [onnxruntimeTrainer], why: asChosen('onnxruntime') };
  if (engine === 'tensorflow')
    return { trainers: [...(backend === 'gpu' ? [gpu] : []), tensorflowTrainer('cpu')], why: asChosen('TensorFlow.js') };
  if (backend === 'cpu')
    return { trainers: [kernelTrainer], why: phrase('network.engine-cpu', 'Trained on the CPU, with the same bits everywhere.') };

  const now = clock ?? (await import('@tensorflow/tfjs')).util.now;
  const own = (await timeOf(cpu, trial, now)) ?? 0;
  if (own * trial.steps < SHORT_MS) {
    const seconds = figure((own * trial.steps) / 1000);
    const why = phrase(
      'network.engine-short',
      'Trained on the CPU: all of it takes about {seconds} s there, too short to wake the graphics card.',
      {
        seconds,
      },
    );
    return { trainers: [cpu], why };
  }
  const card = await timeOf(gpu, trial, now);
  if (card === undefined)
    return { trainers: [cpu], why: phrase('network.engine-none', 'Trained on the CPU: this browser offers no graphics card.') };
  const args = { cpu: figure(own), gpu: figure(card) };
  return card < own
    ? {
        trainers: [gpu, cpu],
        why: phrase('network.engine-gpu', 'Trained on the graphics card: {gpu} ms a step in a trial, {cpu} ms on the CPU.', args),
      }
    : {
        trainers: [cpu],
        why: phrase('network.engine-slow', 'Trained on the CPU: {cpu} ms a step in a trial, {gpu} ms on the graphics card.', args),
      };
}
