/** Several nodes of one kind as one form: what they share, where they differ, and one step that sets them all. */
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../base/words.ts';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument } from '../../engine/document.ts';
import { column } from '../../kind/schema.ts';
import { addNode, setParams } from '../state/edits.ts';
import { kindOf, kindsById } from '../state/kinds.ts';
import { commonSchema, sharedValues } from './shared-values.ts';

const boosting = kindOf('learn.boosting')!;

function documentWith(...params: Record<string, number | string>[]) {
  let document = emptyDocument('p', 'P');
  const ids = params.map((values) => {
    const added = addNode(document, boosting, { x: 0, y: 0 }, values);
    document = applyEdit(document, added.edit, kindsById).document;
    return added.id;
  });
  return { document, ids };
}

describe('sharedValues', () => {
  it('tells shared from different values, and what is not at its default', () => {
    const { document, ids } = documentWith(
      { rounds: 50, learning_rate: 0.2 },
      { rounds: 80, learning_rate: 0.2 },
      { rounds: 50, learning_rate: 0.2 },
    );
    const shared = sharedValues(
      ids.map((id) => document.nodes[id]),
      boosting,
    );
    expect(shared.differs).toEqual({ rounds: 2 });
    expect(shared.values.learning_rate).toBe(0.2);
    expect([...shared.changed]).toEqual(['rounds', 'learning_rate']);
  });

  it('shows only settings that every node shows', () => {
    const { document, ids } = documentWith({}, {});
    const [a, b] = ids.map((id) => document.nodes[id]);
    const stops = { ...b, params: { early_stopping: true } };
    const shown = (...nodes: (typeof a)[]) => sharedValues(nodes, boosting).entries.map(([id]) => id);
    expect(shown(stops)).toContain('patience');
    expect(shown(a, stops)).toEqual(shown(a));
    expect(sharedValues([a, stops], boosting).differs).toEqual({ early_stopping: 2 });
  });
});

describe('setParams', () => {
  it('sets all nodes in one step that is taken back as one', () => {
    const { document, ids } = documentWith({ rounds: 50 }, { rounds: 80 });
    const edit = setParams(document, ids, 'rounds', 60);
    const { document: after, inverse } = applyEdit(document, edit, kindsById);
    expect(ids.map((id) => after.nodes[id].params.rounds)).toEqual([60, 60]);
    expect(inEnglish(edit.label)).toContain('in 2 nodes');
    expect(applyEdit(after, inverse, kindsById).document).toEqual(document);
  });
  it('takes the value out where it is the default', () => {
    const { document, ids } = documentWith({ rounds: 50 }, { rounds: 80 });
    const { document: after } = applyEdit(
      document,
      setParams(document, ids, 'rounds', boosting.params.rounds.default as number),
      kindsById,
    );
    expect(ids.map((id) => 'rounds' in after.nodes[id].params)).toEqual([false, false]);
  });
});

describe('commonSchema', () => {
  const people = { columns: [column('age', 'number'), column('sex', 'category')], rowCount: 3 };
  it('keeps columns that all tables have; of unlike types they are text', () => {
    expect(
      commonSchema([people, { columns: [column('sex', 'text'), column('age', 'number'), column('fare', 'number')] }])?.columns,
    ).toEqual([column('age', 'number'), { ...column('sex', 'category'), type: 'text' }]);
  });
  it('is unknown while one table is', () => expect(commonSchema([people, undefined])).toBeUndefined());
});
