/** A note on the canvas: text of any size, never executed. Double click or Enter to write, Escape to stop. */
import { memo, useRef, useState } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useText } from '../i18n/text.ts';
import { setNote } from '../state/edits.ts';
import { snap } from '../state/node-geometry.ts';
import { useDocument, usePanels, useSelection, useSession } from '../state/session.ts';
import type { FlowNode } from './flow-items.ts';
import { useMoving } from './moving.ts';

export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps<FlowNode>) {
  const t = useText();
  const session = useSession();
  const note = useDocument(({ document }) => document.notes[id]);
  const renaming = usePanels((p) => p.renaming === id && p.renamingIn === 'canvas');
  const [asked, setWriting] = useState(false);
  const alone = useSelection((s) => s.notes.length === 1 && s.nodes.length === 0 && s.notes[0] === id);
  const root = useRef<HTMLDivElement>(null);
  const writing = asked || renaming;
  if (!note) return null;
  const write = (text: string) => {
    setWriting(false);
    if (renaming) session.panels.getState().set({ renaming: undefined });
    if (text !== note.text) session.documents.edit(setNote(session.documents.getState().document, { ...note, text }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a note is a thing on the canvas, not a form group
    <div
      role="group"
      ref={root}
      aria-label={t('designer.note.label', { text: note.text })}
      data-note={id}
      tabIndex={alone ? 0 : -1}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
        event.preventDefault();
        setWriting(true);
      }}
      className={`mr-note${selected ? ' is-selected' : ''}`}
      onDoubleClick={() => setWriting(true)}
    >
      <NodeResizer
        isVisible={selected}
        minWidth={96}
        minHeight={48}
        onResizeEnd={(_event, box) => {
          useMoving.setState({ places: undefined, sizes: undefined });
          session.documents.edit(
            setNote(session.documents.getState().document, {
              ...note,
              position: { x: snap(box.x), y: snap(box.y) },
              size: { width: snap(box.width), height: snap(box.height) },
            }),
          );
        }}
      />
      {writing || note.text === '' ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: writing was asked for just now
          autoFocus
          className="nodrag nowheel"
          aria-label={t('designer.note.text')}
          placeholder={t('designer.note.placeholder')}
          defaultValue={note.text}
          onBlur={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== 'Escape') return;
            event.currentTarget.blur();
            root.current?.focus();
          }}
        />
      ) : (
        <p>{note.text}</p>
      )}
    </div>
  );
});
