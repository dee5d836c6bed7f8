/**
 * User code in the command line. Node has no sandbox: the code runs in a worker thread of its own with a memory limit and a
 * deadline, but it can read files and reach the network. So it is refused unless the person at the keyboard allowed it.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Json } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import { callsImport, needsLibrary, type SandboxAnswer, SCRIPT_RUNTIME, wrapUserCode } from './sandbox-source.ts';
import { scriptProblem } from './script-problem.ts';

const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
globalThis.self = globalThis;
// A script that waits for nothing must meet its deadline, not fall out of an empty event loop.
setInterval(() => {}, 60000);
${SCRIPT_RUNTIME}
(async () => {
  let dfd;
  try {
    if (workerData.library) dfd = require(workerData.library);
  } catch (error) {
    return parentPort.postMessage(failure('library', error));
  }
  try {
    vm.runInThisContext(workerData.source, { filename: 'user-code.js' });
  } catch (error) {
    return parentPort.postMessage(failure('syntax', error));
  }
  parentPort.postMessage(await runUserCode(self.userCode, dfd, workerData.tables, workerData.params));
})();
`;
const MEMORY_MB = 2048;

/** The `runScript` service of the command line; `allowed` is its `--allow-scripts`. */
export function nodeScripts(allowed: boolean) {
  return async (source: string, tables: unknown[], params: Json, deadlineMs: number): Promise<unknown> => {
    if (!allowed) {
      throw new ProblemError({
        code: 'script.not-allowed',
        message: 'This pipeline or model holds a script, and the command line has no sandbox for it.',
        hint: 'Read the script, and if you trust it, run again with --allow-scripts; it can then read your files and use the network.',
      });
    }
    if (callsImport(source)) throw scriptProblem.imports();
    const library = needsLibrary(source) ? createRequire(import.meta.url).resolve('danfojs') : undefined;
    const worker = new Worker(SOURCE, {
      eval: true,
      workerData: { source: wrapUserCode(source), tables, params, library },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const answer = await new Promise<SandboxAnswer>((resolve, reject) => {
        timer = setTimeout(() => reject(scriptProblem.deadline(deadlineMs)), deadlineMs);
        const stopped = (text: string) => resolve({ ok: false, stage: 'run', message: text });
        worker.on('message', resolve);
        worker.on('error', (error) => stopped(error instanceof Error ? error.message : String(error)));
        worker.on('exit', () => stopped('the script ended its own worker'));
      });
      if (!answer.ok) throw scriptProblem.failed(answer);
      return answer.value;
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  };
}
