/** What nodes of time series take for settings that are left open, told from the rows that come in: columns, step, season, horizon. */
import { phrase, type Words } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import { nodeSeries } from '../nodes/forecaster/panel.ts';
import { madeSeries } from '../nodes/make-series/regularise.ts';
import { idsWords, seriesColumns } from '../nodes/series-params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { detectGrid } from '../table/series/detect.ts';
import { gridWords } from '../table/series/grid.ts';
import { seriesRows, timesBySeries } from '../table/series/rows.ts';
import type { Table } from '../table/table.ts';

type Guesses = Record<string, Words>;
/** Larger tables are looked at when they run, not while somebody looks at a form. */
const MOST_ROWS = 300_000;

/** `params` are the node's, filled in. Rows that do not fit say nothing here: the run says in full what is wrong. */
export function seriesGuesses(frame: Frame, params: ParamValues): Guesses {
  if (frame.table.rowCount > MOST_ROWS) return {};
  return { ...told(() => fromTimes(frame.table, params)), ...told(() => fromSeries(frame, params)) };
}

function told(part: () => Guesses): Guesses {
  try {
    return part();
  } catch {
    return {};
  }
}

const stepsWords = (count: number) => phrase('guess.steps', '{count} {step|steps}', { count });

function fromTimes(t: Table, params: ParamValues): Guesses {
  const { time, ids, moments } = seriesColumns(t, params);
  const found = detectGrid(timesBySeries(seriesRows(t, moments, ids)));
  return { time, ids: idsWords(ids), ...(found ? { unit: gridWords(found.grid) } : {}) };
}

function fromSeries(frame: Frame, params: ParamValues): Guesses {
  if (!('target' in params)) return {};
  const made = 'unit' in params ? madeSeries(frame.table, params, () => {}) : undefined;
  const { target, periods, horizon } = made
    ? nodeSeries(rawFrame(made.table), { ...params, time: made.time, ids: { names: [...made.ids] } })
    : nodeSeries(frame, { horizon: null, ...params });
  const season =
    periods.length === 0 ? phrase('guess.no-season', 'none') : phrase('guess.seasons', '{steps} steps', { steps: [...periods] });
  return { target, period: season, horizon: stepsWords(horizon) };
}
