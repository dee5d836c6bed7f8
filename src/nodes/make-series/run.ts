/** Runs Make time series. */
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { makeSeries } from './kind.ts';
import { madeSeries, reportTable } from './regularise.ts';

export async function run({ params, inputs, log }: RunContext): Promise<Outputs> {
  const { table, reports } = madeSeries((inputs.table as Frame).table, params, log);
  const origin = { kind: makeSeries.id, version: makeSeries.version, params, inputs: [], title: makeSeries.title };
  return { table: rawFrame(table, origin), report: rawFrame(reportTable(reports), origin) };
}
