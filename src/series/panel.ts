/** The series of a table as methods take them: regular, without gaps, with what is known of the time after their end. */
import { ProblemError } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import { isConstant } from '../forecast/guard.ts';
import { numbersOf } from '../recipe/target.ts';
import { formatDateTime } from '../table/datetime.ts';
import { detectGrid, evidenceOf } from '../table/series/detect.ts';
import { fillGaps } from '../table/series/fill.ts';
import { clockStep, type Grid, gridWords, stepAt, timeOfStep } from '../table/series/grid.ts';
import { REGULAR, withStrays } from '../table/series/loose.ts';
import { movedTimes, movedWords } from '../table/series/moved.ts';
import { keyAt, seriesRows, timesBySeries } from '../table/series/rows.ts';
import { columnNamed, type Table } from '../table/table.ts';

export interface PanelAsk {
  time: string;
  ids: readonly string[];
  moments: Float64Array;
  target: string;
  /** Columns of numbers that are known in advance. */
  known: readonly string[];
  /** The grid of a model that the table must stand on; told from the times without one. */
  grid?: Grid;
}
export interface PanelSeries {
  key: readonly string[];
  /** Step of `y[0]`. */
  first: number;
  /** From the first to the last known value of the target; gaps filled along lines. */
  y: Float64Array;
  /** Per known column: from the same first step on, as far as the table goes; NaN where it has no number. */
  known: readonly Float64Array[];
  filled: number;
}
export interface Panel {
  grid: Grid;
  series: readonly PanelSeries[];
  /** Series without any value of the target. */
  empty: number;
  /** Rows learned from: those with a time and a target. */
  rowCount: number;
  notes: Words[];
}

/** What is done to a series' gaps is said; a step that has two rows, or times off the steps, are refused with what to do. */
export function panelOf(t: Table, ask: PanelAsk): Panel {
  const rows = seriesRows(t, ask.moments, ask.ids);
  const times = timesBySeries(rows);
  const grid = ask.grid ? aroundSteps(ask.grid, times) : detectGrid(times)?.grid;
  if (!grid)
    throw new ProblemError({
      code: 'series.one-time',
      at: { port: 'table' },
      message: 'No series has two different times, so that there is nothing to learn from.',
      hint: 'Check the time column and which columns tell series apart.',
    });
  const { steps, single, holes } = evidenceOf(grid, times);
  if (single + holes < REGULAR * steps)
    throw new ProblemError({
      code: 'series.off-steps',
      at: { port: 'table' },
      args: { off: steps - single - holes, all: steps },
      message: phrase('series.off-steps', '{off} of {all} times do not stand on regular steps ({step}).', {
        off: steps - single - holes,
        all: steps,
        step: gridWords(grid),
      }),
      hint: 'Put Make time series before, which puts rows on regular steps.',
    });
  const target = numbersOf(columnNamed(t, ask.target));
  const known = ask.known.map((name) => numbersOf(columnNamed(t, name)));
  const series: PanelSeries[] = [];
  let empty = 0;
  let rowCount = 0;
  let filled = 0;
  const ahead: number[] = [];
  for (let s = 0; s < rows.count; s++) {
    const own = rows.order.subarray(rows.start[s], rows.start[s + 1]);
    const key = keyAt(t, ask.ids, rows.first[s]);
    const at = Int32Array.from(own, (row) => stepAt(grid, rows.moments[row]));
    refuseRepeats(t, at, own, grid, key, ask);
    const there = Array.from(own.keys()).filter((i) => Number.isFinite(target[own[i]]));
    if (there.length === 0) {
      empty++;
      continue;
    }
    rowCount += there.length;
    for (let i = there[there.length - 1] + 1; i < own.length; i++) ahead.push(own[i]);
    const first = at[there[0]];
    const y = new Float64Array(at[there[there.length - 1]] - first + 1).fill(Number.NaN);
    for (const i of there) y[at[i] - first] = target[own[i]];
    const gaps = fillGaps(y, 'linear');
    filled += gaps;
    const length = at[at.length - 1] - first + 1;
    series.push({
      key,
      first,
      y,
      filled: gaps,
      known: known.map((values) => {
        const out = new Float64Array(length).fill(Number.NaN);
        own.forEach((row, i) => {
          if (at[i] >= first) out[at[i] - first] = values[row];
        });
        return out;
      }),
    });
  }
  const notes: Words[] = [];
  const moved = movedTimes(rows, grid);
  if (moved) notes.push(movedWords(moved, grid));
  if (filled > 0)
    notes.push(
      phrase('series.lines', '{count} missing {value was|values were} put on straight lines; Make time series has other ways.', {
        count: filled,
      }),
    );
  if (ahead.length > 0) {
    notes.push(
      phrase('series.rows-ahead', '{count} {row|rows} at the end {has|have} no “{target}”: forecasts begin there.', {
        count: ahead.length,
        target: ask.target,
      }),
    );
    const columns = ask.grid ? [] : goingOn(t, ahead, ask);
    if (columns.length > 0)
      notes.push(
        phrase('series.could-be-known', 'These rows have {columns}: chosen under Known in advance, boosted trees use them.', { columns }),
      );
  }
  const constant = ask.grid ? 0 : series.filter(({ y }) => isConstant(y)).length;
  if (constant > 0)
    notes.push(
      phrase(
        'series.constant',
        '{count} series never {changes|change}: {its|their} forecasts are the same value, and {its|their} intervals have no width.',
        { count: constant },
      ),
    );
  if (empty > 0)
    notes.push(phrase('series.empty', '{count} series {has|have} no value of the target and {was|were} left out.', { count: empty }));
  return { grid, series, empty, rowCount, notes };
}

/** A model's steps, with newer readings some seconds off counting for the nearest, as those that it learned from may have. */
function aroundSteps(grid: Grid, times: readonly Float64Array[]): Grid {
  const step = clockStep(grid);
  return step === undefined || grid.early !== undefined ? grid : withStrays(grid, step, times);
}

/** Columns that could be known in advance: numbers, and yes or no, that all of these rows have. */
function goingOn(t: Table, rows: readonly number[], { time, ids, target, known }: PanelAsk): string[] {
  const aside = new Set([time, target, ...ids, ...known]);
  return t.fields.flatMap(({ name, role }, i) => {
    const { type } = t.columns[i];
    if (aside.has(name) || role === 'id' || (type !== 'number' && type !== 'integer' && type !== 'boolean')) return [];
    const values = numbersOf(t.columns[i]);
    return rows.every((row) => Number.isFinite(values[row])) ? [name] : [];
  });
}

function refuseRepeats(t: Table, at: Int32Array, own: Int32Array, grid: Grid, key: readonly string[], ask: PanelAsk): void {
  const i = at.findIndex((step, k) => k > 0 && step === at[k - 1]);
  if (i < 0) return;
  const time = formatDateTime(timeOfStep(grid, at[i]));
  throw new ProblemError({
    code: 'series.repeated',
    at: { port: 'table', row: own[i] },
    args: { rows: t.rowCount },
    message:
      ask.ids.length > 0
        ? phrase('series.repeated-of', 'The series {key} has several rows at {time}.', { key: key.join(' · '), time })
        : phrase('series.repeated', 'There are several rows at {time}.', { time }),
    hint: 'Choose the columns that tell series apart, or put Make time series before, which puts such rows together.',
  });
}
