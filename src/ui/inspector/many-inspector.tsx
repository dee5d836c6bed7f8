/** The inspector of several nodes: those of one kind are set together; of several kinds, one kind can be picked out. */
import { useMemo } from 'react';
import { menuEntries } from '../commands/menu-entries.ts';
import { ParamForm } from '../forms/param-form.tsx';
import { kindText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Key } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { nodeTitle } from '../state/edits.ts';
import { familyOf, kindOf } from '../state/kinds.ts';
import { useDocument, useSelection, useSession } from '../state/session.ts';
import { InspectorFrame } from './inspector-frame.tsx';
import { RunSettings } from './run-settings.tsx';

/** What is most wanted for several nodes at once. */
const COMMANDS = ['duplicate', 'copy', 'disable', '-', 'tidy', 'zoom-chosen', '-', 'delete'];
const TITLES_SHOWN = 6;

export function ManyInspector() {
  const t = useText();
  const chosen = useSelection((s) => s.nodes);
  const all = useDocument(({ document }) => document.nodes);
  const nodes = useMemo(() => chosen.flatMap((id) => all[id] ?? []), [chosen, all]);
  const groups = useMemo(
    () =>
      [...new Set(nodes.map((node) => node.kind))].map((id) => ({ id, ids: nodes.flatMap((node) => (node.kind === id ? [node.id] : [])) })),
    [nodes],
  );
  const kind = groups.length === 1 ? kindOf(groups[0].id) : undefined;
  const last = nodes.at(-1);
  if (!last) return null;
  const titles = nodes.map(nodeTitle);
  const named = titles.slice(0, TITLES_SHOWN).join(', ') + (titles.length > TITLES_SHOWN ? ', …' : '');
  const plain = kind !== undefined && titles.every((title) => title === kindText(kind, 'title'));
  return (
    <InspectorFrame
      nodeId={last.id}
      tile={<KindTile icon={kind?.icon ?? 'template'} family={kind ? familyOf(kind) : 'prepare'} size={32} />}
      head={
        <>
          <h2 className="mr-inspector-many">{t('inspect.many.title', { count: nodes.length })}</h2>
          <p className="mr-inspector-state">
            <span className="mr-ellipsis mr-dim" title={titles.join('\n')}>
              {kind ? (plain ? kindText(kind, 'title') : named) : t('inspect.many.kinds', { count: groups.length })}
            </span>
          </p>
        </>
      }
      body={t('designer.inspector.settings')}
    >
      {kind ? (
        <>
          <p className="mr-dim">{t('inspect.many.together')}</p>
          <ParamForm key={`${kind.id} ${chosen.join(' ')}`} nodes={nodes} kind={kind} />
          <RunSettings nodes={nodes} kind={kind} />
        </>
      ) : (
        <>
          <Kinds groups={groups} />
          <RunSettings nodes={nodes} />
        </>
      )}
      <Actions />
    </InspectorFrame>
  );
}

/** Each kind with its nodes; choosing one leaves only those chosen. */
function Kinds({ groups }: { groups: readonly { id: string; ids: readonly string[] }[] }) {
  const t = useText();
  const session = useSession();
  return (
    <section>
      <p className="mr-dim">{t('inspect.many.pick')}</p>
      <ul className="mr-many-kinds">
        {groups.map(({ id, ids }) => {
          const kind = kindOf(id);
          return (
            <li key={id}>
              <button type="button" onClick={() => session.selection.getState().select({ nodes: ids })}>
                <KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} size={20} />
                <span className="mr-ellipsis">{kind ? kindText(kind, 'title') : id}</span>
                <span className="mr-num mr-dim">{ids.length}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Actions() {
  const t = useText();
  const session = useSession();
  return (
    <ul className="mr-many-actions">
      {menuEntries(session, COMMANDS, t).map((entry) => (
        <li key={entry.id} className={entry.divided ? 'is-divided' : undefined}>
          <button type="button" disabled={entry.disabledBecause !== undefined} title={entry.disabledBecause} onClick={entry.run}>
            {entry.icon ? <Icon name={entry.icon} /> : <span className="mr-many-blank" />}
            <span className="mr-ellipsis">{entry.label}</span>
            {entry.keys ? <Key>{entry.keys}</Key> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
