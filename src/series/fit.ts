/** Fits methods to every series of a panel and weighs them, series by series, by their errors at rolling origins. */
import { type Problem, problem } from '../base/problem.ts';
import { meanAround } from '../forecast/ensemble/weigh.ts';
import type { FittedSeries } from '../recipe/series-model.ts';
import type { SharedFit } from './lagged.ts';
import { historyOf, seenPeriods } from './method-job.ts';
import { priorOf } from './methods.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { type FitAsk, type FitWork, type Line, raceMethods } from './race.ts';
import { type Judged, scoresOf } from './scores.ts';
import { weighed } from './weighed.ts';

/** A method over all series that it was tried on, with its mean weight over all series. */
export type Tried = Line & { weight: number };
export interface FittedPanel {
  series: FittedSeries[];
  tried: Tried[];
  /** The weighted methods together, judged at the same origins. */
  judged: Judged[];
  scores: Record<string, number>;
  /** What methods fitted to all series at once know, of those that have a say. */
  shared: Record<string, SharedFit>;
  importances: readonly { name: string; value: number }[];
  /** Series that no method could model, with why. */
  lost: { key: readonly string[]; problem: Problem }[];
}

/** A series that no method could model is in `lost`, and is not thrown; what throws is an error of the work itself. */
export async function fitPanel(panel: Panel, ask: FitAsk, work: FitWork): Promise<FittedPanel> {
  const { series } = panel;
  const { found, failures, lines, shared, importances } = await raceMethods(panel, ask, work);
  const order = lines.map(({ method }) => method);
  const pinned = new Set(lines.flatMap(({ id, method }) => (work.steering?.isPinned?.(id) ? [method] : [])));
  const weights = new Map<string, number>();
  const judged: Judged[] = [];
  const lost: FittedPanel['lost'] = [];
  const fitted = series.flatMap((one, place): FittedSeries[] => {
    const fits = found[place];
    if (fits.size === 0) {
      const first = order.find((method) => failures[place].has(method));
      lost.push({ key: one.key, problem: (first === undefined ? undefined : failures[place].get(first)) ?? NOTHING_TRIED });
      return [];
    }
    const history = historyOf(one);
    const periods = seenPeriods(ask.periods, history.length);
    // Which job ended first must not matter: methods stand in the order in which they were asked for.
    const candidates = order.flatMap((method) => {
      const fit = fits.get(method);
      if (!fit) return [];
      const { form, fitted, ahead } = fit;
      const rolled = fit.rolled.map(({ origin, ahead: then }) => ({ origin, ...then }));
      const prior = ask.choose ? priorOf(method, history, periods) || 1 : 1;
      return [{ members: [{ method, weight: 1, form, fitted }], prior, pinned: pinned.has(method), ahead, rolled }];
    });
    const own = { key: one.key, last: one.first + one.y.length - 1, history: history.slice(), ...knownHere(one) };
    const made = weighed(own, place, candidates, { ...ask, say: ask.single ? 'best' : 'errors' });
    for (const { method, weight } of made.series.members) weights.set(method, (weights.get(method) ?? 0) + weight);
    judged.push(...made.judged);
    return [made.series];
  });
  const used = order.filter((method) => method in shared && (weights.get(method) ?? 0) > 0);
  return {
    series: fitted,
    tried: lines.map((line) => ({ ...line, weight: (weights.get(line.method) ?? 0) / Math.max(1, fitted.length) })),
    judged,
    scores: scoresOf(judged, ask.levels),
    shared: Object.fromEntries(used.map((method) => [method, shared[method]])),
    importances: importances.get(used[0]) ?? [],
    lost,
  };
}

const NOTHING_TRIED = problem({
  code: 'series.nothing-tried',
  message: 'No method was tried on the series before the run was stopped.',
  hint: 'Run it again and let the first methods end.',
});

/** For forecasts made later: by then more may be known. */
const knownHere = ({ first, known }: PanelSeries): Pick<FittedSeries, 'known'> =>
  known.length > 0 ? { known: { first, values: known } } : {};

/** The weighted mean alone, around `base`. */
export const weightedMean = (base: number, parts: readonly { weight: number; mean: Float64Array }[]): Float64Array =>
  parts[0].mean.map((_, h) =>
    meanAround(
      base,
      parts.map(({ weight, mean }) => ({ weight, value: mean[h] })),
    ),
  );
