/** Puts the rows of a table on regular steps as the parameters say, and tells per series what was put together, filled and left out. */
import { ProblemError, problem } from '../../base/problem.ts';
import { type Phrase, phrase, rowsOf } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { RunContext } from '../../kind/run.ts';
import { columnOf } from '../../table/column.ts';
import { formatDateTime } from '../../table/datetime.ts';
import { anchorFor, type Detected, detectGrid, evidenceOf } from '../../table/series/detect.ts';
import type { Fill } from '../../table/series/fill.ts';
import { clockStep, type Grid, gridWords, stepAt, timeOfStep, type Unit } from '../../table/series/grid.ts';
import { REGULAR } from '../../table/series/loose.ts';
import { type Moved, movedTimes, movedWords } from '../../table/series/moved.ts';
import { type RegularOptions, regularSize, regularTable, type SeriesReport } from '../../table/series/regular.ts';
import { isPartOfDate, type SeriesRows, seriesRows, timesBySeries } from '../../table/series/rows.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import type { Aggregate } from '../../table/verbs/aggregate.ts';
import { seriesColumns, seriesOf } from '../series-params.ts';
import { REPORT_COLUMNS } from './kind.ts';

const MOST_ROWS = 20_000_000;
/** A smaller share of rows on a step that has one already are there twice by chance. */
const RARE = 0.05;

/** The step as asked, standing on the units' own beginnings where times fall anywhere within; else as the times tell it. */
function gridFor(rows: SeriesRows, params: ParamValues): Detected {
  const times = timesBySeries(rows);
  const found = detectGrid(times);
  if (params.unit === 'auto') {
    if (found) return found;
    throw new ProblemError({
      code: 'series.no-step',
      at: { param: 'unit' },
      message: 'No series has two different times, so that there is no step to tell from them.',
      hint: 'Choose the step, or check which columns tell series apart.',
    });
  }
  const unit = params.unit as Unit;
  const every = Number(params.every);
  const first = times.reduce((least, own) => (own.length > 0 ? Math.min(least, own[0]) : least), Number.POSITIVE_INFINITY);
  if (found && found.grid.unit === unit && found.grid.every === every) return found;
  // Readings that come a little before their time belong to it in a longer step too.
  const early = Math.min(found?.grid.early ?? 0, (clockStep({ unit, every }) ?? Number.POSITIVE_INFINITY) / 2);
  const grid: Grid = { unit, every, anchor: anchorFor(unit, first + early, true), ...(early > 0 ? { early } : {}) };
  return { grid, ...evidenceOf(grid, times) };
}

/** One row per series: what was done to it. */
export function reportTable(reports: readonly SeriesReport[]): Table {
  const cells = reports.map((report) => [
    report.key.join(' · '),
    report.from,
    report.to,
    report.steps,
    report.rows,
    report.repeated,
    report.gaps,
    report.filled,
    report.padded,
    report.dropped,
  ]);
  return table(
    REPORT_COLUMNS.map(([name]) => ({ name, role: 'meta' as const })),
    REPORT_COLUMNS.map(([, type], j) =>
      columnOf(
        type,
        cells.map((row) => row[j]),
      ),
    ),
    reports.length,
  );
}

const sumOf = (reports: readonly SeriesReport[], of: (report: SeriesReport) => number): number =>
  reports.reduce((sum, report) => sum + of(report), 0);

/** Fewer steps than this between two rows are a gap like others. */
const FAR = 30;
/** The longest gap, where it is longer than the series that it stands in has rows: one date may be wrong. */
function farthest({ count, order, start, moments }: SeriesRows, grid: Grid): { before: number; after: number } | undefined {
  let found: { before: number; after: number } | undefined;
  for (let s = 0; s < count; s++)
    for (let i = start[s] + 1; i < start[s + 1]; i++) {
      const [before, after] = [stepAt(grid, moments[order[i - 1]]), stepAt(grid, moments[order[i]])];
      const most = found ? found.after - found.before : Math.max(FAR, start[s + 1] - start[s]);
      if (after - before > most) found = { before, after };
    }
  return found;
}

export interface MadeSeries {
  table: Table;
  reports: SeriesReport[];
  grid: Grid;
  evidence: { steps: number; single: number; holes: number };
  moved?: Moved;
  /** How rows of one step became one. */
  together: Aggregate;
  time: string;
  ids: readonly string[];
}

/** How rows of one step become one. */
export const together = (params: ParamValues, { early = 0 }: Grid): Pick<RegularOptions, 'together' | 'each'> => ({
  together: params.together === 'auto' ? (early > 0 ? 'mean' : 'sum') : (params.together as Aggregate),
  each: new Map((params.each as { column: string | null; how: string }[]).map(({ column, how }) => [column, how as Aggregate])),
});

