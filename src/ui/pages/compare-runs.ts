/** Two or more runs side by side: which settings differ, and the metrics of their steps; pure. */
import { canonical, type Json } from '../../base/json.ts';
import type { Words } from '../../base/words.ts';
import type { DocumentNode, PipelineDocument } from '../../engine/document.ts';
import type { RunRecord } from '../../registry/records.ts';

export interface Difference {
  node: string;
  title: string;
  kind: string;
  /** `undefined` for the presence of the node itself, or for its version. */
  param?: string;
  /** One per run, `undefined` where the default applied; for presence true or false. */
  values: (Json | undefined)[];
}

/** Differences in nodes, params and the pipeline's seed, in the order of the documents. */
export function differencesOf(runs: readonly Pick<RunRecord, 'document'>[]): Difference[] {
  const documents = runs.map((run) => JSON.parse(run.document) as PipelineDocument);
  const found: Difference[] = [];
  const seeds = documents.map((document) => document.seed);
  if (new Set(seeds).size > 1) found.push({ node: '', title: '', kind: '', param: 'seed', values: seeds });
  const ids = new Set(documents.flatMap((document) => Object.keys(document.nodes)));
  for (const id of ids) {
    const nodes = documents.map((document): DocumentNode | undefined => document.nodes[id]);
    const known = nodes.find((node) => node !== undefined) as DocumentNode;
    const about = { node: id, title: known.title ?? '', kind: known.kind };
    if (nodes.some((node) => node === undefined)) {
      found.push({ ...about, values: nodes.map((node) => node !== undefined) });
      continue;
    }
    const params = new Set(nodes.flatMap((node) => Object.keys(node?.params ?? {})));
    for (const param of params) {
      const values = nodes.map((node) => node?.params[param]);
      if (new Set(values.map((value) => (value === undefined ? '' : canonical(value)))).size > 1) found.push({ ...about, param, values });
    }
  }
  return found;
}

export interface MetricRow {
  node: string;
  title: Words;
  metric: string;
  values: (number | undefined)[];
}
/** One row per step and metric that any of the runs has. */
export function metricRows(runs: readonly Pick<RunRecord, 'steps'>[]): MetricRow[] {
  const rows = new Map<string, MetricRow>();
  runs.forEach((run, at) => {
    for (const step of run.steps) {
      for (const [metric, value] of Object.entries(step.metrics ?? {})) {
        const key = `${step.node} ${metric}`;
        const row = rows.get(key) ?? { node: step.node, title: step.title, metric, values: runs.map(() => undefined) };
        row.values[at] = value;
        rows.set(key, row);
      }
    }
  });
  return [...rows.values()];
}
