/** The templates of the empty state's third door; their documents are read when one is opened. */
import type { PipelineDocument } from '../engine/document.ts';

export interface Template {
  id: string;
  title: string;
  summary: string;
  load: () => Promise<PipelineDocument>;
}

export const listTemplates = (): readonly Template[] => [];
