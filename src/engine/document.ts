/** The pipeline document: plain JSON that diffs well; ids never indices; params are sparse (defaults left out). */
import type { Json } from '../base/json.ts';
import type { ParamValues } from '../kind/params.ts';

export const DOCUMENT_FORMAT = 1;

export interface DocumentNode {
  id: string;
  kind: string;
  version: number;
  /** The user's own title; absent = the kind's. */
  title?: string;
  /** Only values that differ from the kind's defaults. */
  params: ParamValues;
  position: { x: number; y: number };
  disabled?: boolean;
  /** false = always run. */
  cache?: boolean;
  pinned?: boolean;
  runOn?: 'auto' | 'cpu' | 'gpu';
  maxWorkers?: number;
  comment?: string;
}
export interface Wire {
  id: string;
  from: { node: string; port: string };
  to: { node: string; port: string };
}
export interface Note {
  id: string;
  text: string;
  position: { x: number; y: number };
  size: { width: number; height: number };
  colour?: string;
  /** A frame: the text is its title, and what stands inside moves with it. */
  frame?: boolean;
}
export interface PipelineDocument {
  format: number;
  id: string;
  name: string;
  description?: string;
  seed: number;
  nodes: Record<string, DocumentNode>;
  wires: Record<string, Wire>;
  notes: Record<string, Note>;
  /** Unknown top-level members of newer writers are refused, never dropped. */
  extra?: Record<string, Json>;
}

export const emptyDocument = (id: string, name: string): PipelineDocument => ({
  format: DOCUMENT_FORMAT,
  id,
  name,
  seed: 42,
  nodes: {},
  wires: {},
  notes: {},
});
