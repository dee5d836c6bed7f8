/** Quick add: a search field over the kinds that fit here, most usual first; Enter takes the first. */
import { useMemo, useState } from 'react';
import type { Kind } from '../../kind/kind.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { FloatAt } from '../kit/float-at.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { KindPorts } from '../kit/kind-ports.tsx';
import { rankNext } from '../palette/next-kinds.ts';
import { quickChoices } from '../palette/quick-choices.ts';
import { searchable } from '../palette/search.ts';
import { allKinds, familyOf, kindOf } from '../state/kinds.ts';
import type { QuickAdd } from '../state/panel-store.ts';
import { useDocument, useSession } from '../state/session.ts';
import { fittingPort } from './connect-rules.ts';
import { place } from './place-node.ts';

export function AddMenu({ wish, onClose }: { wish: QuickAdd; onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const neighbour = useDocument(({ document }) => (wish.from ? document.nodes[wish.from.node] : undefined));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const ports = useMemo(() => {
    const kind = kindOf(neighbour?.kind ?? '');
    const all = (wish.from?.side === 'out' ? kind?.outputs : kind?.inputs) ?? [];
    return wish.from?.port ? all.filter((port) => port.id === wish.from?.port) : all;
  }, [wish, neighbour]);
  const fitting = useMemo(() => {
    if (!wish.from) return allKinds();
    const { side } = wish.from;
    const kinds = allKinds().filter((kind) => ports.some(({ type }) => fittingPort(kind, type, side)));
    const context = [`${side === 'out' ? '' : 'before:'}${neighbour?.kind}`, ...ports.map(({ type }) => `${side}:${type}`)];
    return rankNext(kinds, context, session.storage);
  }, [wish, neighbour, ports, session]);
  const { fits, apart, near } = useMemo(() => {
    const items = (kinds: readonly Kind[]) => kinds.map((kind) => searchable(kind, kindText(kind, 'title'), kindText(kind, 'summary')));
    return quickChoices(items(fitting), items(allKinds().filter((kind) => !fitting.includes(kind))), query);
  }, [fitting, query]);
  const found = [...fits, ...apart];
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const take = (index: number) => {
    const kind = found[index];
    onClose();
    if (!kind) return;
    const { from } = wish;
    const port = from && ports.find(({ type }) => fittingPort(kind, type, from.side))?.id;
    // A kind that does not fit is added where the wire was dropped, without it.
    const id = place(session, kind, { place: wish.place, from: from && port ? { ...from, port } : undefined });
    if (id) requestAnimationFrame(() => session.canvas.port.reveal(id, true));
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((chosen + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      take(chosen);
    }
  };
  const row = (kind: Kind, i: number) => (
    <div
      key={kind.id}
      id={`mr-add-${kind.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={i === chosen}
      className="mr-add-item"
      onPointerMove={() => setAt(i)}
      onClick={() => take(i)}
      onKeyDown={keys}
      ref={i === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
    >
      <KindTile icon={kind.icon} family={familyOf(kind)} size={20} />
      <span className="mr-ellipsis">{kindText(kind, 'title')}</span>
      <span className="mr-add-summary mr-ellipsis">{kindText(kind, 'summary')}</span>
      <KindPorts kind={kind} />
    </div>
  );
  const label = t(wish.from ? 'designer.add.fitting' : 'designer.add.title');
  return (
    <FloatAt at={wish.at} label={label} onClose={onClose} className="mr-add" takeFocus>
      <input
        className="mr-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="mr-add-list"
        aria-activedescendant={found[chosen] ? `mr-add-${found[chosen].id}` : undefined}
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      {fits.length === 0 || near ? (
        <p className="mr-add-none" role="status">
          {query.trim() === ''
            ? t('designer.add.none-takes', { type: t(`designer.port-type.${ports[0]?.type}`) })
            : t('designer.add.none', { query: query.trim() })}
          {near && fits.length > 0 ? ` ${t('designer.add.near')}` : ''}
        </p>
      ) : null}
      <div id="mr-add-list" role="listbox" aria-label={label} className="mr-add-list">
        {fits.map((kind, i) => row(kind, i))}
        {apart.length > 0 ? (
          // biome-ignore lint/a11y/useSemanticElements: a part of a list of options, not of a form
          <div role="group" aria-labelledby="mr-add-apart">
            <p id="mr-add-apart" className="mr-add-none" role="presentation">
              {t('designer.add.apart')}
            </p>
            {apart.map((kind, i) => row(kind, fits.length + i))}
          </div>
        ) : null}
      </div>
    </FloatAt>
  );
}
