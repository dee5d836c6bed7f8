/** Writes each run of the engine into the registry as it goes: the document as it was, every step as it begins and ends, status, environment. */
import { canonical } from '../base/json.ts';
import { type FinishedRun, type FinishedStep, runHeadline, type StartedRun } from '../engine/run-record.ts';
import type { Registry } from '../registry/db.ts';
import { noteHeadline } from '../registry/pipelines.ts';
import { createRun, moveRun, updateSteps } from '../registry/runs.ts';

export interface Environment {
  app: string;
  kernels: string;
  browser: string;
}

/** The callbacks that the engine takes; writes follow each other, and a failed one is reported, not thrown. */
export function runJournal(registry: Registry, session: string, environment: Environment, failed: (error: unknown) => void) {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (body: () => Promise<unknown>): Promise<void> => {
    const mine = last.then(body).then(() => {}, failed);
    last = mine;
    return mine;
  };
  /** Steps that changed since the last write, by run: a write that waits takes all of them. */
  const pending = new Map<string, Map<string, FinishedStep>>();
  const take = (run: string) => {
    const steps = pending.get(run) ?? new Map<string, FinishedStep>();
    pending.delete(run);
    return steps;
  };
  return {
    started: (run: StartedRun) => {
      const record = {
        id: run.id,
        pipeline: run.document.id,
        pipelineName: run.document.name,
        document: canonical(run.document),
        status: 'Running' as const,
        startedAt: run.startedAt,
        steps: run.steps.map((step) => ({ ...step })),
        environment: { ...environment, workers: run.workers },
        session,
      };
      void inTurn(() => createRun(registry, record));
    },
    changed: (run: string, step: FinishedStep) => {
      const steps = pending.get(run) ?? new Map<string, FinishedStep>();
      pending.set(run, steps.set(step.node, { ...step }));
      void inTurn(async () => {
        const steps = take(run);
        if (steps.size > 0) await updateSteps(registry, run, steps);
      });
    },
    finished: (run: FinishedRun) =>
      inTurn(() => {
        pending.delete(run.id);
        const said = runHeadline(run.steps);
        return moveRun(registry, run.id, run.status, new Map(run.steps.map((step) => [step.node, step]))).then(() =>
          said === '' ? undefined : noteHeadline(registry, run.document.id, said),
        );
      }),
  };
}
