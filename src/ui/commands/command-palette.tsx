/** `Ctrl+K`: every command, node kind, pipeline and model in one list; recent first; what cannot be done now says why. */
import { useEffect, useMemo, useState } from 'react';
import { placeAfterActive } from '../canvas/place-node.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Key } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { Modal } from '../kit/modal.tsx';
import { nearPrefix, words } from '../palette/search.ts';
import { nodeTitle } from '../state/edits.ts';
import { allKinds, familyOf } from '../state/kinds.ts';
import { go } from '../state/route.ts';
import { type Session, useSession } from '../state/session.ts';
import { allCommands } from './all-commands.ts';
import { keyLabel, useKeymap } from './keymap.ts';

interface Item {
  id: string;
  title: string;
  /** Where it belongs: "Add node", "Open pipeline". */
  area: string;
  more: string;
  icon: React.ReactNode;
  keys?: string;
  blocked?: string;
  run: () => void;
}
const MOST = 60;

function score(item: Item, query: readonly string[]): number {
  const title = words(item.title);
  let sum = 0;
  for (const word of query) {
    const best = title.some((part) => part === word)
      ? 5
      : title.some((part) => part.startsWith(word))
        ? 4
        : words(`${item.area} ${item.more}`).some((part) => part.startsWith(word))
          ? 2
          : title.some((part) => nearPrefix(word, part))
            ? 1
            : 0;
    if (best === 0) return 0;
    sum += best;
  }
  return sum / query.length - title.length * 0.05;
}

/** Pipelines and models arrive a moment later; the list does not wait for them. */
function useStored(session: Session): Item[] {
  const t = useText();
  const [items, setItems] = useState<Item[]>([]);
  useEffect(() => {
    let stays = true;
    const load = async () => {
      const [pipelines, models] = await Promise.all([session.backend.listPipelines(), session.backend.listModels()]);
      if (!stays) return;
      setItems([
        ...pipelines.map((p) => ({
          id: `pipeline:${p.id}`,
          title: p.name,
          area: t('designer.palette.open-pipeline'),
          more: '',
          icon: <Icon name="template" />,
          run: () => void session.openStored(p.id).then((there) => there && go('designer')),
        })),
        ...models.map(({ record }) => ({
          id: `model:${record.name}`,
          title: record.name,
          area: t('designer.palette.open-model'),
          more: '',
          icon: <Icon name="models" />,
          run: () => go('models', record.name),
        })),
      ]);
    };
    load().catch(() => undefined);
    return () => {
      stays = false;
    };
  }, [session, t]);
  return items;
}

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const stored = useStored(session);
  const fixed = useMemo(() => {
    const { keysOf } = useKeymap.getState();
    const commands = allCommands.map((command): Item => {
      const [keys] = keysOf(command);
      const blocked = command.blocked?.(session);
      return {
        id: command.id,
        title: t(`designer.command.${command.id}`),
        area: t(`designer.command-group.${command.group}`),
        more: '',
        icon: command.icon ? <Icon name={command.icon} /> : null,
        keys: keys && keyLabel(keys),
        blocked: blocked && t(`designer.blocked.${blocked}`),
        run: () => command.run(session),
      };
    });
    const kinds = allKinds().map(
      (kind): Item => ({
        id: `kind:${kind.id}`,
        title: kindText(kind, 'title'),
        area: t('designer.palette.add-node'),
        more: kind.synonyms.join(' '),
        icon: <KindTile icon={kind.icon} family={familyOf(kind)} size={20} />,
        run: () => {
          const id = placeAfterActive(session, kind);
          if (id) requestAnimationFrame(() => session.canvas.port.reveal(id, true));
        },
      }),
    );
    const nodes = Object.values(session.documents.getState().document.nodes).map(
      (node): Item => ({
        id: `node:${node.id}`,
        title: nodeTitle(node),
        area: t('designer.palette.go-to-node'),
        more: '',
        icon: <Icon name="right" />,
        run: () => {
          session.selection.getState().select({ nodes: [node.id] });
          session.canvas.port.reveal(node.id, true);
        },
      }),
    );
    return [...commands.filter((item) => !/^(walk|nudge|leap|extend|back)/.test(item.id)), ...nodes, ...kinds];
  }, [session, t]);
  const found = useMemo(() => {
    const all = [...fixed, ...stored];
    const asked = words(query);
    const recent = session.storage.read<string[]>('recent-commands', []);
    if (asked.length === 0) {
      const first = recent.flatMap((id) => all.filter((item) => item.id === id));
      return [...first, ...all.filter((item) => !recent.includes(item.id))].slice(0, MOST);
    }
    return all
      .map((item) => ({ item, score: score(item, asked) + (recent.includes(item.id) ? 0.3 : 0) }))
      .filter((x) => x.score > 0.3)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map((x) => x.item);
  }, [fixed, stored, query, session]);
  const take = (item: Item | undefined) => {
    if (!item || item.blocked) return;
    onClose();
    const recent = session.storage.read<string[]>('recent-commands', []);
    session.storage.write('recent-commands', [item.id, ...recent.filter((id) => id !== item.id)].slice(0, 8));
    queueMicrotask(item.run);
  };
  const label = t('designer.palette.ask');
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
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step) {
            event.preventDefault();
            setAt((at + step + found.length) % Math.max(1, found.length));
          }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(found[at]);
        }}
      />
      <div id="mr-command-list" role="listbox" aria-label={label} className="mr-command-list">
        {found.map((item, i) => (
          <div
            key={item.id}
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
            <span>{item.title}</span>
            <span className="mr-dim">{item.area}</span>
            {item.blocked ? <span className="mr-command-why">{item.blocked}</span> : null}
            {item.keys ? <Key>{item.keys}</Key> : null}
          </div>
        ))}
        {found.length === 0 ? <p className="mr-add-none mr-dim">{t('designer.palette.none', { query })}</p> : null}
      </div>
    </Modal>
  );
}
