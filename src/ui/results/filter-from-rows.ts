/** The edit behind "Filter node from these": a Filter rows node over the scored table, with a Score node before it where there is none yet. */
import type { DocumentNode, PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { keptWords } from '../i18n/words-text.ts';
import { freeId, newNode, sameEnds, shortName } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { freePlace, PITCH_X, PITCH_Y, type Point } from '../state/node-geometry.ts';

type End = Wire['from'];
export interface FilterWish {
  /** The node whose rows were chosen: the new ones stand beside it. */
  beside: string;
  /** Where the rows come from; with `model` they have to be scored by it first. */
  table: End;
  model?: End;
  params: ParamValues;
  title: string;
}

const SCORE = { kind: 'evaluate.score', table: 'table', model: 'model', out: 'table' };
const FILTER = { kind: 'prepare.filter-rows', table: 'table' };

/** A Score node that scores this table with this model already. */
function scoreOf(document: PipelineDocument, table: End, model: End): DocumentNode | undefined {
  const wires = Object.values(document.wires);
  const has = (node: string, port: string, from: End) => wires.some((wire) => sameEnds(wire, { from, to: { node, port } }));
  return Object.values(document.nodes).find(
    (node) => node.kind === SCORE.kind && has(node.id, SCORE.table, table) && has(node.id, SCORE.model, model),
  );
}

export function filterFromRows(document: PipelineDocument, wish: FilterWish): { edit: Edit; id: string } {
  const changes: Change[] = [];
  const taken: Point[] = Object.values(document.nodes).map((node) => node.position);
  const ids = new Set(Object.keys(document.nodes));
  const wireIds = Object.keys(document.wires);
  const origin = document.nodes[wish.beside].position;
  const add = (kind: string, wanted: Point, params: ParamValues = {}, title?: string) => {
    const id = freeId((candidate) => ids.has(candidate), shortName(kind));
    ids.add(id);
    const position = freePlace(taken, wanted);
    taken.push(position);
    changes.push({ type: 'node', id, value: newNode(id, kindOf(kind) as Kind, position, params, title) });
    return { id, position };
  };
  const link = (from: End, to: End) => {
    const id = nextId('w', wireIds);
    wireIds.push(id);
    changes.push({ type: 'wire', id, value: { id, from, to } });
  };
  let from = wish.table;
  let above = { x: origin.x + PITCH_X, y: origin.y - PITCH_Y };
  if (wish.model) {
    const there = scoreOf(document, wish.table, wish.model);
    const score = there ?? add(SCORE.kind, { x: origin.x + PITCH_X, y: origin.y });
    if (!there) {
      link(wish.model, { node: score.id, port: SCORE.model });
      link(wish.table, { node: score.id, port: SCORE.table });
    }
    from = { node: score.id, port: SCORE.out };
    above = score.position;
  }
  const { id } = add(FILTER.kind, { x: above.x, y: above.y + PITCH_Y }, wish.params, wish.title);
  link(from, { node: id, port: FILTER.table });
  return { id, edit: { label: keptWords('inspect.rows.edit', { title: wish.title }), changes } };
}
