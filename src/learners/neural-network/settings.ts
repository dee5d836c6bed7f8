/** Reads the parameters of the neural network into settings; a text that is no list of layer widths is a Problem. */
import { ProblemError } from '../../base/problem.ts';
import type { Bend } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import { parseLayers } from './parse-layers.ts';

export type EngineChoice = 'auto' | 'millrace' | 'onnxruntime' | 'tensorflow';
export interface Settings {
  hidden: number[];
  activation: Bend;
  batchNorm: boolean;
  epochs: number;
  learningRate: number;
  /** Cosine: falls to 0 at the last epoch (Loshchilov and Hutter 2017, without restarts). */
  schedule: 'cosine' | 'constant';
  /** Rows per step; chosen from the row count when 0. */
  batch: number;
  dropout: number;
  weightDecay: number;
  /** Share of the rows kept aside to know when to stop; 0 = train all epochs on all rows. */
  validation: number;
  patience: number;
  engine: EngineChoice;
}

export function readSettings(params: ParamValues): Settings {
  const hidden = parseLayers(String(params.hidden ?? ''));
  if (!Array.isArray(hidden)) throw new ProblemError(hidden);
  return {
    hidden,
    activation: params.activation as Bend,
    batchNorm: params.batch_norm === true,
    epochs: Number(params.epochs),
    learningRate: Number(params.learning_rate),
    schedule: params.schedule === 'constant' ? 'constant' : 'cosine',
    batch: params.batch === null ? 0 : Number(params.batch),
    dropout: Number(params.dropout),
    weightDecay: Number(params.weight_decay),
    validation: params.early_stopping ? Number(params.validation) : 0,
    patience: Number(params.patience),
    engine: params.engine as EngineChoice,
  };
}

/** Small tables take small steps, large ones large: rows / 15 within 64 and 512, a power of two. */
export function batchSize(settings: Settings, rows: number): number {
  if (settings.batch > 0) return Math.min(settings.batch, rows);
  let size = 64;
  while (size < 512 && size * 2 <= rows / 15) size *= 2;
  return Math.min(size, rows);
}
