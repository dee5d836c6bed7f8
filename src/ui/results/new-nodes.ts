/** Nodes and wires that are yet to come beside those of a pipeline, gathered into one edit. */
import { emptyDocument, type PipelineDocument, type Wire } from '../../engine/document.ts';
import type { Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { freeId, newNode, shortName } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import type { Point } from '../state/node-geometry.ts';

export type End = Wire['from'];

/** Where the table of a node comes from; undefined without a wire. */
export const tableOf = (document: PipelineDocument, node: string): End | undefined =>
  Object.values(document.wires).find(({ to }) => to.node === node && to.port === 'table')?.from;

export interface NewNodes {
  /** What came so far. */
  made: PipelineDocument;
  /** Answers with the id. */
  add: (kind: string, position: Point, params?: ParamValues, title?: string) => string;
  link: (from: End, to: End) => void;
  /** All of it as one step that can be undone. */
  edit: (label: Edit['label'], placeOf?: (id: string) => Point) => Edit;
}

export function newNodes(document: PipelineDocument): NewNodes {
  const made = emptyDocument(document.id, document.name);
  const wireIds = Object.keys(document.wires);
  return {
    made,
    add: (kind, position, params, title) => {
      const id = freeId((wanted) => wanted in document.nodes || wanted in made.nodes, shortName(kind));
      made.nodes[id] = newNode(id, kindOf(kind) as Kind, position, params, title);
      return id;
    },
    link: (from, to) => {
      const id = nextId('w', wireIds);
      wireIds.push(id);
      made.wires[id] = { id, from, to };
    },
    edit: (label, placeOf = (id) => made.nodes[id].position) => ({
      label,
      changes: [
        ...Object.values(made.nodes).map((node) => ({
          type: 'node' as const,
          id: node.id,
          value: { ...node, position: placeOf(node.id) },
        })),
        ...Object.values(made.wires).map((value) => ({ type: 'wire' as const, id: value.id, value })),
      ],
    }),
  };
}
