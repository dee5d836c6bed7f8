/** Writes each run of the engine into the registry: the document as it was, every step, status and environment. */
import { canonical } from '../base/json.ts';
import type { FinishedRun, StartedRun } from '../engine/run-record.ts';
import type { Registry } from '../registry/db.ts';
import type { RunRecord } from '../registry/records.ts';
import { createRun, moveRun, updateStep } from '../registry/runs.ts';
import { kinds } from './kinds.ts';

export interface Environment {
  app: string;
  kernels: string;
  browser: string;
}

/** The two callbacks that the engine takes; writes follow each other, and a failed one is reported, not thrown. */
export function runJournal(registry: Registry, environment: Environment, failed: (error: unknown) => void) {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (body: () => Promise<unknown>) => {
    last = last.then(body).catch(failed);
  };
  return {
    started: (run: StartedRun) =>
      inTurn(async () => {
        const record: Omit<RunRecord, 'number'> = {
          id: run.id,
          pipeline: run.document.id,
          pipelineName: run.document.name,
          document: canonical(run.document),
          status: 'Running',
          startedAt: run.startedAt,
          steps: Object.values(run.document.nodes).map((node) => ({
            node: node.id,
            title: node.title ?? kinds.get(node.kind)?.title ?? node.kind,
            kind: node.kind,
            state: 'queued',
            reason: '',
          })),
          environment: { ...environment, backend: 'cpu', workers: run.workers },
        };
        await createRun(registry, record);
      }),
    finished: (run: FinishedRun) =>
      inTurn(async () => {
        for (const step of run.steps) await updateStep(registry, run.id, step.node, step);
        await moveRun(registry, run.id, run.status);
      }),
  };
}
