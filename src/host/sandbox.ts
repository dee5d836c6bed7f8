/**
 * Runs user code in a worker that the page makes from a `data:` address: an origin of its own, no storage, the page's policy
 * inherited. The page ends it at the deadline. What the code gets and gives stands in `sandbox-source.ts`.
 */
import type { Json } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import { callsImport, needsLibrary, SANDBOX_SOURCE, type SandboxAnswer, type SandboxJob, wrapUserCode } from './sandbox-source.ts';
import { scriptProblem } from './script-problem.ts';
import { trustedUrl } from './trusted.ts';

const WORKER_URL = `data:text/javascript;charset=utf-8,${encodeURIComponent(SANDBOX_SOURCE)}`;

let library: Promise<string> | undefined;
/** danfojs is fetched from our own origin when the first script asks for it. */
function loadLibrary(): Promise<string> {
  library ??= import('./danfo.ts?worker&url')
    .then(({ default: url }) => fetch(url))
    .then((response) => {
      if (!response.ok) throw new Error(`danfojs: ${response.status}`);
      return response.text();
    });
  return library;
}

/** Answers with `{columns, log}`; throws a Problem that names the line where the code failed. */
export async function runScript(source: string, tables: unknown[], params: Json, deadlineMs: number): Promise<unknown> {
  if (callsImport(source)) throw scriptProblem.imports();
  const job: SandboxJob = { source: wrapUserCode(source), tables, params };
  if (needsLibrary(source)) {
    job.library = await loadLibrary().catch((error) => {
      library = undefined;
      throw new ProblemError({
        code: 'script.library',
        message: 'The danfojs library could not be loaded.',
        hint: 'Connect once so that the app can fetch it, or write the script with “tables” instead of “df”.',
        details: String(error),
      });
    });
  }
  const worker = new Worker(trustedUrl(WORKER_URL));
  try {
    const answer = await new Promise<SandboxAnswer>((resolve, reject) => {
      const timer = setTimeout(() => reject(scriptProblem.deadline(deadlineMs)), deadlineMs);
      worker.onmessage = ({ data }) => {
        clearTimeout(timer);
        resolve(data as SandboxAnswer);
      };
      worker.onerror = (event) => {
        clearTimeout(timer);
        event.preventDefault();
        resolve({ ok: false, stage: 'run', message: event.message || 'the sandbox stopped' });
      };
      worker.postMessage(job);
    });
    if (!answer.ok) throw scriptProblem.failed(answer);
    return answer.value;
  } finally {
    worker.terminate();
  }
}
