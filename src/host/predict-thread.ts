/** `predict` in a thread of its own, ended when it passes the time that it asked for. */
import { connect } from '../base/channel.ts';
import { type Problem, ProblemError } from '../base/problem.ts';
import { nodeSpawn } from './node-pool.ts';

export type PredictService = {
  predict: (modelFile: string, rowsFile: string, allowScripts: boolean) => Promise<string>;
};
export type PredictAsker = {
  warn: (problem: Problem) => void;
  /** From now on; null: no limit any more. */
  limit: (late: { ms: number; problem: Problem } | null) => void;
};

/** The CSV text of `predictFile`; `script` is the built `predict-worker.ts`. */
export async function predictInThread(
  script: URL,
  modelFile: string,
  rowsFile: string,
  warn: (problem: Problem) => void,
  allowScripts: boolean,
): Promise<string> {
  const { port, terminate, crashed } = nodeSpawn(script)();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      crashed((reason) => reject(stopped(reason)));
      const thread = connect<PredictService>(port, {
        warn,
        limit: (late) => {
          clearTimeout(timer);
          timer = late ? setTimeout(() => reject(new ProblemError(late.problem)), late.ms) : undefined;
        },
      } satisfies PredictAsker);
      thread.predict(modelFile, rowsFile, allowScripts).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    terminate();
  }
}

const stopped = (reason: string) =>
  new ProblemError({
    code: 'predict.crashed',
    args: { reason },
    message: 'Scoring stopped, most likely for lack of memory.',
    hint: 'Score fewer rows at a time, or a smaller model.',
    details: reason,
  });
