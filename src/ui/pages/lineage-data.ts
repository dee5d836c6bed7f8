/** What a model's data was: the sources that flow into its registration, how large they are, and when they were last really read; pure. */
import type { Words } from '../../base/words.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { RunRecord } from '../../registry/records.ts';
import { upstream } from '../canvas/connect-rules.ts';

export interface SourceFacts {
  title: Words;
  /** "1,309 × 6", as its step said. */
  size: Words | undefined;
  /** Start of the run that read it: this one, or the newest earlier one whose result this one used again. */
  readAt: number | undefined;
}
type Told = Pick<RunRecord, 'steps' | 'startedAt'>;

const REGISTER = 'deliver.register-model';

/** Sources above the node that registered `model`; above every such node where the name tells none apart. */
export function sourcesOf(model: string, run: Told & Pick<RunRecord, 'document'>, runs: readonly Told[]): SourceFacts[] {
  const document = JSON.parse(run.document) as PipelineDocument;
  const all = Object.values(document.nodes).filter((node) => node.kind === REGISTER);
  const named = all.filter((node) => node.params.name === model);
  const above = new Set((named.length > 0 ? named : all).flatMap((node) => [...upstream(document, node.id)]));
  const fed = new Set(Object.values(document.wires).map((wire) => wire.to.node));
  return run.steps
    .filter((step) => above.has(step.node) && !fed.has(step.node))
    .map((step) => ({ title: step.title, size: step.headline, readAt: readAt(step, run, runs) }));
}

function readAt(step: RunRecord['steps'][number], run: Told, runs: readonly Told[]): number | undefined {
  if (step.state !== 'reused') return run.startedAt;
  const digest = Object.values(step.outputs ?? {})[0];
  const earlier = runs.filter(
    (other) =>
      other.startedAt < run.startedAt &&
      other.steps.some((one) => one.state === 'fresh' && digest !== undefined && Object.values(one.outputs ?? {}).includes(digest)),
  );
  return earlier.length > 0 ? Math.max(...earlier.map((other) => other.startedAt)) : undefined;
}
