/** Looks at series before anything is fitted: each check passed, was seen to by the preparation, or needs a person. */
import type { Json } from '../base/json.ts';
import { type Phrase, phrase } from '../base/words.ts';
import { isConstant } from '../forecast/guard.ts';
import type { Guard, GuardFix } from '../recipe/guard.ts';
import type { Panel } from '../series/panel.ts';
import { type Grid, gridWords } from '../table/series/grid.ts';
import type { SeriesReport } from '../table/series/regular.ts';
import { forecastSteps, makeSeriesBefore, padShort, removeRepeated } from './guard-fixes.ts';

export interface SeriesLook {
  grid: Grid;
  evidence: { steps: number; single: number; holes: number };
  /** What was done to times off the steps. */
  moved?: Phrase;
  together: string;
  reports: readonly SeriesReport[];
  panel: Panel;
  /** Rows that say in every column what another one says, and the columns. */
  copies: { count: number; columns: readonly string[] };
  periods: readonly number[];
  horizon: number;
  time: string;
  target: string;
  /** What Make time series was given. */
  steps: Record<string, Json>;
}

/** Of a series so long, that so many steps ahead can be judged at one origin: `2 h + 1`, or two seasons, to learn from, and `h` to judge. */
const needs = (horizon: number, period: number) => Math.max(2 * horizon + 1, 2 * period + 5) + horizon;

const sum = (reports: readonly SeriesReport[], of: (report: SeriesReport) => number) =>
  reports.reduce((all, report) => all + of(report), 0);

/** Every check, in a fixed order. */
export function seriesGuards(look: SeriesLook): Guard[] {
  const { grid, evidence, moved, together, reports, panel, copies, periods, horizon, time, target, steps } = look;
  const kept = reports.filter(({ dropped }) => !dropped);
  const repeated = sum(kept, (report) => report.repeated);
  const rows = sum(kept, (report) => report.rows);
  const gaps = sum(kept, (report) => report.gaps);
  const filled = sum(kept, (report) => report.filled);
  const padded = kept.filter((report) => report.padded > 0).length;
  const dropped = reports.length - kept.length;
  const constant = panel.series.filter(({ y }) => isConstant(y)).length;
  const short = panel.series.filter(({ y }) => y.length < needs(horizon, periods[0] ?? 1)).length;
  const shortest = panel.series.reduce((least, { y }) => Math.min(least, y.length), Number.POSITIVE_INFINITY);
  let judged = horizon - 1;
  while (judged > 0 && shortest < needs(judged, periods[0] ?? 1)) judged--;
  const zeros = panel.series.filter(({ y }) => y.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) > 0.3 * y.length).length;
  const regular = evidence.single + evidence.holes;
  const on = (check: string, state: Guard['state'], said: Guard['said'], column: string, fix?: GuardFix): Guard => ({
    check,
    state,
    said,
    columns: [column],
    ...(fix ? { fix } : {}),
  });
  const made = makeSeriesBefore(steps);
  return [
    // Steps that somebody chose may well hold several times.
    on(
      'steps of time',
      moved ? 'fixed' : steps.unit === 'auto' && regular < 0.8 * evidence.steps ? 'alerted' : 'passed',
      moved ??
        phrase('guard.steps', '{step}: {regular} of {steps} distances are whole steps.', {
          step: gridWords(grid),
          regular,
          steps: evidence.steps,
        }),
      time,
      moved ? made : undefined,
    ),
    // Receipts may be alike; of copies made by mistake each counts once more in a sum.
    repeated > 0 && copies.count > 0 && together === 'sum'
      ? on(
          'repeated times',
          'alerted',
          phrase(
            'guard.repeated-copies',
            '{count} {row was|rows were} added to another of the same step; {copies} {is a copy|are copies} of another in every column.',
            { count: repeated, copies: copies.count },
          ),
          time,
          removeRepeated(copies.columns),
        )
      : on(
          'repeated times',
          repeated > 0 ? 'fixed' : 'passed',
          together === 'sum'
            ? phrase('guard.repeated-sum', '{count} {row was|rows were} added to another of the same step.', { count: repeated })
            : phrase('guard.repeated', '{count} {row was|rows were} put together with another of the same step.', { count: repeated }),
          time,
          repeated > 0 ? made : undefined,
        ),
    on(
      'gaps',
      gaps > rows ? 'alerted' : gaps > 0 ? 'fixed' : 'passed',
      phrase('guard.gaps', '{count} {step has|steps have} no row.', { count: gaps }),
      time,
      gaps > 0 ? made : undefined,
    ),
    on(
      'missing values',
      filled > 0 ? 'fixed' : 'passed',
      phrase('guard.filled', '{count} {number was|numbers were} filled in.', { count: filled }),
      target,
      filled > 0 ? made : undefined,
    ),
    on(
      'short series',
      dropped > 0 ? 'alerted' : padded > 0 ? 'fixed' : 'passed',
      phrase('guard.short', 'Series too short to learn from: {dropped} left out, {padded} begun earlier than they did.', {
        dropped,
        padded,
      }),
      target,
      dropped > 0 && steps.short !== 'pad' ? padShort() : undefined,
    ),
    on(
      'enough history',
      short > 0 ? 'alerted' : 'passed',
      phrase('guard.history', '{count} series {is|are} too short to be judged {steps} ahead.', {
        count: short,
        steps: phrase('count.steps', '{count} {step|steps}', { count: horizon }),
      }),
      target,
      short > 0 && judged > 0 ? forecastSteps(judged) : undefined,
    ),
    on(
      'constant series',
      constant > 0 ? 'alerted' : 'passed',
      phrase('guard.series-constant', '{count} series never {changes|change}.', { count: constant }),
      target,
    ),
    on(
      'sales now and then',
      zeros > 0 ? 'fixed' : 'passed',
      phrase('guard.zeros', '{count} series {is|are} often 0; methods for such demand are tried.', { count: zeros }),
      target,
    ),
  ];
}
