/** Runs the script on its tables: a step of the recipe when one row gives one row, else a barrier (contracts §1 rule 11). */
import type { Json } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { runStep } from '../../recipe/apply-step.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { schemaOf } from '../../table/table.ts';
import { lookupsFor } from '../lookup.ts';
import { oneTable, script } from './kind.ts';
import { fromScript, toScript } from './script-table.ts';
import { noColumns, scriptStep } from './step.ts';

const MOST_CATEGORIES = 50;

/** The columns of the last run, for what is wired behind the script. */
export const learned = ({ table }: Outputs): Json =>
  schemaOf((table as Frame).table).columns.map(({ categories, ...column }) => ({
    ...column,
    ...(categories && categories.length <= MOST_CATEGORIES ? { categories } : {}),
  })) as unknown as Json;

export async function run({ params, lists, services, log, random }: RunContext): Promise<Outputs> {
  const frames = (lists.table ?? []) as Frame[];
  if (params.oneToOne) {
    if (frames.length !== 1) throw new ProblemError(oneTable);
    const code = scriptStep((...job) => services.runScript(...job), log);
    return { table: await runStep(code, script, params, frames, { random, lookup: lookupsFor(services).step }) };
  }
  const answer = await services.runScript(
    String(params.source),
    frames.map((frame) => toScript(frame.table)),
    {},
    Number(params.deadline) * 1000,
  );
  const { table, log: lines } = fromScript(answer, frames[0]?.table);
  for (const line of lines) log(line);
  if (table.columns.length === 0) throw noColumns();
  // Without inputs in its origin it is a source of its own: user code that may mix rows cannot be run again inside a fold.
  return { table: rawFrame(table, { kind: script.id, version: script.version, params: {}, inputs: [], title: script.title }) };
}
