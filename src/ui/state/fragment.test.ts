/** Copy and paste as readable JSON: new ids, inner wires kept, outer wires only when asked, nonsense refused. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { addNode, connect, setNote } from './edits.ts';
import { copyFragment, fragmentText, parseFragment, pasteFragment } from './fragment.ts';
import { kindOf } from './kinds.ts';

function pipeline(): PipelineDocument {
  let document = emptyDocument('p', 'P');
  const put = (kind: string, y: number) => {
    const { edit } = addNode(document, kindOf(kind)!, { x: 0, y });
    document = applyEdit(document, edit).document;
  };
  put('data.file-import', 0);
  put('prepare.split', 100);
  put('prepare.sort', 200);
  document = applyEdit(document, connect(document, { node: 'file-import', port: 'table' }, { node: 'split', port: 'table' })).document;
  document = applyEdit(document, connect(document, { node: 'split', port: 'train' }, { node: 'sort', port: 'table' })).document;
  return applyEdit(document, setNote(document, { id: 'note', text: 'hi', position: { x: 8, y: 8 }, size: { width: 100, height: 50 } }))
    .document;
}

describe('fragment', () => {
  it('survives the clipboard and gets new ids', () => {
    const document = pipeline();
    const text = fragmentText(copyFragment(document, ['split', 'sort', 'note']));
    const fragment = parseFragment(text)!;
    const { edit, ids } = pasteFragment(document, fragment, { x: 400, y: 0 });
    const after = applyEdit(document, edit).document;
    expect(ids).toEqual(['split-2', 'sort-2', 'note-2']);
    const added = Object.values(after.wires).filter((w) => !(w.id in document.wires));
    expect(added.map((w) => [w.from.node, w.to.node])).toEqual([['split-2', 'sort-2']]);
    expect(after.nodes['split-2'].position).toEqual({ x: 400, y: 92 });
  });

  it('keeps wires from outside when asked', () => {
    const document = pipeline();
    const { edit } = pasteFragment(document, copyFragment(document, ['split']), { x: 400, y: 0 }, { outerWires: true });
    const wires = Object.values(applyEdit(document, edit).document.wires).filter((w) => w.to.node === 'split-2');
    expect(wires.map((w) => w.from.node)).toEqual(['file-import']);
  });

  it('reads a whole pipeline too, and refuses other text', () => {
    expect(parseFragment(JSON.stringify(pipeline()))?.nodes).toHaveLength(3);
    for (const text of ['', 'a,b\n1,2', '{}', '{"nodes": 3}', '[1]', '{broken']) expect(parseFragment(text)).toBeUndefined();
  });

  it('names the place where a fragment is damaged, and takes none from a newer version', () => {
    const node = { id: 'a', kind: 'prepare.split', version: 1, params: {}, position: { x: 0, y: 0 } };
    const text = (more: object) => JSON.stringify({ millrace: 'fragment', format: 1, nodes: [node], wires: [], notes: [], ...more });
    expect(parseFragment(text({}))?.nodes).toEqual([node]);
    expect(() => parseFragment(text({ nodes: [{ ...node, params: undefined }] }))).toThrow('nodes.a.params');
    expect(() => parseFragment(text({ notes: [{ id: 'n', text: '', position: { x: 0, y: 0 } }] }))).toThrow('notes.n.size');
    expect(() => parseFragment(text({ format: 2 }))).toThrow('newer');
  });

  it('pastes into an empty pipeline of another tab', () => {
    const { edit } = pasteFragment(emptyDocument('q', 'Q'), copyFragment(pipeline(), ['file-import', 'split']), { x: 0, y: 0 });
    const after = applyEdit(emptyDocument('q', 'Q'), edit).document;
    expect(Object.keys(after.nodes)).toEqual(['file-import', 'split']);
    expect(Object.keys(after.wires)).toHaveLength(1);
  });
});
