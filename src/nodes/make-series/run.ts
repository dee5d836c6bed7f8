/** Runs Make time series. */
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { futureRows } from './future.ts';
import { makeSeries } from './kind.ts';
import { madeSeries, reportTable } from './regularise.ts';

export async function run({ params, inputs, log }: RunContext): Promise<Outputs> {
  const made = madeSeries((inputs.table as Frame).table, params, log);
  const future = inputs.future as Frame | undefined;
  const origin = { kind: makeSeries.id, version: makeSeries.version, params, inputs: [], title: makeSeries.title };
  return {
    table: rawFrame(made.table, origin),
    report: rawFrame(reportTable(made.reports), origin),
    ...(future ? { future: rawFrame(futureRows(future.table, made, params, log), origin) } : {}),
  };
}
