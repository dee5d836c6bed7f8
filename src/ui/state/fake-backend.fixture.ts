/** A backend in memory for tests of the session: pipelines with revisions, and run events that tests send. */
import { vi } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { StoredResult } from '../../engine/engine.ts';
import type { Report } from '../../engine/plan-types.ts';
import type { RunEvent } from '../../events/event.ts';
import type { Backend, WriterState } from '../../host/protocol.ts';

export const report = (document: PipelineDocument): Report => ({
  problems: [],
  inputs: {},
  outputs: {},
  badges: [],
  exportable: {},
  plan: Object.values(document.nodes).map((node) => ({
    node: node.id,
    state: 'will-run',
    reason: 'new',
    intent: JSON.stringify(node.params),
  })),
});

/** Stores pipelines, refuses a wrong revision, and lets tests send run events. */
export function fakeBackend(runs: unknown[] = []) {
  const stored = new Map<string, { revision: number; document: string; history?: string; updatedAt?: number }>();
  const listeners = new Set<(event: RunEvent) => void>();
  const registry = new Set<(stores: string[]) => void>();
  const writers = new Set<(state: WriterState) => Promise<void>>();
  const backend = {
    check: async (document: PipelineDocument) => report(document),
    recall: vi.fn(async (_document: PipelineDocument, _nodes: string[]): Promise<Record<string, StoredResult>> => ({})),
    run: vi.fn(async () => 'run-1'),
    cancel: vi.fn(async () => undefined),
    storage: async () => ({ used: 0, quota: 0, persisted: false }),
    savePipeline: async (document: PipelineDocument, expected: number, more?: { history?: string }) => {
      const now = stored.get(document.id)?.revision ?? 0;
      if (now !== expected)
        throw new ProblemError({
          code: 'pipeline.conflict',
          message: 'This pipeline was changed elsewhere.',
          hint: 'Choose which version to keep.',
        });
      stored.set(document.id, { revision: now + 1, document: JSON.stringify(document), ...more });
      return { id: document.id, name: document.name, document: '', createdAt: 0, updatedAt: 1000, revision: now + 1, nodeCount: 0 };
    },
    listRuns: async () => runs,
    listPipelines: async () => Array.from(stored, ([id, { updatedAt = 1000 }]) => ({ id, updatedAt })),
    loadPipeline: async (id: string) => stored.get(id) && { id, ...stored.get(id) },
    subscribe: (listener: (event: RunEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeRegistry: (listener: (stores: string[]) => void) => {
      registry.add(listener);
      return () => registry.delete(listener);
    },
    subscribeWriter: (listener: (state: WriterState) => Promise<void>) => {
      writers.add(listener);
      return () => writers.delete(listener);
    },
  };
  return {
    backend: backend as unknown as Backend,
    stored,
    runs,
    send: (event: RunEvent) => listeners.forEach((listener) => void listener(event)),
    raw: backend,
    registryChanged: (...stores: string[]) => registry.forEach((listener) => void listener(stores)),
    writer: (state: WriterState) => Promise.all(Array.from(writers, (listener) => listener(state))),
  };
}
