/** A node's title as a field, in place: Enter or leaving keeps it, Escape goes back; empty = the kind's own title. */
import { useRef } from 'react';
import { useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { setNode } from '../state/edits.ts';
import { useSession } from '../state/session.ts';

export function TitleEditor({ id, title }: { id: string; title: string }) {
  const t = useText();
  const session = useSession();
  const done = useRef(false);
  const finish = (text: string | undefined) => {
    if (done.current) return;
    done.current = true;
    session.panels.getState().set({ renaming: undefined });
    if (text === undefined || text.trim() === title) return;
    const name = text.trim() || undefined;
    const { document } = session.documents.getState();
    session.documents.edit(setNode(document, [id], 'title', name, keptWords('designer.edit.rename', { name: name ?? '' })));
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: renaming was asked for just now
      autoFocus
      className="mr-node-rename nodrag"
      aria-label={t('designer.command.rename')}
      defaultValue={title}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        // The field goes, the focus stays where it was asked for: on the node, or on its row.
        const place = event.currentTarget.closest<HTMLElement>('[data-node], [data-outline]');
        finish(event.key === 'Enter' ? event.currentTarget.value : undefined);
        place?.focus();
      }}
    />
  );
}
