/** The edits behind "Open as nodes": a trial of AutoML, or all that make its model, as learners trained on the same table, with the steps that the race put before them; run, they give the same answers. */
import type { PipelineDocument } from '../../engine/document.ts';
import type { Edit } from '../../engine/edit.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Race, RaceMade, RaceRow } from '../../recipe/results.ts';
import { tidy } from '../canvas/tidy.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { kindOf } from '../state/kinds.ts';
import { overlaps, PITCH_X, type Point } from '../state/node-geometry.ts';
import { type End, type NewNodes, newNodes, tableOf } from './new-nodes.ts';

export interface Opened {
  edit: Edit;
  /** The node to look at first: a trial's learner, or what gives the answers of several. */
  id: string;
  /** All that came. */
  ids: readonly string[];
}

/** As the race fitted its trials: on the same folds, so that the model gives the same answers. */
export function fitsOf({ deal: { folds, share, time }, seed }: Pick<Race, 'deal' | 'seed'>): ParamValues {
  // Judged on a table of its own: every row was learned from.
  if (folds === 0 && share === 0) return { fits: 'one' };
  if (folds === 0) return { fits: 'part', share, seed };
  return time === undefined ? { fits: 'folds', folds, seed } : { fits: 'time', folds, time, seed };
}

/** Undefined when the AutoML node's table has no wire. */
export function nodesFromTrial(document: PipelineDocument, automl: string, race: Race, row: RaceRow): Opened | undefined {
  const source = tableOf(document, automl);
  if (!source) return undefined;
  const sheet = newSheet(document);
  const { learner } = addTrial(sheet, source, race, { row });
  return { id: learner, ...editOf(document, automl, sheet, row) };
}

/** The whole model of the race: its trials, weighed together where they are several, calibrated where it is. Undefined where the table has no wire, or the model is not of trials. */
export function nodesFromModel(document: PipelineDocument, automl: string, race: Race, name: RaceRow['name']): Opened | undefined {
  const source = tableOf(document, automl);
  const { made } = race;
  const parts = made?.members.map((member) => ({ ...member, row: race.rows.find(({ id }) => id === member.id) }));
  if (!source || !made || !parts || parts.length === 0 || parts.some(({ row }) => !row)) return undefined;
  const sheet = newSheet(document);
  const trials = parts.map(({ row, params }) => addTrial(sheet, source, race, { row: row!, ...(params ? { params } : {}) }));
  const models = trials.map((trial) => trial.model);
  let [model] = models;
  if (models.length > 1) {
    const id = sheet.add('evaluate.combine', combining(made));
    for (const each of models) sheet.link(each, { node: id, port: 'models' });
    model = { node: id, port: 'model' };
  }
  if (made.calibration) {
    const { scale, shift } = made.calibration;
    const id = sheet.add('evaluate.calibrate', { from: 'given', scale, shift: shift.length === 2 ? shift[1] : 0 });
    sheet.link(model, { node: id, port: 'model' });
    model = { node: id, port: 'model' };
  }
  const inOrder = [models.map(({ node }) => node), trials.map(({ learner }) => learner)];
  return { id: model.node, ...editOf(document, automl, sheet, { name }, inOrder) };
}

/** What Combine models is told, so that it puts the members together as the race did. */
function combining({ members, stack, by }: RaceMade): ParamValues {
  if (by) return { by };
  const weights = (of: readonly number[]) => ({ weights: of.map((weight) => ({ weight })) });
  if (stack) return { by: 'stack', ...weights(stack.weights), shift: stack.shift.map((shift) => ({ shift })) };
  return weights(members.map(({ weight }) => weight));
}

/** Nodes and wires that are yet to come, with steps that several share. */
interface Sheet extends Pick<NewNodes, 'link' | 'edit' | 'made'> {
  /** From left to right in the order they come; rows are seen to at the end. */
  add: (kind: string, params: ParamValues, title?: string) => string;
  /** The end of a chain of steps behind `from`, put down once for all that want the same. */
  steps: (from: End, steps: Race['steps']) => End;
}

function newSheet(document: PipelineDocument): Sheet {
  const fresh = newNodes(document);
  const { made, link } = fresh;
  const ends = new Map<string, End>();
  const add: Sheet['add'] = (kind, params, title) => fresh.add(kind, { x: Object.keys(made.nodes).length * PITCH_X, y: 0 }, params, title);
  const steps: Sheet['steps'] = (from, [first, ...rest]) => {
    if (!first) return from;
    const key = JSON.stringify([from, first.kind, first.params]);
    const known = ends.get(key);
    if (known) return steps(known, rest);
    const end = { node: add(first.kind, first.params), port: 'table' };
    link(from, end);
    ends.set(key, end);
    return steps(end, rest);
  };
  return { ...fresh, add, steps };
}

/** A trial's steps, its learner, and what trains it: on the race's folds, or with `params` once on all rows. `model` is where that comes out. */
function addTrial(
  { add, link, steps }: Sheet,
  source: End,
  race: Race,
  { row, params }: { row: RaceRow; params?: ParamValues },
): { learner: string; model: End } {
  const from = steps(source, [...race.steps, ...(row.steps ?? [])]);
  const id = add(row.kind, params ?? row.params, wordsText(row.name));
  const learner = kindOf(row.kind)?.outputs.find(({ type }) => type === 'learner');
  if (!learner) {
    // A forecast model learns by itself; other learners have a node to be trained by.
    link(from, { node: id, port: 'table' });
    return { learner: id, model: { node: id, port: 'model' } };
  }
  const train = add('evaluate.train', params ? { fits: 'one' } : fitsOf(race));
  link({ node: id, port: learner.id }, { node: train, port: 'learner' });
  link(from, { node: train, port: 'table' });
  return { learner: id, model: { node: train, port: 'model' } };
}

/** All of the sheet, in rows right of the AutoML node, over nothing that is there. */
function editOf(
  document: PipelineDocument,
  automl: string,
  { made, edit }: Sheet,
  { name }: Pick<RaceRow, 'name'>,
  inOrder: readonly string[][] = [],
): Omit<Opened, 'id'> {
  const { x, y } = document.nodes[automl].position;
  const places = tidy(made, [], inOrder);
  const left = Math.min(...[...places.values()].map((place) => place.x));
  const top = Math.min(...[...places.values()].map((place) => place.y));
  const taken = Object.values(document.nodes).map((node) => node.position);
  const at = (right: number, { x: px, y: py }: Point): Point => ({ x: x + right * PITCH_X + px - left, y: y + py - top });
  let right = 1;
  while ([...places.values()].some((place) => taken.some((other) => overlaps(other, at(right, place))))) right++;
  const label = keptWords('inspect.race.edit', { title: wordsText(name) });
  return { ids: Object.keys(made.nodes), edit: edit(label, (id) => at(right, places.get(id)!)) };
}
