/** How the seconds of a race are shared out: the look, what is kept for the end, and what a trial will probably take, by what the look took. */
import type { Candidate } from './portfolio.ts';
import type { Trial } from './race.ts';
import { roundSeconds, type Size } from './validation.ts';

/** The first look gets this share of the budget; it is ended only after the other one, since it may be all that there will be. */
const LOOK = 0.08;
const MOST_LOOK = 0.5;
/** However late it began: milliseconds, of a straight line more than of the others. */
const LEAST_LOOK = { linear: 1500, other: 400 };

/** Milliseconds after which a look is told to stop, and ended; of a budget of which `spent` are over. A straight line may take all there is: were it not to end, there would be no model. */
export const lookTime = ({ family }: Candidate, ms: number, spent: number): { ms: number; mostMs: number } => ({
  ms: LOOK * ms,
  mostMs:
    family === 'linear' ? Math.max(LEAST_LOOK.linear, ms - reserveOf(ms, 1) - spent) : Math.max(LEAST_LOOK.other, MOST_LOOK * ms - spent),
});

const KEPT_SHARE = 0.03;
const KEPT_MS = 700;
const MOST_KEPT_MS = 1400;
/** A machine this many times slower than usual is slow at the end too. */
const SLOWEST = 4;

/** Milliseconds of the budget that are kept for the ensemble, the model and its way out: a share, and a part that hardly hangs on the budget, more on a slow machine. */
export const reserveOf = (ms: number, slowness: number): number =>
  KEPT_SHARE * ms + Math.min(MOST_KEPT_MS, Math.min(KEPT_MS, 0.1 * ms) * Math.min(SLOWEST, Math.max(1, slowness)));

/** Boosting of fewer rounds is no better than the look. */
const LEAST_ROUNDS = 20;
/** Of the time of a look's fit, what another one of its size would take: the first also compiles. */
const WARM = 0.5;

/** Milliseconds that a fit takes at least, for learners that the look knows of; it is told to stop only between rounds, or not at all. */
export function leastMs({ family, kind }: Candidate, looked: readonly Trial[], size: Size, slowness: number): number | undefined {
  if (family === 'boosting') return LEAST_ROUNDS * roundSeconds(size) * slowness * 1000;
  const like = looked.find(({ candidate }) => candidate.kind === kind);
  const rows = like?.folds[0]?.model?.about.rowCount;
  return like && rows ? (WARM * like.ms * size.rows) / rows : undefined;
}
