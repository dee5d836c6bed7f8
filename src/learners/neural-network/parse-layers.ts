/** Reads the widths of hidden layers from text; shared by the kind's check and the learner. */
import { type Problem, problem } from '../../base/problem.ts';

export const MAX_WIDTH = 4096;
const MAX_LAYERS = 20;

/** "64, 32" → [64, 32]; '' → no hidden layer (a linear model). Anything else is a Problem at the parameter. */
export function parseLayers(text: string): number[] | Problem {
  const widths = text
    .split(/[\s,;()[\]]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (widths.length <= MAX_LAYERS && widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH)) return widths;
  return problem({
    code: 'network.layers',
    at: { param: 'hidden' },
    args: { text },
    message: `“${text}” is not a list of layer widths.`,
    hint: `Give at most ${MAX_LAYERS} whole numbers from 1 to ${MAX_WIDTH} with commas between them, such as 64, 64.`,
  });
}
