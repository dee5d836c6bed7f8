/** What nodes of time series ask alike: which column is time, which columns tell series apart, and what the choice comes to. */
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { SchemaContext } from '../kind/kind.ts';
import { type ColumnPick, columnParam, columns, type ParamValues } from '../kind/params.ts';
import { resolveColumns } from '../kind/pick.ts';
import { type ColumnSchema, findColumn, type TableSchema } from '../kind/schema.ts';
import { guessTarget } from '../recipe/target.ts';
import { firstUntimed, guessIds, guessPeriods, guessTime, momentsOf } from '../table/series/rows.ts';
import { columnNamed, schemaOf, type Table } from '../table/table.ts';

export const timeParam = columnParam(
  'Time column',
  'Dates, texts such as 2024 Q1, 2024-W05 or Jan-24, or whole numbers: years, 202401, 20240131, or seconds or milliseconds since 1970.',
  {
    auto: 'Guess from the table',
    alias: 'time_column_name, ds',
    filter: { port: 'table', types: ['datetime', 'integer', 'number', 'category', 'text'] },
  },
);
export const idsParam = columns(
  'Series',
  { names: [] },
  'Columns that tell series apart, such as store and product. None chosen: those with the role group, else guessed where times repeat.',
  { alias: 'time_series_id_column_names, unique_id', filter: { port: 'table' } },
);

export const timeAhead = (schema: TableSchema, params: ParamValues): ColumnSchema | undefined =>
  typeof params.time === 'string' ? findColumn(schema, params.time) : (guessTime(schema) ?? guessPeriods(schema));
/** As far as the schema tells. */
export const idsAhead = (schema: TableSchema, params: ParamValues): string[] => {
  const chosen = resolveColumns(params.ids as ColumnPick, schema);
  return chosen.length > 0 ? chosen : schema.columns.filter(({ role }) => role === 'group').map(({ name }) => name);
};

/** A column of numbers, that is neither time nor id. */
export function targetAhead(schema: TableSchema, values: ParamValues): ColumnSchema | undefined {
  if (typeof values.target === 'string') return findColumn(schema, values.target);
  const aside = new Set([timeAhead(schema, values)?.name, ...idsAhead(schema, values)]);
  const guess = guessTarget({
    columns: schema.columns.filter(({ name, type }) => !aside.has(name) && (type === 'number' || type === 'integer')),
  });
  return guess && findColumn(schema, guess.column);
}

/** A choice of series' columns in words. */
export const idsWords = (names: readonly string[]): Words =>
  names.length === 0 ? phrase('guess.one-series', 'none, one series') : phrase('guess.columns', '{columns}', { columns: [...names] });

/** What is taken for columns that nobody chose, as far as the schema tells; the host asks the rows for the rest. */
export function guessesAhead({ params, inputs: { table } }: SchemaContext): Record<string, Words> {
  if (table?.type !== 'table') return {};
  const time = timeAhead(table.schema, params)?.name;
  const ids = idsAhead(table.schema, params);
  const target = 'target' in params ? targetAhead(table.schema, params)?.name : undefined;
  return { ...(time ? { time } : {}), ...(ids.length > 0 ? { ids: idsWords(ids) } : {}), ...(target ? { target } : {}) };
}

const noTime = (): Problem =>
  problem({
    code: 'series.no-time',
    at: { param: 'time' },
    message: 'There is no column of dates to order the rows by.',
    hint: 'Choose the time column, or make it a date with Edit metadata before.',
  });

/** For checks before a run: a table without any column that could be time. */
export function checkTime({ params, inputs }: SchemaContext): Problem[] {
  const { table } = inputs;
  if (table?.type !== 'table' || table.schema.open || typeof params.time === 'string') return [];
  return timeAhead(table.schema, params) ? [] : [noTime()];
}

export interface SeriesColumns {
  time: string;
  ids: string[];
  moments: Float64Array;
  guessed: boolean;
}

/** The columns as chosen or guessed; a Problem where time is no time. */
export function seriesColumns(t: Table, params: ParamValues): SeriesColumns {
  const schema = schemaOf(t);
  const time = typeof params.time === 'string' ? params.time : timeAhead(schema, params)?.name;
  if (time === undefined) throw new ProblemError(noTime());
  const column = columnNamed(t, time);
  const moments = momentsOf(column);
  const odd = moments ? undefined : firstUntimed(column);
  if (odd)
    throw new ProblemError({
      code: 'series.odd-time',
      at: { param: 'time', column: time, row: odd.row },
      args: { column: time, text: odd.text, row: odd.row + 1 },
      message: `“${time}” is not all of times: row ${odd.row + 1} has “${odd.text}”.`,
      hint: 'Mend or leave out such rows, choose another time column, or read it as dates with Edit metadata, which makes what is none missing.',
    });
  if (!moments)
    throw new ProblemError({
      code: 'series.not-time',
      at: { param: 'time', column: time },
      args: { column: time },
      message: `“${time}” holds no dates, and no whole numbers that are years or count from 1970.`,
      hint: 'Choose the time column, or make it a date with Edit metadata before.',
    });
  const chosen = resolveColumns(params.ids as ColumnPick, schema).filter((name) => name !== time);
  return { time, ids: chosen.length > 0 ? chosen : guessIds(t, time), moments, guessed: chosen.length === 0 };
}

export const seriesOf = (count: number) => phrase('series.count', '{count} series', { count });
