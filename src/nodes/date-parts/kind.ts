/** Date parts: what the node is called, asks for and gives; the work is in `step.ts`. */
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, list, type ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type ColumnSchema, column, derivedRole, findColumn, freeName } from '../../kind/schema.ts';
import type { DateField } from '../../table/formula/date-fields.ts';

export const DATES = { types: ['datetime'] } as const;
const PARTS: Record<DateField, string> = {
  year: 'Year',
  half: 'Half of the year',
  quarter: 'Quarter',
  month: 'Month',
  day: 'Day of the month',
  weekday: 'Day of the week, Monday = 1',
  week: 'Week, as in ISO 8601',
  weekyear: 'Year that the week belongs to',
  dayofyear: 'Day of the year',
  hour: 'Hour',
  minute: 'Minute',
  second: 'Second',
  days: 'Days since 1970',
};
/** How long a part's cycle is, for sine and cosine; undefined where it has none. */
export const CYCLE: Partial<Record<DateField, { start: number; length: number }>> = {
  quarter: { start: 1, length: 4 },
  month: { start: 1, length: 12 },
  day: { start: 1, length: 31 },
  weekday: { start: 1, length: 7 },
  week: { start: 1, length: 53 },
  dayofyear: { start: 1, length: 366 },
  hour: { start: 0, length: 24 },
  minute: { start: 0, length: 60 },
  second: { start: 0, length: 60 },
};

export const parts = (params: ParamValues): DateField[] => [...new Set((params.parts as { part: DateField }[]).map((item) => item.part))];

export interface PartColumn {
  name: string;
  part: DateField;
  form: 'value' | 'sin' | 'cos';
  type: 'number' | 'integer';
}
/** Columns made of one date column, in order; their names are added to `taken`, and none is one of those. */
export const partColumns = (name: string, params: ParamValues, taken: Set<string>): PartColumn[] =>
  parts(params).flatMap((part): PartColumn[] => {
    if (!params.cyclic || !CYCLE[part])
      return [{ name: freeName(`${name}_${part}`, taken), part, form: 'value', type: part === 'days' ? 'number' : 'integer' }];
    return (['sin', 'cos'] as const).map((form) => ({ name: freeName(`${name}_${part}_${form}`, taken), part, form, type: 'number' }));
  });

export const dateParts: Kind = {
  id: 'prepare.date-parts',
  version: 1,
  title: 'Date parts',
  group: 'prepare',
  icon: 'calendar',
  synonyms: [
    'year',
    'month',
    'day',
    'weekday',
    'week number',
    'isocalendar',
    'hour',
    'datetime features',
    'Extract Date&Time Fields',
    'Continuize',
    'Series.dt',
    'dt accessor',
    'calendar',
    'cyclic',
    'seasonality',
  ],
  summary: 'Make columns of a date’s year, month, weekday, hour and so on.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Dates', { all: true }, 'Date-time columns to take apart.', { filter: DATES }),
    parts: list('Parts', [{ part: 'year' }, { part: 'month' }, { part: 'weekday' }], 'One column each.', {
      itemLabel: 'Part',
      item: { part: choice('Part', 'month', 'The part that becomes a column.', PARTS) },
    }),
    cyclic: flag('As a circle', false, 'Sine and cosine instead of the number, so that December stands beside January.'),
    keep: flag('Keep the date', false, 'Leave the date column in the table as well.'),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = resolveColumns(params.columns as ColumnPick, input.schema, DATES);
    const taken = new Set(input.schema.columns.map((found) => found.name));
    const made = chosen.flatMap((name) => {
      const role = derivedRole((findColumn(input.schema, name) as ColumnSchema).role);
      return partColumns(name, params, taken).map((part) => column(part.name, part.type, { from: [name], role }));
    });
    const kept = params.keep ? input.schema.columns : input.schema.columns.filter((found) => !chosen.includes(found.name));
    return { table: { ...input, schema: { ...input.schema, columns: [...kept, ...made] } } };
  },
  exportable: () => true,
  brief: (params) => phrase('brief.parts', '{parts}', { parts: parts(params).map((part) => labelWords(PARTS[part])) }),
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
