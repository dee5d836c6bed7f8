/** A filter made from chosen rows: placed, wired, one step; it keeps the very rows that were chosen. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { column } from '../../kind/schema.ts';
import { addNode, connect } from '../state/edits.ts';
import { kindOf, kindsById } from '../state/kinds.ts';
import { filterFromRows } from './filter-from-rows.ts';
import { namesFor, placeOf } from './use-judged-source.ts';

function pipeline() {
  let document: PipelineDocument = emptyDocument('p', 'P');
  const add = (kind: string, x: number, y: number) => {
    const added = addNode(document, kindOf(kind)!, { x, y });
    document = applyEdit(document, added.edit, kindsById).document;
    return added.id;
  };
  const wire = (from: string, out: string, to: string, into: string) => {
    document = applyEdit(document, connect(document, { node: from, port: out }, { node: to, port: into }), kindsById).document;
  };
  const [split, learner, evaluate] = [add('prepare.split', 0, 0), add('learn.tree', 0, 100), add('evaluate.evaluate', 0, 200)];
  wire(split, 'train', learner, 'table');
  wire(learner, 'model', evaluate, 'model');
  wire(split, 'test', evaluate, 'table');
  return { document, split, learner, evaluate };
}
const wiresOf = (document: PipelineDocument, to: string) =>
  Object.values(document.wires).flatMap((w) => (w.to.node === to ? [`${w.from.node}.${w.from.port} → ${w.to.port}`] : []));

describe('filterFromRows', () => {
  const { document, split, learner, evaluate } = pipeline();
  const wish = {
    beside: evaluate,
    table: { node: split, port: 'test' },
    model: { node: learner, port: 'model' },
    params: { formula: 'a > 1' },
    title: 'Wrong',
  };
  const { edit, id } = filterFromRows(document, wish);
  const { document: after, inverse } = applyEdit(document, edit, kindsById);

  it('scores the rows first, and filters what Score gives', () => {
    expect(after.nodes[id]).toMatchObject({ kind: 'prepare.filter-rows', title: 'Wrong', params: { formula: 'a > 1' } });
    expect(wiresOf(after, id)).toEqual(['score.table → table']);
    expect(new Set(wiresOf(after, 'score'))).toEqual(new Set([`${learner}.model → model`, `${split}.test → table`]));
  });
  it('is one step, taken back whole', () => expect(applyEdit(after, inverse, kindsById).document).toEqual(document));
  it('uses the Score node that is there', () => {
    const second = applyEdit(after, filterFromRows(after, wish).edit, kindsById).document;
    expect(Object.values(second.nodes).filter((node) => node.kind === 'evaluate.score')).toHaveLength(1);
    expect(Object.values(second.nodes).filter((node) => node.kind === 'prepare.filter-rows')).toHaveLength(2);
  });
  it('lays no node over another', () => {
    const places = Object.values(after.nodes).map(({ position }) => `${position.x} ${position.y}`);
    expect(new Set(places).size).toBe(places.length);
  });
  it('filters a scored table directly', () => {
    const { edit: direct, id: made } = filterFromRows(document, { ...wish, model: undefined });
    expect(wiresOf(applyEdit(document, direct, kindsById).document, made)).toEqual([`${split}.test → table`]);
  });
});

describe('where judged rows come from', () => {
  const scored = (...models: string[]) => ({
    columns: models.flatMap((model, i) => [
      column(`predicted${i}`, 'category', { role: 'prediction', model }),
      column(`P${i}`, 'number', { role: 'probability', model, className: 'yes' }),
    ]),
  });
  it('counts models table by table, the wired one last in each', () => {
    expect(placeOf([scored('a', 'b'), scored('c')], false, 2, 3)).toEqual({ at: 1, own: 'c' });
    expect(placeOf([scored(), scored('c')], true, 0, 3)).toEqual({ at: 0, own: undefined });
    expect(placeOf([scored(), scored('c')], true, 2, 3)).toEqual({ at: 1, own: undefined });
    expect(placeOf([scored('a')], false, 0, 2)).toBeUndefined();
  });
  it('names the columns that Score will add', () => {
    const schema = { columns: [column('y', 'integer'), column('predicted', 'number')] };
    const source = { digest: 'd', schema, table: { node: 't', port: 'table' }, model: { node: 'm', port: 'model' }, shares: {} };
    expect(namesFor(source, { target: 'y', classes: ['0', '1'] }, { at: 0.3, positive: 1 })).toEqual({
      target: 'y',
      predicted: 'predicted (2)',
      classes: ['0', '1'],
      type: 'integer',
      cut: { at: 0.3, positive: 1, column: 'P(1)' },
    });
  });
});
