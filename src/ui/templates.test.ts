/** Every template runs to the end in the real engine and ends in what it promises, and is listed with its words. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonical } from '../base/json.ts';
import { parseDocument } from '../engine/parse-document.ts';
import type { RunEvent } from '../events/event.ts';
import { kinds } from '../host/kinds.ts';
import { createNodeEngine } from '../host/node.ts';
import { lookUp } from './i18n/text.ts';
import { listTemplates } from './templates.ts';

const files = Object.keys(import.meta.glob('./templates/*.json'));
let output: string;
beforeAll(async () => {
  vi.stubGlobal('__APP_VERSION__', 'test');
  output = await mkdtemp(path.join(os.tmpdir(), 'millrace-templates-'));
});
afterAll(() => rm(output, { recursive: true, force: true }));

it('lists every file once, with title and summary', () => {
  const ids = listTemplates().map((template) => template.id);
  expect(ids.length).toBeGreaterThanOrEqual(6);
  expect(files.map((file) => path.basename(file, '.json')).sort()).toEqual([...ids].sort());
  for (const id of ids) for (const part of ['title', 'summary']) expect(lookUp('templates', id, part)).toBeTruthy();
});

/** The least that the headline metric of each template must reach; far below what it does, far above guessing. */
const BARS: Record<string, { metric: string; least: number }> = {
  'predict-category': { metric: 'auc', least: 0.7 },
  'predict-number': { metric: 'r2', least: 0.7 },
  'compare-models': { metric: 'auc', least: 0.9 },
  'missing-values': { metric: 'auc', least: 0.6 },
  'decision-tree': { metric: 'accuracy', least: 0.85 },
  dates: { metric: 'r2', least: 0.3 },
  'neural-network': { metric: 'accuracy', least: 0.85 },
};

describe('templates', () => {
  it.each(listTemplates().map((template) => template.id))('%s runs', async (id) => {
    const template = listTemplates().find((candidate) => candidate.id === id);
    const document = parseDocument(canonical(await template?.load()), kinds);
    const engine = await createNodeEngine({
      folder: output,
      output: path.join(output, id),
      samples: path.resolve(import.meta.dirname, '../../public/samples'),
      workers: 1,
    });
    const report = await engine.check(document);
    expect(report.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    const events: RunEvent[] = [];
    const finished = new Promise<void>((resolve) => {
      engine.subscribe((event) => {
        events.push(event);
        if (event.type === 'run-finished') resolve();
      });
    });
    await engine.run(document, { scope: { type: 'all' } });
    await finished;
    engine.close();
    const failed = events.flatMap((event) => (event.type === 'step-failed' ? [`${event.node}: ${event.problem.message}`] : []));
    expect(failed).toEqual([]);
    const done = events.flatMap((event) => (event.type === 'step-done' ? [event.node] : []));
    expect(done.sort()).toEqual(Object.keys(document.nodes).sort());
    const bar = BARS[id];
    if (!bar) return;
    const metrics = events.flatMap((event) =>
      event.type === 'step-done' ? Object.values(event.outputs).flatMap((value) => value.metrics?.[bar.metric] ?? []) : [],
    );
    expect(Math.max(...metrics)).toBeGreaterThan(bar.least);
  });
});
