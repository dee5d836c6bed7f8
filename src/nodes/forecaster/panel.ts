/** The series of a node's table under its parameters: made once for all parts of a step that run in one worker. */
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Frame } from '../../recipe/frame.ts';
import { type Panel, panelOf } from '../../series/panel.ts';
import { horizonFor, periodsFor } from '../../series/setting.ts';
import { columnNamed, schemaOf, type Table, tableDigest } from '../../table/table.ts';
import { seriesColumns, targetAhead } from '../series-params.ts';
import { asksKnown, knownAhead } from '../tree-params.ts';

export interface NodeSeries {
  panel: Panel;
  time: string;
  ids: readonly string[];
  target: string;
  known: readonly string[];
  periods: readonly number[];
  horizon: number;
}

/** The last ones made here: parts of one step want the same, and each gets a table of its own. */
const made = new Map<string, NodeSeries>();
const MOST_MADE = 4;

/** The series that a node's settings tell from its table; throws the Problems of reading time, target and steps. */
export function nodeSeries(frame: Frame, params: ParamValues): NodeSeries {
  const key = JSON.stringify([
    tableDigest(frame.table),
    params.target,
    params.time,
    params.ids,
    asksKnown(params) ? params.known : null,
    params.period,
    params.horizon,
  ]);
  const found = made.get(key) ?? make(frame.table, params);
  made.set(key, found);
  if (made.size > MOST_MADE) made.delete(made.keys().next().value as string);
  return found;
}

function make(t: Table, params: ParamValues): NodeSeries {
  const { time, ids, moments } = seriesColumns(t, params);
  const schema = schemaOf(t);
  const target = targetAhead(schema, { ...params, time, ids: { names: ids } })?.name;
  if (target === undefined || !['number', 'integer'].includes(columnNamed(t, target).type))
    throw new ProblemError({
      code: 'series.target',
      at: { param: 'target' },
      message: 'There is no column of numbers to forecast.',
      hint: 'Choose a target of numbers.',
    });
  const known = knownAhead(schema, params)
    .map(({ name }) => name)
    .filter((name) => name !== time && name !== target && !ids.includes(name));
  const panel = panelOf(t, { time, ids, moments, target, known });
  if (panel.series.length === 0)
    throw new ProblemError({
      code: 'series.no-values',
      at: { param: 'target', column: target },
      args: { column: target },
      message: `No row has both a time and a number in “${target}”.`,
      hint: 'Choose another target, or look at how the numbers were read.',
    });
  const periods = periodsFor(panel, params.period === null || params.period === undefined ? null : Number(params.period));
  const horizon = horizonFor(panel, periods, params.horizon === null ? null : Number(params.horizon));
  return { panel, time, ids, target, known, periods, horizon };
}