/** Throws `series.no-rows` and `series.too-long`; what was guessed, filled or left out is said to `log`. */
export function madeSeries(t: Table, params: ParamValues, log: RunContext['log']): MadeSeries {
  const { time, ids, moments, guessed } = seriesColumns(t, params);
  const rows = seriesRows(t, moments, ids);
  if (rows.order.length === 0)
    throw new ProblemError({
      code: 'series.no-rows',
      at: { param: 'time', column: time },
      args: { column: time },
      message: `No row has a time in “${time}”.`,
      hint: 'Choose another time column, or look at how its dates were read.',
    });
  const { grid, steps, single, holes } = gridFor(rows, params);
  const size = regularSize(rows, grid);
  if (size > MOST_ROWS)
    throw new ProblemError({
      code: 'series.too-long',
      at: { param: 'unit' },
      args: { rows: size, step: gridWords(grid).text },
      message: phrase('series.would-be', 'These series would have {rows}, one {step}.', { step: gridWords(grid), rows: rowsOf(size) }),
      hint: 'Choose a longer step.',
    });
  const warn = (said: Phrase, hint: string | Phrase, param: string, code = 'series.note') =>
    log(said, problem({ code, severity: 'warning', at: { param }, message: said, hint }));

  const least = Number(params.least);
  const options = { time, ids, grid, ...together(params, grid), least };
  const trial = regularTable(t, rows, { ...options, fill: 'none', short: 'keep' });
  const enough = trial.reports.filter((report) => report.steps >= least).length;
  const short = params.short === 'auto' ? (enough > 0 ? 'drop' : 'pad') : (params.short as 'keep' | 'pad' | 'drop');
  const repeated = sumOf(trial.reports, (report) => report.repeated);
  const missing = sumOf(trial.reports, (report) => report.gaps);
  // One row that is there twice is no sign of receipts, between which there are none.
  const adds = options.together === 'sum' && repeated > 0 && (repeated > RARE * rows.order.length || missing > rows.order.length);
  const fill: Fill = params.fill === 'auto' ? (adds ? 'zero' : 'linear') : (params.fill as Fill);
  const { table: made, reports } = regularTable(t, rows, { ...options, fill, keepEnd: params.fill === 'auto', short });

  const kept = reports.filter((report) => !report.dropped);
  const part =
    repeated > 0 && columnNamed(t, time).type !== 'datetime' ? t.fields.find(({ name }) => name !== time && isPartOfDate(name)) : undefined;
  if (part)
    warn(
      phrase('series.part-date', 'Time is “{time}” alone: rows of one year were put together, and “{column}” was not looked at.', {
        time,
        column: part.name,
      }),
      phrase('series.part-hint', 'Make one date of both before, with Formula: date(text({time}) & "-" & text({column}))', {
        time,
        column: part.name,
      }),
      'time',
    );
  const far = farthest(rows, grid);
  if (far)
    warn(
      phrase('series.far-time', 'Between {from} and {to} {count} {step has|steps have} no row, more than the series has rows.', {
        from: formatDateTime(timeOfStep(grid, far.before)),
        to: formatDateTime(timeOfStep(grid, far.after)),
        count: far.after - far.before - 1,
      }),
      phrase('series.far-hint', 'If a date there is wrong, mend it or leave its row out: what lies between was filled in.'),
      'time',
    );
  log(
    phrase('log.series', '{series} {step}: {single} of {steps} distances are one step, {holes} are several', {
      series: seriesOf(kept.length),
      step: gridWords(grid),
      single,
      steps,
      holes,
    }),
  );
  const moved = params.unit === 'auto' ? movedTimes(rows, grid) : undefined;
  if (moved) log(movedWords(moved, grid));
  log(phrase('log.series-time', 'Time is “{time}”', { time }));
  if (ids.length > 0)
    log(
      guessed
        ? phrase('log.series-guessed', 'Series are told apart by {columns}, guessed', { columns: ids })
        : phrase('log.series-ids', 'Series are told apart by {columns}', { columns: ids }),
    );
  if (repeated > 0)
    log(phrase('log.series-repeated', '{count} {row was|rows were} put together with another of the same step', { count: repeated }));
  const gaps = sumOf(kept, (report) => report.gaps);
  if (gaps > 0) log(phrase('log.series-gaps', '{count} {step had|steps had} no row', { count: gaps }));
  const filled = sumOf(kept, (report) => report.filled);
  if (filled > 0) log(phrase('log.series-filled', '{count} {number was|numbers were} filled in', { count: filled }));
  if (params.unit === 'auto' && single + holes < REGULAR * steps)
    warn(
      phrase('series.irregular', 'The times are irregular; {step} is the step that mostly holds one of them.', { step: gridWords(grid) }),
      phrase('series.irregular-hint', 'Choose the step that fits what you want to know.'),
      'unit',
    );
  const without = t.rowCount - rows.order.length;
  if (without > 0)
    warn(
      phrase('series.without-time', '{count} {row has|rows have} no time and {count} {was|were} left out.', { count: without }),
      phrase('series.without-time-hint', 'Look at the cells of the time column that are empty or could not be read.'),
      'time',
    );
  const padded = kept.filter((report) => report.padded > 0).length;
  if (padded > 0)
    warn(
      phrase('series.padded', '{count} short series {begins|begin} earlier now: the first value is repeated before its time.', {
        count: padded,
      }),
      phrase('series.short-hint', 'Choose under Short series what becomes of series with fewer than {least} steps.', { least }),
      'short',
    );
  const dropped = reports.length - kept.length;
  if (dropped > 0)
    warn(
      phrase('series.dropped', '{count} series {was|were} left out, with fewer than {least} steps or no time at all.', {
        count: dropped,
        least,
      }),
      phrase('series.short-hint', 'Choose under Short series what becomes of series with fewer than {least} steps.', { least }),
      'short',
    );
  if (kept.length === 0)
    throw new ProblemError({
      code: 'series.all-short',
      at: { param: 'least' },
      args: { least },
      message: `Every series has fewer than ${least} steps.`,
      hint: 'Lower the least number of steps, or choose another way with short series.',
    });
  const evidence = { steps, single, holes };
  return { table: made, reports, grid, evidence, ...(moved ? { moved } : {}), together: options.together, time, ids };
}
