/** Ready-made pipelines on bundled samples. Their titles and summaries stand in the language files under the same ids. */
import type { PipelineDocument } from '../engine/document.ts';

export interface Template {
  id: string;
  /** Reads the document when it is wanted: templates are chunks of their own. */
  load: () => Promise<PipelineDocument>;
}

/** In the order they are offered: the common jobs first. */
const ORDER = [
  'predict-category',
  'predict-number',
  'forecast',
  'compare-models',
  'missing-values',
  'decision-tree',
  'group-and-join',
  'dates',
  'neural-network',
];
const files = import.meta.glob<PipelineDocument>('./templates/*.json', { import: 'default' });

export const listTemplates = (): readonly Template[] => ORDER.map((id) => ({ id, load: files[`./templates/${id}.json`] }));
