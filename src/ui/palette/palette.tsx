/** The list of node kinds: groups with counts, search, drag to the canvas, click or Enter to add. A strip of groups when narrow. */
import { useMemo, useRef, useState } from 'react';
import type { Group, Kind } from '../../kind/kind.ts';
import { KIND_MIME } from '../canvas/canvas.tsx';
import { placeAfterActive } from '../canvas/place-node.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Key } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { KindPorts } from '../kit/kind-ports.tsx';
import { allKinds, familyOf, GROUPS, kindOf } from '../state/kinds.ts';
import { usePanels, useSession } from '../state/session.ts';
import { nearest, search, searchable } from './search.ts';
import './palette.css';

const GROUP_ICONS: Record<Group, string> = {
  data: 'database',
  look: 'profile',
  prepare: 'fill',
  features: 'encode',
  unsupervised: 'clusters',
  series: 'timeline',
  learners: 'tree',
  automl: 'train',
  evaluate: 'evaluate',
  deliver: 'box',
  script: 'code',
};

/** What can do nearly everything: offered when nothing is called what was asked for. */
const WHEN_NOTHING = ['prepare.formula', 'script.javascript'];

export function Palette() {
  const t = useText();
  const session = useSession();
  const open = usePanels((p) => p.paletteOpen);
  const [query, setQuery] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<Group>>(() => new Set(session.storage.read<Group[]>('palette-closed', [])));
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const kinds = allKinds();
  const items = useMemo(() => kinds.map((kind) => searchable(kind, kindText(kind, 'title'), kindText(kind, 'summary'))), [kinds]);
  const found = useMemo(() => (query.trim() ? search(items, query) : undefined), [items, query]);
  const near = useMemo(() => {
    const alike = found?.length === 0 ? nearest(items, query) : [];
    return alike.filter((kind) => !WHEN_NOTHING.includes(kind.id));
  }, [items, query, found]);
  const groups = GROUPS.map((group) => ({ group, kinds: kinds.filter((kind) => kind.group === group) })).filter((g) => g.kinds.length > 0);
  const toggle = (group: Group) => {
    const next = new Set(closed);
    if (!next.delete(group)) next.add(group);
    setClosed(next);
    session.storage.write('palette-closed', [...next]);
  };
  const add = (kind: Kind) => {
    const id = placeAfterActive(session, kind);
    session.panels.getState().set({ paletteOpen: false });
    if (id) requestAnimationFrame(() => session.canvas.port.reveal(id, true));
  };
  /** Arrows move through everything that can be focused; the search field is the top of the list. */
  const move = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const stops = [field.current, ...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])].filter(
      (e): e is HTMLElement => e !== null,
    );
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
  };
  const row = (kind: Kind) => (
    <li key={kind.id}>
      <button
        type="button"
        // Arrows lead here from the search field and the groups: one Tab each for forty kinds would be a wall before the canvas.
        tabIndex={-1}
        draggable
        className="mr-palette-item"
        title={kindText(kind, 'summary')}
        onClick={() => add(kind)}
        onDragStart={(event) => {
          event.dataTransfer.setData(KIND_MIME, kind.id);
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <KindTile icon={kind.icon} family={familyOf(kind)} size={20} />
        <span className="mr-ellipsis">{kindText(kind, 'title')}</span>
        {found ? <KindPorts kind={kind} /> : null}
      </button>
    </li>
  );
  const strip = (
    <div className="mr-palette-strip" role="toolbar" aria-label={t('designer.palette.title')} aria-orientation="vertical">
      <button
        type="button"
        aria-label={t('designer.palette.find')}
        onClick={() => session.panels.getState().set({ paletteOpen: !open })}
        aria-expanded={open}
      >
        <Icon name="search" size={20} />
      </button>
      {groups.map(({ group, kinds: inside }) => (
        <button
          key={group}
          type="button"
          aria-label={t(`designer.group.${group}`)}
          title={t(`designer.group.${group}`)}
          onClick={() => {
            session.panels.getState().set({ paletteOpen: true });
            requestAnimationFrame(() => list.current?.querySelector(`[data-group="${group}"]`)?.scrollIntoView({ block: 'start' }));
          }}
        >
          <KindTile icon={GROUP_ICONS[group]} family={familyOf(inside[0])} size={24} />
        </button>
      ))}
    </div>
  );
  return (
    <aside className={`mr-palette${open ? ' is-open' : ''}`} aria-label={t('designer.palette.title')} onKeyDown={move}>
      {strip}
      <div className="mr-palette-body">
        <div className="mr-palette-search">
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            className="mr-input"
            placeholder={t('designer.palette.find')}
            aria-label={t('designer.palette.find')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter' && found?.[0]) {
                add(found[0]);
                setQuery('');
              }
              if (event.key === 'Escape') setQuery('');
            }}
          />
          {query ? null : <Key>/</Key>}
        </div>
        <div ref={list} className="mr-palette-list">
          {found ? (
            found.length > 0 ? (
              <ul>{found.map(row)}</ul>
            ) : (
              <>
                <p className="mr-palette-none">{t('designer.palette.none', { query })}</p>
                {near.length > 0 ? (
                  <>
                    <h3 className="mr-palette-near">{t('designer.palette.near')}</h3>
                    <ul>{near.map(row)}</ul>
                  </>
                ) : null}
                <h3 className="mr-palette-near">{t('designer.palette.anything')}</h3>
                <ul>{WHEN_NOTHING.flatMap((id) => kindOf(id) ?? []).map(row)}</ul>
              </>
            )
          ) : (
            groups.map(({ group, kinds: inside }) => (
              <section key={group} data-group={group}>
                <button type="button" className="mr-palette-group" aria-expanded={!closed.has(group)} onClick={() => toggle(group)}>
                  <Icon name={closed.has(group) ? 'right' : 'down'} size={12} />
                  <span>{t(`designer.group.${group}`)}</span>
                  <span className="mr-num mr-dim">{inside.length}</span>
                </button>
                {closed.has(group) ? null : <ul>{inside.map(row)}</ul>}
              </section>
            ))
          )}
        </div>
      </div>
    </aside>
  );
}
