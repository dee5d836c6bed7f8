/** What is said when a script fails, in the browser and in Node alike. */
import { ProblemError } from '../base/problem.ts';
import type { SandboxAnswer } from './sandbox-source.ts';

type Failure = Extract<SandboxAnswer, { ok: false }>;

const HINTS: Record<Failure['stage'], string> = {
  library: 'Write the script with “tables” instead of “df”, and report this.',
  syntax: 'Check brackets, commas and quotes there.',
  run: 'The names that the script has are df, dfd, tables, params and log; use log(…) to look at a value.',
  result: 'Return a DataFrame, a list of row objects such as [{a: 1}], or columns such as {a: [1, 2]}.',
};

export const scriptProblem = {
  imports: (): ProblemError =>
    new ProblemError({
      code: 'script.import',
      at: { param: 'source' },
      message: 'The script uses import(), which the sandbox does not allow.',
      hint: 'Put the code that you need into the script itself; danfojs is there as dfd.',
    }),
  failed: ({ stage, message, line }: Failure): ProblemError =>
    new ProblemError({
      code: `script.${stage}`,
      at: { param: 'source', ...(line === undefined ? {} : { row: line }) },
      args: { message, line: line ?? null },
      message: `${stage === 'library' ? 'The danfojs library did not start' : 'The script stopped'}${line === undefined ? '' : ` at line ${line}`}: ${message}`,
      hint: HINTS[stage],
    }),
  deadline: (deadlineMs: number): ProblemError =>
    new ProblemError({
      code: 'script.deadline',
      at: { param: 'deadline' },
      args: { seconds: deadlineMs / 1000 },
      message: `The script was still running after ${deadlineMs / 1000} s and was stopped.`,
      hint: 'Look for a loop that never ends, or give it more time in the node’s settings.',
    }),
};
