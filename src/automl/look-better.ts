/** Of a large table with little time trials end early and half-learned; the short fit on some of the rows before them may say more. */
import { indices } from '../base/indices.ts';
import { cellsOf } from '../recipe/cells-of.ts';
import { canBeModel } from './keep.ts';
import { meanError } from './mean-error.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf } from './report.ts';

const BLOCKS = 10;
/** With fewer judged rows a block says too little. */
const LEAST_ROWS = 500;
const ERRORS = 2;

/** The best look, where it is better than every complete trial by more than `ERRORS` standard errors of its own loss over blocks of its rows: both judged other rows. */
export function betterLook(looked: readonly Trial[], whole: readonly Trial[], objective: Objective): Trial | undefined {
  const least = whole.reduce((best, { loss }) => Math.min(best, loss), Number.POSITIVE_INFINITY);
  const [look] = looked.filter(canBeModel).sort((a, b) => a.loss - b.loss);
  if (!look || !Number.isFinite(least) || !(look.loss < least)) return undefined;
  const { truth, answers } = answersOf(look);
  if (truth.length < LEAST_ROWS) return undefined;
  const width = answers.length / truth.length;
  const losses = Array.from({ length: BLOCKS }, (_, block) => {
    const rows = indices(truth.length).filter((row) => row % BLOCKS === block);
    return objective.loss(cellsOf(truth, rows, 1), cellsOf(answers, rows, width));
  });
  return look.loss + ERRORS * meanError(losses).error < least ? look : undefined;
}
