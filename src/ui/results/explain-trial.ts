/** The edit behind "Explain" on a race's leaderboard: Column effects and Explain on the model of a trial, which a copy of the AutoML node gives without training. */
import { canonical } from '../../base/json.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { Edit } from '../../engine/edit.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { RaceRow } from '../../recipe/results.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { freePlace, PITCH_X, PITCH_Y, type Point } from '../state/node-geometry.ts';
import { newNodes, tableOf } from './new-nodes.ts';

export interface Explaining {
  /** Absent where all of it stands on the canvas already. */
  edit?: Edit;
  /** The nodes that explain: the first one to be looked at. */
  ids: readonly string[];
}

/** In the order they are looked at. */
const KINDS = ['evaluate.effects', 'evaluate.explain'];

/** Of the node's own model, or of a trial whose models are kept. Undefined where the node's table has no wire. */
export function explainTrial(
  document: PipelineDocument,
  automl: string,
  { name, id: trial }: { name: RaceRow['name']; id?: number },
): Explaining | undefined {
  const wires = Object.values(document.wires);
  const into = wires.filter(({ to }) => to.node === automl);
  const table = tableOf(document, automl);
  if (!table) return undefined;
  const { kind, params, position } = document.nodes[automl];
  const fresh = newNodes(document);
  const taken: Point[] = Object.values(document.nodes).map((node) => node.position);
  const add = (of: string, wanted: Point, given?: ParamValues, title?: string): { id: string; position: Point } => {
    const place = freePlace(taken, wanted);
    taken.push(place);
    return { id: fresh.add(of, place, given, title), position: place };
  };
  let model = { id: automl, position };
  if (trial !== undefined) {
    // Differing only in what is made of the race, it takes the race that ran.
    const { final: _, ...own } = params;
    const wanted: ParamValues = { ...own, pick: String(trial + 1) };
    const known = Object.values(document.nodes).find(
      (node) =>
        node.kind === kind &&
        canonical(node.params) === canonical(wanted) &&
        wires.some(({ from, to }) => to.node === node.id && to.port === 'table' && from.node === table.node && from.port === table.port),
    );
    model = known ?? add(kind, { x: position.x + PITCH_X, y: position.y }, wanted, wordsText(name));
    if (!known) for (const { from, to } of into) fresh.link(from, { node: model.id, port: to.port });
  }
  const explaining = KINDS.map((of, place) => {
    const known = wires.find(({ from, to }) => from.node === model.id && from.port === 'model' && document.nodes[to.node]?.kind === of);
    if (known) return known.to.node;
    const { x, y } = model.position;
    const { id } = add(of, { x: x + place * PITCH_X, y: y + PITCH_Y });
    fresh.link({ node: model.id, port: 'model' }, { node: id, port: 'model' });
    fresh.link(table, { node: id, port: 'table' });
    return id;
  });
  if (Object.keys(fresh.made.nodes).length === 0) return { ids: explaining };
  return { ids: explaining, edit: fresh.edit(keptWords('inspect.race.explain', { title: wordsText(name) })) };
}
