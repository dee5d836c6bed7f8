/** Of a large table with little time trials end early and half-learned; the short fit on some of the rows before them may say more. */
import { indices } from '../base/indices.ts';
import { meanError } from '../metrics/mean-error.ts';
import { cellsOf } from '../recipe/cells-of.ts';
import { canBeModel } from './keep.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf } from './report.ts';

const BLOCKS = 10;
/** With fewer judged rows a block says too little. */
const LEAST_ROWS = 500;
/** So many parts of a trial's rows, each as large as the look's, tell how far apart by chance two such parts are. */
const LEAST_PARTS = 5;
const ERRORS = 2;

/**
 * The best look, where its loss is surely less than the best complete trial's. Where both judged `LEAST_ROWS` rows or more, those are compared in blocks.
 * Else they judged other rows: the difference must be more than `ERRORS` times what the loss of so few rows varies by chance, as the look's rows and, since
 * few of them may hold none of the rare rows that count most, the trial's tell.
 */
export function betterLook(looked: readonly Trial[], whole: readonly Trial[], objective: Objective): Trial | undefined {
  const [best] = whole.filter(({ loss }) => Number.isFinite(loss)).sort((a, b) => a.loss - b.loss);
  const [look] = looked.filter(canBeModel).sort((a, b) => a.loss - b.loss);
  if (!look || !best || !(look.loss < best.loss)) return undefined;
  const [own, other] = [judgedOf(look, objective), judgedOf(best, objective)];
  if (own.ids.length < LEAST_ROWS) return undefined;
  const placeOf = new Map(own.ids.map((id, place) => [id, place] as const));
  const both = other.ids.flatMap((id, place) => (placeOf.has(id) ? [{ own: placeOf.get(id)!, other: place }] : []));
  if (both.length >= LEAST_ROWS) {
    const gaps = Array.from({ length: BLOCKS }, (_, block) => {
      const pairs = both.filter((_pair, i) => i % BLOCKS === block);
      return other.loss(Int32Array.from(pairs, (pair) => pair.other)) - own.loss(Int32Array.from(pairs, (pair) => pair.own));
    });
    const { mean, error } = meanError(gaps);
    return mean > ERRORS * error ? look : undefined;
  }
  const parts = Math.floor(other.ids.length / own.ids.length);
  const varies = parts < LEAST_PARTS ? 0 : meanError(dealt(indices(other.ids.length), parts).map(other.loss)).error * Math.sqrt(parts);
  const error = Math.max(varies, meanError(dealt(indices(own.ids.length), BLOCKS).map(own.loss)).error);
  return look.loss + ERRORS * error < best.loss ? look : undefined;
}

/** The rows that a trial judged, and its loss on some of them by their places. */
function judgedOf(trial: Trial, objective: Objective) {
  const { truth, answers } = answersOf(trial);
  const width = answers.length / truth.length;
  return {
    ids: trial.folds.flatMap(({ tally }) => [...tally.ids]),
    loss: (places: Int32Array) => objective.loss(cellsOf(truth, places, 1), cellsOf(answers, places, width)),
  };
}

const dealt = (places: Int32Array, parts: number): Int32Array[] =>
  Array.from({ length: parts }, (_, part) => places.filter((_place, i) => i % parts === part));
