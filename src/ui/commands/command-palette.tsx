/** `Ctrl+K`: everything in one list, found by typing; recent first; what cannot be done now says why. */
import { Fragment, useMemo, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Key } from '../kit/chip.tsx';
import { Modal } from '../kit/modal.tsx';
import { go, routeOf } from '../state/route.ts';
import { useSession } from '../state/session.ts';
import { type Item, usePaletteItems } from './palette-items.tsx';
import { rankItems } from './rank-items.ts';

const RECENT = 'recent-commands';
const KEPT = 8;
const onDesigner = () => routeOf(window.location.hash)[0] === 'designer';
/** The page that was opened has drawn its canvas. */
const afterPaint = (work: () => void) => requestAnimationFrame(() => requestAnimationFrame(work));

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const all = usePaletteItems();
  const { items: found, recents } = useMemo(() => rankItems(all, query, session.storage.read<string[]>(RECENT, [])), [all, query, session]);
  const take = (item: Item | undefined) => {
    if (!item || item.blocked) return;
    onClose();
    const recent = session.storage.read<string[]>(RECENT, []);
    session.storage.write(RECENT, [item.id, ...recent.filter((id) => id !== item.id)].slice(0, KEPT));
    if (item.onCanvas && !onDesigner()) {
      go('designer');
      afterPaint(item.run);
    } else queueMicrotask(item.run);
  };
  const label = t('designer.palette.ask');
  const move = (step: number) => setAt((at + step + found.length) % Math.max(1, found.length));
  return (
    <Modal title={t('designer.command.commands')} onClose={onClose} bare>
      <input
        className="mr-input mr-command-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="mr-command-list"
        aria-activedescendant={found[at] ? `mr-command-${at}` : undefined}
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
          if (step) {
            event.preventDefault();
            if (Math.abs(step) === 1) move(step);
            else setAt(Math.max(0, Math.min(found.length - 1, at + step)));
          }
          if (event.key === 'Enter') take(found[at]);
        }}
      />
      <div id="mr-command-list" role="listbox" aria-label={label} className="mr-command-list">
        {found.map((item, i) => (
          <Fragment key={item.id}>
            {recents > 0 && (i === 0 || i === recents) ? (
              <p role="presentation" className="mr-command-part">
                {t(i === 0 ? 'inspect.recent' : 'inspect.everything')}
              </p>
            ) : null}
            <div
              id={`mr-command-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              aria-disabled={item.blocked !== undefined}
              className="mr-command"
              onClick={() => take(item)}
              onKeyDown={() => undefined}
              onPointerMove={() => setAt(i)}
              ref={i === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            >
              <span className="mr-command-icon">{item.icon}</span>
              <span className="mr-ellipsis">{item.title}</span>
              <span className="mr-dim mr-ellipsis">{item.area}</span>
              {item.blocked ? <span className="mr-command-why">{item.blocked}</span> : null}
              {item.keys ? <Key>{item.keys}</Key> : null}
            </div>
          </Fragment>
        ))}
        {found.length === 0 ? <p className="mr-add-none mr-dim">{t('designer.palette.none', { query })}</p> : null}
      </div>
    </Modal>
  );
}
