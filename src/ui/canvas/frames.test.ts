/** Frames carry what stands in them; move mode's keys; what a state says of itself. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { serialise } from '../../engine/serialise.ts';
import { addNode, setNote } from '../state/edits.ts';
import { explainState } from '../state/explain.ts';
import { copyFragment, fragmentText, parseFragment, pasteFragment } from '../state/fragment.ts';
import { kindOf } from '../state/kinds.ts';
import { carried, contents, frameAround } from './frames.ts';
import { moveKey } from './move-mode.ts';

function framed(): PipelineDocument {
  let document = emptyDocument('p', 'P');
  for (const [x, y] of [
    [0, 0],
    [0, 100],
    [400, 0],
  ])
    document = applyEdit(document, addNode(document, kindOf('prepare.sort')!, { x, y }).edit).document;
  const area = frameAround(document, ['sort', 'sort-2'])!;
  return applyEdit(document, setNote(document, { id: 'frame', text: 'Prepare', ...area, frame: true })).document;
}

describe('frames', () => {
  it('stand round what is chosen, with air and a head, on the grid', () => {
    const { position, size } = framed().notes.frame;
    expect([position.x, position.y, size.width, size.height].map((v) => Math.abs(v % 8))).toEqual([0, 0, 0, 0]);
    expect(position.x).toBeLessThanOrEqual(-12);
    expect(position.y).toBeLessThanOrEqual(-28);
    expect(position.x + size.width).toBeGreaterThanOrEqual(176 + 12);
    expect(position.y + size.height).toBeGreaterThanOrEqual(164 + 16);
    expect(frameAround(framed(), ['gone'])).toBeUndefined();
  });
  it('carry what is wholly inside, and nothing else', () => {
    const document = framed();
    expect(contents(document, document.notes.frame)).toEqual(['sort', 'sort-2']);
    expect([...carried(document, ['frame', 'sort-3'])].sort()).toEqual(['frame', 'sort', 'sort-2', 'sort-3']);
    const half = { ...document.notes.frame, size: { width: 100, height: 400 } };
    expect(contents(document, half)).toEqual([]);
  });
  it('carry frames inside them, and of two equal ones only one carries the other', () => {
    const document = framed();
    const twin = { ...document.notes.frame, id: 'twin' };
    const both = applyEdit(document, setNote(document, twin)).document;
    expect(contents(both, both.notes.frame)).toContain('twin');
    expect(contents(both, both.notes.twin)).not.toContain('frame');
  });
  it('stay frames in files and on the clipboard', () => {
    const document = framed();
    expect(JSON.parse(serialise(document)).notes.frame).toMatchObject({ text: 'Prepare', frame: true });
    const text = fragmentText(copyFragment(document, [...carried(document, ['frame'])]));
    const { edit } = pasteFragment(document, parseFragment(text)!, { x: 1000, y: 1000 });
    const after = applyEdit(document, edit).document;
    const pasted = Object.values(after.notes).find((note) => note.id !== 'frame')!;
    expect(pasted.frame).toBe(true);
    expect(contents(after, pasted)).toHaveLength(2);
  });
});

it('move mode: arrows move, Shift far, Enter keeps, Escape puts back, other keys keep and do their own', () => {
  const key = (name: string, shiftKey = false) => moveKey({ key: name, shiftKey });
  expect(key('ArrowLeft')).toEqual({ by: { x: -8, y: 0 } });
  expect(key('ArrowDown', true)).toEqual({ by: { x: 0, y: 64 } });
  expect(['Enter', 'm', 'Escape', 'Shift', 'r'].map((name) => key(name))).toEqual(['keep', 'keep', 'put-back', 'ignore', 'keep-and-pass']);
});

it('every state explains itself in a sentence', () => {
  const step = { node: 'a', reason: 'Amount 1 → 2', intent: null };
  const run = { run: 'r', intent: null, notes: [], log: [] };
  expect(explainState('reused', '', { ...step, state: 'reused' }, undefined)).toMatch(/earlier run.*nothing needs to run/);
  expect(explainState('stale', 'Amount 1 → 2', { ...step, state: 'will-run' }, undefined)).toContain('Amount 1 → 2');
  expect(explainState('stale', 'x', { ...step, state: 'will-check' }, undefined)).toMatch(/only if/);
  expect(explainState('pinned', '', { ...step, state: 'reused' }, undefined)).toMatch(/unpin/);
  const hint = { code: 'x', severity: 'error', at: {}, args: {}, message: 'No.', hint: 'Mend it.' } as const;
  expect(explainState('failed', 'No.', undefined, { ...run, state: 'failed', problem: hint })).toBe('No. Mend it.');
  for (const state of ['idle', 'queued', 'running', 'fresh', 'cancelled', 'disabled'] as const)
    expect(explainState(state, '', undefined, undefined)).toMatch(/\.$/);
});
