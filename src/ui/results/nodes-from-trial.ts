/** The edit behind "Open as nodes": a trial of AutoML as a learner and a Train node on the same table, with the steps that the race put before it; trained, it gives the trial's answers. */
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Race, RaceRow } from '../../recipe/results.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { freeId, newNode, shortName } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { freePlace, PITCH_X, PITCH_Y, type Point } from '../state/node-geometry.ts';

const TRAIN = { kind: 'evaluate.train', learner: 'learner', table: 'table' };

/** As the race fitted its trials: on the same folds, so that the model gives the same answers. */
export function fitsOf({ deal: { folds, share, time }, seed }: Pick<Race, 'deal' | 'seed'>): ParamValues {
  // Judged on a table of its own: every row was learned from.
  if (folds === 0 && share === 0) return { fits: 'one' };
  if (folds === 0) return { fits: 'part', share, seed };
  return time === undefined ? { fits: 'folds', folds, seed } : { fits: 'time', folds, time, seed };
}

/** Undefined when the AutoML node's table has no wire. `id` is the learner's. */
export function nodesFromTrial(
  document: PipelineDocument,
  automl: string,
  race: Race,
  row: RaceRow,
): { edit: Edit; id: string } | undefined {
  const source = Object.values(document.wires).find(({ to }) => to.node === automl && to.port === 'table')?.from;
  if (!source) return undefined;
  const changes: Change[] = [];
  const ids = new Set(Object.keys(document.nodes));
  const wireIds = Object.keys(document.wires);
  const taken: Point[] = Object.values(document.nodes).map((node) => node.position);
  const { x, y } = document.nodes[automl].position;
  const add = (kind: string, wanted: Point, params: ParamValues = {}, title?: string): string => {
    const id = freeId((candidate) => ids.has(candidate), shortName(kind));
    ids.add(id);
    const position = freePlace(taken, wanted);
    taken.push(position);
    changes.push({ type: 'node', id, value: newNode(id, kindOf(kind) as Kind, position, params, title) });
    return id;
  };
  const link = (from: Wire['from'], to: Wire['to']) => {
    const id = nextId('w', wireIds);
    wireIds.push(id);
    changes.push({ type: 'wire', id, value: { id, from, to } });
  };
  let from = source;
  const steps = [...race.steps, ...(row.steps ?? [])];
  for (const [i, { kind, params }] of steps.entries()) {
    const id = add(kind, { x: x + PITCH_X, y: y + i * PITCH_Y }, params);
    link(from, { node: id, port: 'table' });
    from = { node: id, port: 'table' };
  }
  const below = y + steps.length * PITCH_Y;
  // A forecast model learns by itself; other learners have a node to be trained by.
  const alone = !kindOf(row.kind)?.outputs.some(({ type }) => type === 'learner');
  const id = add(row.kind, { x: x + (alone ? 1 : 2) * PITCH_X, y: below }, row.params);
  if (alone) link(from, { node: id, port: 'table' });
  else {
    const train = add(TRAIN.kind, { x: x + PITCH_X, y: below + PITCH_Y }, fitsOf(race));
    link({ node: id, port: 'learner' }, { node: train, port: TRAIN.learner });
    link(from, { node: train, port: TRAIN.table });
  }
  return { id, edit: { label: keptWords('inspect.race.edit', { title: wordsText(row.name) }), changes } };
}
