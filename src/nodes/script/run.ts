/** Sends the tables to the sandbox and makes a new raw table of what comes back (contracts §1 rule 11: a script is a barrier). */
import { ProblemError, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Table } from '../../table/table.ts';
import { fromScript, toScript } from './script-table.ts';

export async function run({ params, lists, services, log }: RunContext): Promise<Outputs> {
  const frames = (lists.table ?? []) as Frame[];
  const like: Table | undefined = frames[0]?.table;
  const seconds = params.deadline as number;
  const answer = await services.runScript(
    String(params.source),
    frames.map((frame) => toScript(frame.table)),
    {},
    seconds * 1000,
  );
  const { table, log: lines } = fromScript(answer, like);
  for (const line of lines) log(line);
  if (params.oneToOne && table.rowCount !== (like?.rowCount ?? -1)) throw notOneToOne(like?.rowCount ?? 0, table.rowCount);
  if (table.columns.length === 0) throw new ProblemError(emptyAnswer);
  // Without inputs in its origin it is a source of its own: user code cannot be run again inside a fold.
  return { table: rawFrame(table, { kind: 'script.javascript', version: 1, params: {}, inputs: [], title: 'JavaScript script' }) };
}

const emptyAnswer = problem({
  code: 'script.result',
  at: { param: 'source' },
  message: phrase('script.empty-table', 'The script gave a table without columns.'),
  hint: phrase('script.one-column', 'Return at least one column.'),
});

const notOneToOne = (before: number, after: number) =>
  new ProblemError({
    code: 'script.row-count',
    at: { param: 'oneToOne' },
    args: { before, after },
    message: `“One row in, one row out” is ticked, but ${before.toLocaleString('en')} rows went in and ${after.toLocaleString('en')} came out.`,
    hint: 'Untick it, or return one row for each row, in the same order.',
  });
