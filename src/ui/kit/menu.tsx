/** A menu made from a list of items, under a button or at a point; arrows move, a blocked item says why under its name. */
import { cloneElement, Fragment, type ReactElement, useEffect, useRef, useState } from 'react';
import { FloatAt } from './float-at.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  keys?: string;
  checked?: boolean;
  /** Why it cannot be used now. */
  disabledBecause?: string;
  /** A line above this entry. */
  divided?: boolean;
  /** Pointed at by mouse or keys, or no longer. */
  onPoint?: (on: boolean) => void;
  run: () => void;
}
interface Point {
  x: number;
  y: number;
}

function Items({ entries, label, onClose }: { entries: readonly MenuEntry[]; label: string; onClose: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus(), []);
  const shown = useRef<MenuEntry>(undefined);
  const point = (entry: MenuEntry | undefined) => {
    if (shown.current !== entry) shown.current?.onPoint?.(false);
    shown.current = entry;
    entry?.onPoint?.(true);
  };
  useEffect(() => () => shown.current?.onPoint?.(false), []);
  const move = (event: React.KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Tab') onClose();
    if (to === undefined) {
      const found =
        event.key.length === 1
          ? items.find((item, i) => i !== at && item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))
          : undefined;
      found?.focus();
      return;
    }
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  };
  return (
    <div ref={list} role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
      {entries.map((entry) => (
        <Fragment key={entry.id}>
          {entry.divided ? <hr className="mr-menu-rule" /> : null}
          <button
            type="button"
            {...(entry.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': entry.checked })}
            aria-disabled={entry.disabledBecause !== undefined}
            tabIndex={-1}
            className="mr-menu-item"
            onPointerMove={() => shown.current?.id !== entry.id && point(entry)}
            onPointerLeave={() => point(undefined)}
            onFocus={(event) => event.target.matches(':focus-visible') && point(entry)}
            onClick={() => {
              if (entry.disabledBecause !== undefined) return;
              onClose();
              entry.run();
            }}
          >
            <span className="mr-menu-icon">{entry.checked ? <Icon name="check" /> : entry.icon ? <Icon name={entry.icon} /> : null}</span>
            <span className="mr-menu-text">
              {entry.label}
              {entry.disabledBecause ? <span className="mr-menu-why">{entry.disabledBecause}</span> : null}
            </span>
            {entry.keys ? <span className="mr-menu-keys">{entry.keys}</span> : null}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

/** A menu at a point of the window (right click, long press). */
export function MenuAt({ at, entries, label, onClose }: { at: Point; entries: readonly MenuEntry[]; label: string; onClose: () => void }) {
  return (
    <FloatAt at={at} label={label} onClose={onClose} className="mr-menu" takeFocus>
      <Items entries={entries} label={label} onClose={onClose} />
    </FloatAt>
  );
}

interface TriggerProps {
  onPointerDown?: () => void;
  onClick?: (event: React.MouseEvent<HTMLElement>) => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}

/** A menu under its button. */
export function Menu({ entries, label, children }: { entries: readonly MenuEntry[]; label: string; children: ReactElement<TriggerProps> }) {
  const [at, setAt] = useState<Point>();
  /** A press on the button closes the open menu; the click that ends the press must not open it again. */
  const wasOpen = useRef(false);
  return (
    <>
      {cloneElement(children, {
        'aria-haspopup': 'menu',
        'aria-expanded': at !== undefined,
        onPointerDown: () => {
          wasOpen.current = at !== undefined;
        },
        onClick: (event: React.MouseEvent<HTMLElement>) => {
          const reopen = !wasOpen.current;
          wasOpen.current = false;
          const box = event.currentTarget.getBoundingClientRect();
          setAt(reopen ? { x: box.left, y: box.bottom + 4 } : undefined);
        },
      })}
      {at ? <MenuAt at={at} entries={entries} label={label} onClose={() => setAt(undefined)} /> : null}
    </>
  );
}
