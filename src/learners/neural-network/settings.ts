/** Reads the parameters of the neural network into settings; a text that is no list of layer widths is a Problem. */
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Activation } from './network.ts';

export type EngineChoice = 'auto' | 'onnxruntime' | 'tensorflow';
export interface Settings {
  hidden: number[];
  activation: Activation;
  epochs: number;
  learningRate: number;
  /** Rows per step; chosen from the row count when 0. */
  batch: number;
  dropout: number;
  weightDecay: number;
  /** Share of the rows kept aside to know when to stop; 0 = train all epochs on all rows. */
  validation: number;
  patience: number;
  engine: EngineChoice;
}

export const MAX_WIDTH = 4096;

/** "64, 32" → [64, 32]; '' → no hidden layer (a linear model). */
export function parseLayers(text: string): number[] {
  const parts = text.split(/[\s,;()[\]]+/).filter((part) => part !== '');
  const widths = parts.map(Number);
  if (widths.length > 20 || widths.some((width) => !Number.isInteger(width) || width < 1 || width > MAX_WIDTH)) {
    throw new ProblemError({
      code: 'network.layers',
      at: { param: 'hidden' },
      args: { text },
      message: `“${text}” is not a list of layer widths.`,
      hint: `Give whole numbers from 1 to ${MAX_WIDTH} with commas between them, such as 64, 64.`,
    });
  }
  return widths;
}

export function readSettings(params: ParamValues): Settings {
  return {
    hidden: parseLayers(String(params.hidden ?? '')),
    activation: params.activation as Activation,
    epochs: Number(params.epochs),
    learningRate: Number(params.learning_rate),
    batch: params.batch === null ? 0 : Number(params.batch),
    dropout: Number(params.dropout),
    weightDecay: Number(params.weight_decay),
    validation: params.early_stopping ? Number(params.validation) : 0,
    patience: Number(params.patience),
    engine: params.engine as EngineChoice,
  };
}

/** Small tables take small steps, large ones large: rows / 30 within 16 and 512, a power of two. */
export function batchSize(settings: Settings, rows: number): number {
  if (settings.batch > 0) return Math.min(settings.batch, rows);
  let size = 16;
  while (size < 512 && size * 2 <= rows / 30) size *= 2;
  return Math.min(size, rows);
}
