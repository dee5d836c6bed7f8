/** The latest report on the document — problems, schemas, plan, badges — asked for after each edit and each finished step. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { PlannedStep, Report } from '../../engine/plan-types.ts';
import type { Backend } from '../../host/protocol.ts';

export interface CheckState {
  report: Report;
  /** The document that the report is about. */
  of: PipelineDocument | undefined;
  steps: ReadonlyMap<string, PlannedStep>;
  /** The check itself failed. */
  broken: Problem | undefined;
}
export interface CheckStore extends StoreApi<CheckState> {
  /** Asks soon; several wishes in a row become one. */
  ask: () => void;
  /** Resolves when the report is about the document as it is now. */
  settled: () => Promise<Report>;
}

export const emptyReport: Report = { problems: [], inputs: {}, outputs: {}, plan: [], badges: [], exportable: {} };

export function createChecks(backend: Pick<Backend, 'check'>, current: () => PipelineDocument, delayMs = 60): CheckStore {
  const store = createStore<CheckState>()(() => ({ report: emptyReport, of: undefined, steps: new Map(), broken: undefined }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;
  let waiting: ((report: Report) => void)[] = [];

  async function check(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const document = current();
    try {
      const report = await backend.check(document);
      store.setState({ report, of: document, steps: new Map(report.plan.map((step) => [step.node, step])), broken: undefined });
    } catch (error) {
      store.setState({ broken: toProblem(error), of: document });
    }
    busy = false;
    if (again || current() !== document) {
      again = false;
      void check();
      return;
    }
    const done = waiting;
    waiting = [];
    for (const resolve of done) resolve(store.getState().report);
  }
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), delayMs);
  };
  const settled = () =>
    new Promise<Report>((resolve) => {
      waiting.push(resolve);
      clearTimeout(timer);
      void check();
    });
  return Object.assign(store, { ask, settled });
}
