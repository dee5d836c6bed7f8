/** A note or frame in the outline: its text, which can be written here. */
import { memo } from 'react';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { setNote } from '../state/edits.ts';
import { useDocument, usePanels, useSelection, useSession } from '../state/session.ts';
import type { OutlineRow } from './outline-rows.ts';

export const NoteRow = memo(function NoteRow({
  row,
  current,
  onChoose,
}: {
  row: OutlineRow;
  current: boolean;
  onChoose: (id: string) => void;
}) {
  const t = useText();
  const session = useSession();
  const note = useDocument(({ document }) => document.notes[row.id]);
  const chosen = useSelection((s) => s.notes.includes(row.id));
  const writing = usePanels((p) => p.renaming === row.id && p.renamingIn === 'outline');
  if (!note) return null;
  const finish = (text: string | undefined) => {
    session.panels.getState().set({ renaming: undefined });
    if (text !== undefined && text !== note.text) session.documents.edit(setNote(session.documents.getState().document, { ...note, text }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a tree have no element of their own
    <div
      role="row"
      aria-level={1}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-selected={chosen}
      tabIndex={current ? 0 : -1}
      data-outline={row.id}
      className={`mr-outline-row${chosen ? ' is-selected' : ''}`}
      onClick={() => onChoose(row.id)}
      onFocus={(event) => event.target === event.currentTarget && !chosen && onChoose(row.id)}
      onKeyDown={() => undefined}
      onDoubleClick={() => session.panels.getState().set({ renaming: row.id, renamingIn: 'outline' })}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" tabIndex={-1} className="mr-outline-step is-wide">
        <span className="mr-outline-fold" />
        <Icon name={note.frame ? 'fit' : 'note'} />
        <span className="mr-dim">{t(note.frame ? 'canvas.frame.untitled' : 'canvas.outline.note')}</span>
        {writing ? (
          <textarea
            // biome-ignore lint/a11y/noAutofocus: writing was asked for just now
            autoFocus
            rows={1}
            className="mr-input"
            aria-label={t(note.frame ? 'canvas.frame.title' : 'designer.note.text')}
            defaultValue={note.text}
            onBlur={(event) => finish(event.target.value)}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter' && !event.shiftKey) event.currentTarget.blur();
              if (event.key === 'Escape') finish(undefined);
            }}
          />
        ) : (
          <span className="mr-ellipsis">{note.text}</span>
        )}
      </div>
    </div>
  );
});
