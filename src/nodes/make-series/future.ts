/** Puts rows of the time ahead on the steps that the series were put on, so that forecasts find what is known in advance there. */
import { ProblemError, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { RunContext } from '../../kind/run.ts';
import { offSteps } from '../../series/future.ts';
import { formatDateTime } from '../../table/datetime.ts';
import { stepAt } from '../../table/series/grid.ts';
import { regularTable } from '../../table/series/regular.ts';
import { keyAt, keyText, momentsOf, seriesRows } from '../../table/series/rows.ts';
import { columnIndex, columnNamed, type Table } from '../../table/table.ts';
import { type MadeSeries, together } from './regularise.ts';

/** Rows of one step are put together as those of the series were; gaps stay empty, for nobody knows what belongs there. */
export function futureRows(t: Table, { time, ids, grid, reports }: MadeSeries, params: ParamValues, log: RunContext['log']): Table {
  const missing = [time, ...ids].filter((name) => columnIndex(t, name) < 0);
  const moments = missing.length === 0 ? momentsOf(columnNamed(t, time)) : undefined;
  if (!moments)
    throw new ProblemError({
      code: 'series.future-columns',
      at: { port: 'future' },
      args: { missing: missing.join(', ') },
      message: phrase('series.future-columns', 'The future rows need the columns {columns}, with times as dates.', {
        columns: [time, ...ids],
      }),
      hint: 'Name the columns as in the table, or set their types with Edit metadata before.',
    });
  const rows = seriesRows(t, moments, ids);
  const ends = new Map(reports.filter(({ dropped }) => !dropped).map(({ key, to }) => [keyText(key), to]));
  const known = Array.from({ length: rows.count }, (_, s) => ends.get(keyText(keyAt(t, ids, rows.first[s]))));
  if (known.every((end) => end === undefined))
    throw new ProblemError({
      code: 'series.future-others',
      at: { port: 'future' },
      message: 'No series of the future rows is one of the table.',
      hint: 'Spell the columns that tell series apart as in the table.',
    });
  const times = known.flatMap((end, s) =>
    end === undefined ? [] : Array.from(rows.order.subarray(rows.start[s], rows.start[s + 1]), (row) => ({ end, at: moments[row] })),
  );
  if (!times.some(({ end, at }) => stepAt(grid, at) > stepAt(grid, end)))
    throw new ProblemError({
      code: 'series.future-past',
      at: { port: 'future' },
      message:
        times.length === 0
          ? phrase('series.future-timeless', 'The future rows have no time that could be read.')
          : phrase('series.future-past', 'The future rows end at {to}, and the table goes on until {end}: none is of the time ahead.', {
              to: formatDateTime(Math.max(...times.map(({ at }) => at))),
              end: formatDateTime(Math.max(...times.map(({ end }) => end))),
            }),
      hint: 'Wire rows of the time after the table, or look at how their dates were read.',
    });
  const { table, reports: made } = regularTable(t, rows, {
    time,
    ids,
    grid,
    ...together(params, grid),
    fill: 'none',
    short: 'keep',
    least: 0,
  });
  const repeated = made.reduce((sum, report) => sum + report.repeated, 0);
  const said = [
    ...(repeated > 0
      ? [
          phrase('series.future-repeated', '{count} future {row was|rows were} put together with another of the same step', {
            count: repeated,
          }),
        ]
      : offSteps(grid, rows)),
    ...(known.includes(undefined)
      ? [
          phrase('series.future-strange', '{count} series of the future rows {is|are} not in the table', {
            count: known.filter((end) => end === undefined).length,
          }),
        ]
      : []),
  ];
  for (const line of said)
    log(
      line,
      problem({
        code: 'series.note',
        severity: 'warning',
        at: { port: 'future' },
        message: line,
        hint: phrase('series.future-hint', 'Nothing to do if that is what you meant.'),
      }),
    );
  return table;
}
