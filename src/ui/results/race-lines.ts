/** What the race views draw from: trials of a race that ran or runs, told apart from anything else that a step reports; pure. */
import type { Json } from '../../base/json.ts';
import type { Words } from '../../base/words.ts';
import { metricInfo } from '../../metrics/metric-info.ts';
import type { LiveRace, LiveRow, ModelResult, Race, RaceRow } from '../../recipe/results.ts';

/** A trial of either. */
export type RaceLine = LiveRow | RaceRow;
export interface RaceLines {
  metric: string;
  rows: readonly RaceLine[];
  together?: LiveRace['together'];
}

/** A step's live report, where it is a race. */
export function liveRaceOf(live: Json | undefined): LiveRace | undefined {
  const found = live as unknown as LiveRace | undefined;
  return found?.type === 'race' ? found : undefined;
}

/** Ended by the time, not by a fault of its own. */
export const isLate = (row: RaceLine): boolean => 'problem' in row && row.problem?.code === 'automl.late';

/** Best first; then those under way, in their order; last those without a value. */
export function rankLines<T extends RaceLine>(metric: string, rows: readonly T[]): T[] {
  const sign = metricInfo(metric).higherIsBetter ? -1 : 1;
  const group = ({ state, value }: RaceLine) => (state === 'complete' && value !== undefined ? 0 : state === 'running' ? 1 : 2);
  return rows.toSorted((a, b) => group(a) - group(b) || (group(a) === 0 ? sign * ((a.value ?? 0) - (b.value ?? 0)) : 0) || a.id - b.id);
}

/** The rows of a race that ran with their value of any of its metrics. */
export const byMetric = (race: Race, metric: string): RaceRow[] =>
  metric === race.metric
    ? [...race.rows]
    : race.rows.map(({ value: _, ...row }) => {
        const value = row.metrics?.[metric];
        return value === undefined || Number.isNaN(value) ? row : { ...row, value };
      });

/** Completed trials by their end, and the best value up to each. */
export function climbOf({ metric, rows }: RaceLines): { ended: number; value: number; best: number }[] {
  const { higherIsBetter } = metricInfo(metric);
  let best: number | undefined;
  return rows
    .flatMap(({ state, value, ended }) => (state === 'complete' && value !== undefined ? [{ ended, value }] : []))
    .sort((a, b) => a.ended - b.ended)
    .map((trial) => {
      best = best === undefined ? trial.value : higherIsBetter ? Math.max(best, trial.value) : Math.min(best, trial.value);
      return { ...trial, best };
    });
}

/** Seconds from the start of the first to the end of the last. */
export const endOf = (rows: readonly RaceLine[]): number => rows.reduce((last, { ended }) => Math.max(last, ended), 0);

/** Trials weighed together into the model that the race gave, or one that was calibrated: what stands above the trials. */
export interface Together {
  name: Words;
  /** How many trials have a say. */
  members: number;
  metrics: Readonly<Record<string, number>>;
  answerMs?: number;
  bytes?: number;
}

/** Undefined where one trial as it is is the model. */
export function togetherLine({ rows, made }: Race, [model]: readonly ModelResult[]): Together | undefined {
  const members = rows.filter(({ weight }) => weight > 0);
  if (!model || members.length === 0 || (members.length === 1 && !made?.calibration)) return undefined;
  const sum = (of: 'answerMs' | 'bytes') => {
    const values = members.flatMap((row) => row[of] ?? []);
    return values.length === members.length ? { [of]: values.reduce((all, value) => all + value, 0) } : {};
  };
  return { name: model.name, members: members.length, metrics: model.metrics, ...sum('answerMs'), ...sum('bytes') };
}
