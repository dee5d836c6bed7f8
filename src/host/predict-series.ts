/** Forecasts for the command line from a `.millrace-model` of time series: of the series in a file, after newer values where it has them. */
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import type { ColumnType, DateOrder } from '../kind/schema.ts';
import { learnerOf } from '../nodes/shared-learner.ts';
import type { FittedSeries, SeriesModel } from '../recipe/series-model.ts';
import { aheadOf, forecastTable } from '../series/ahead.ts';
import { knownIn, withFuture } from '../series/future.ts';
import { panelOf } from '../series/panel.ts';
import { renewed } from '../series/renew.ts';
import { keyAt, keyText, keyWords, momentsOf } from '../table/series/rows.ts';
import { columnIndex, columnNamed, type Table } from '../table/table.ts';

export interface ReadAs {
  column: string;
  type: ColumnType;
  dateOrder?: DateOrder;
}

/** One line per series and step ahead. The file needs the columns that tell series apart; time and target together are newer values. */
export async function predictSeries(model: SeriesModel, read: (types: readonly ReadAs[]) => Promise<Table>): Promise<Table> {
  const rows = await read(model.inputs.map(({ name, type }) => ({ column: name, type })));
  const missing = model.ids.filter((name) => columnIndex(rows, name) < 0);
  if (missing.length > 0)
    throw new ProblemError({
      code: 'predict.no-ids',
      args: { missing: missing.join(', ') },
      message: `The file lacks ${missing.join(', ')}, by which the model tells series apart.`,
      hint: 'Give a file with these columns, one row for each series that is wanted.',
    });
  const has = (name: string) => columnIndex(rows, name) >= 0;
  const newer = has(model.time) && has(model.target);
  const { learner } = await learnerOf(model);
  const known = newer ? await after(model, rows) : named(model, rows);
  const series = withFuture(model, known, { newer: knownIn(model, rows, 'table') }, model.horizon, learner);
  return forecastTable(
    model,
    series.map((one) => aheadOf(model, one, model.horizon)),
  );
}

async function after(model: SeriesModel, rows: Table): Promise<readonly FittedSeries[]> {
  const moments = momentsOf(columnNamed(rows, model.time));
  if (!moments)
    throw new ProblemError({
      code: 'predict.no-time',
      args: { column: model.time },
      message: `“${model.time}” holds no dates.`,
      hint: 'Write dates as 2026-02-01, or leave the column out to forecast from where the model ended.',
    });
  const panel = panelOf(rows, { time: model.time, ids: model.ids, moments, target: model.target, known: [], grid: model.grid });
  const random = (purpose: string) => stream('predict', purpose);
  const wanted = new Set(panel.series.map(({ key }) => keyText(key)));
  const { series } = renewed(model, panel, {
    ...(await learnerOf(model)),
    random,
    stopRequested: () => false,
    told: () => {},
  });
  return series.filter(({ key }) => wanted.has(keyText(key)));
}

/** The series that the rows name, in the order of the rows. */
function named(model: SeriesModel, rows: Table): FittedSeries[] {
  const known = new Map(model.series.map((one) => [keyText(one.key), one]));
  if (model.ids.length === 0) return [...model.series];
  const keys = new Set(Array.from({ length: rows.rowCount }, (_, row) => keyText(keyAt(rows, model.ids, row))));
  const unknown = [...keys].filter((key) => !known.has(key));
  if (unknown.length > 0)
    throw new ProblemError({
      code: 'predict.unknown-series',
      args: {
        series: unknown.slice(0, 5).map(keyWords).join(', '),
      },
      message: `The model does not know the series ${unknown.slice(0, 5).map(keyWords).join(', ')}.`,
      hint: 'Leave them out, or train a model on them.',
    });
  return [...keys].map((key) => known.get(key)!);
}
