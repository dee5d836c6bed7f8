/** A frame: a titled area behind the nodes. Its title moves it with what stands in it; its inside belongs to the canvas. */
import { memo, useRef } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useText } from '../i18n/text.ts';
import { setNote } from '../state/edits.ts';
import { snap } from '../state/node-geometry.ts';
import { useDocument, usePanels, useSelection, useSession } from '../state/session.ts';
import type { FlowNode } from './flow-items.ts';
import { useMoving } from './moving.ts';
import './frames.css';

export const FrameBox = memo(function FrameBox({ id, selected }: NodeProps<FlowNode>) {
  const t = useText();
  const session = useSession();
  const frame = useDocument(({ document }) => document.notes[id]);
  const alone = useSelection((s) => s.notes.length === 1 && s.nodes.length === 0 && s.notes[0] === id);
  const root = useRef<HTMLDivElement>(null);
  const renaming = usePanels((p) => p.renaming === id && p.renamingIn === 'canvas');
  if (!frame) return null;
  const finish = (text: string | undefined) => {
    session.panels.getState().set({ renaming: undefined });
    if (text !== undefined && text.trim() !== frame.text)
      session.documents.edit(setNote(session.documents.getState().document, { ...frame, text: text.trim() }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a frame is a thing on the canvas, not a form group
    <div
      role="group"
      ref={root}
      aria-label={t('canvas.frame.label', { text: frame.text })}
      data-note={id}
      tabIndex={alone ? 0 : -1}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
        event.preventDefault();
        session.panels.getState().set({ renaming: id, renamingIn: 'canvas' });
      }}
      className={`mr-frame${selected ? ' is-selected' : ''}`}
      onDoubleClick={() => session.panels.getState().set({ renaming: id, renamingIn: 'canvas' })}
    >
      <NodeResizer
        isVisible={selected}
        minWidth={128}
        minHeight={80}
        onResizeEnd={(_event, box) => {
          useMoving.setState({ places: undefined, sizes: undefined });
          session.documents.edit(
            setNote(session.documents.getState().document, {
              ...frame,
              position: { x: snap(box.x), y: snap(box.y) },
              size: { width: snap(box.width), height: snap(box.height) },
            }),
          );
        }}
      />
      <div className="mr-frame-title">
        {renaming ? (
          <input
            // biome-ignore lint/a11y/noAutofocus: naming was asked for just now
            autoFocus
            className="nodrag"
            aria-label={t('canvas.frame.title')}
            placeholder={t('canvas.frame.title')}
            defaultValue={frame.text}
            onFocus={(event) => event.target.select()}
            onBlur={(event) => finish(event.target.value)}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.nativeEvent.isComposing) return;
              if (event.key !== 'Enter' && event.key !== 'Escape') return;
              if (event.key === 'Enter') event.currentTarget.blur();
              else finish(undefined);
              root.current?.focus();
            }}
          />
        ) : (
          frame.text || t('canvas.frame.untitled')
        )}
      </div>
    </div>
  );
});
