/** Random edits of a document, and the law that each of them can be taken back exactly; shared by the test and the nightly run. */
import { expect } from 'vitest';
import type { Json } from '../base/json.ts';
import { type Random, stream } from '../base/random.ts';
import { applyEdit } from './apply-edit.ts';
import type { PipelineDocument } from './document.ts';
import type { Change, Edit } from './edit.ts';
import { graphOf, nextId } from './graph.ts';
import { emptyHistory, type History, redo, remember, undo } from './history.ts';
import { serialise } from './serialise.ts';
import { node, randomPipeline, toyKinds, wire } from './toy.fixture.ts';

const pick = <T>(draw: Random, list: readonly T[]): T | undefined => list[list.length ? draw.below(list.length) : 0];

/** An edit of one to three changes, any of which may not fit. */
export function randomEdit(document: PipelineDocument, draw: Random): Edit {
  const ids = Object.keys(document.nodes);
  const one = (): Change => {
    const some = pick(draw, ids) ?? 'n1';
    const id = nextId('n', ids);
    switch (draw.below(9)) {
      case 0:
        return { type: 'node', id, value: node(id, ['add', 'sum', 'sign'][draw.below(3)], { by: draw.below(9) }) };
      case 1:
        return { type: 'node', id: some, value: null };
      case 2:
        return { type: 'node', id: some, value: node(some, 'add', {}, { position: { x: draw.below(900), y: 0 }, comment: 'moved' }) };
      case 3: {
        const wireId = nextId('w', Object.keys(document.wires));
        return { type: 'wire', id: wireId, value: wire(wireId, `${some}>${pick(draw, ids) ?? 'n1'}`) };
      }
      case 4:
        return { type: 'wire', id: pick(draw, Object.keys(document.wires)) ?? 'none', value: null };
      case 5: {
        const noteId = `note${draw.below(5)}`;
        const note = { id: noteId, text: String(draw.uint32()), position: { x: 1, y: 2 }, size: { width: 3, height: 4 } };
        return { type: 'note', id: noteId, value: draw.below(3) === 0 ? null : note };
      }
      case 6: {
        const values: (Json | undefined)[] = [1, 'x', null, undefined, { names: ['a'] }];
        return { type: 'param', node: some, param: ['by', 'seed', '__proto__', 'constructor'][draw.below(4)], value: pick(draw, values) };
      }
      case 7:
        return { type: 'field', field: 'description', value: draw.below(2) ? null : String(draw.uint32()) };
      default:
        return { type: 'field', field: draw.below(2) ? 'seed' : 'name', value: draw.below(2) ? 7 : 'seven' };
    }
  };
  return { label: 'Random', changes: Array.from({ length: 1 + draw.below(3) }, one), ...(draw.below(4) ? {} : { merge: 'burst' }) };
}

/** That many edits, undone and redone 500 at a time, through JSON: the same bytes at every step. */
export function undoRestores(seed: number, edits: number): void {
  const draw = stream('edits', seed);
  let document = randomPipeline('edits', 12);
  const first = serialise(document);
  let history: History = emptyHistory;
  const states: string[] = [];
  let applied = 0;
  for (let at = 0; applied < edits; at += 100) {
    const next = randomEdit(document, draw);
    const before = serialise(document);
    try {
      const result = applyEdit(document, next, toyKinds);
      expect(serialise(document)).toBe(before);
      document = result.document;
      // Merging is tried by its own test; here every edit is a step, so that each state can be checked.
      history = { ...remember({ ...history, future: [] }, { ...next, merge: undefined }, result.inverse, at) };
      applied++;
      states.push(serialise(document));
    } catch (error) {
      expect((error as Error).name).toBe('ProblemError');
      expect(serialise(document)).toBe(before);
    }
    expect(graphOf(document).cycles).toEqual([]);
    if (applied % 500 === 0 && states.length > 0) {
      const stored = JSON.parse(JSON.stringify(history)) as History;
      history = roundTrip(stored, states.slice(-500));
      states.length = 0;
    }
  }
  expect(serialise(document)).not.toBe(first);

  function roundTrip(start: History, expected: string[]): History {
    let current = start;
    const last = serialise(document);
    for (let i = expected.length - 2; i >= 0; i--) {
      const step = undo(current)!;
      document = applyEdit(document, step.edit).document;
      current = step.history;
      expect(serialise(document)).toBe(expected[i]);
    }
    for (let i = 1; i < expected.length; i++) {
      const step = redo(current)!;
      document = applyEdit(document, step.edit).document;
      current = step.history;
    }
    expect(serialise(document)).toBe(last);
    return current;
  }
}
