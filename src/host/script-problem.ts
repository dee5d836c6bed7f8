/** What is said when a script fails, in the browser and in Node alike. */
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
import type { SandboxAnswer } from './sandbox-source.ts';

type Failure = Extract<SandboxAnswer, { ok: false }>;

const CODES: Record<Failure['stage'], string> = {
  library: 'script.library',
  syntax: 'script.syntax',
  run: 'script.run',
  result: 'script.result',
};
const HINTS: Record<Failure['stage'], Phrase> = {
  library: phrase('script.use-tables', 'Write the script with “tables” instead of “df”, and report this.'),
  syntax: phrase('script.check-brackets', 'Check brackets, commas and quotes there.'),
  run: phrase('script.names', 'The names that the script has are df, dfd, tables, params and log; use log(…) to look at a value.'),
  result: phrase('script.return', 'Return a DataFrame, a list of row objects such as {rows}, or columns such as {columns}.', {
    rows: '[{a: 1}]',
    columns: '{a: [1, 2]}',
  }),
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
      code: CODES[stage],
      at: { param: 'source', ...(line === undefined ? {} : { row: line }) },
      args: { message, line: line ?? null },
      message:
        stage === 'library'
          ? phrase('script.library-failed', 'The danfojs library did not start: {message}', { message })
          : line === undefined
            ? phrase('script.stopped', 'The script stopped: {message}', { message })
            : phrase('script.stopped-at', 'The script stopped at line {line}: {message}', { line: String(line), message }),
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
