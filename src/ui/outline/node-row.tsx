/** One node in the outline: what it is, how it stands, what it gave, and what feeds it; each wire can be looked into or taken away. */
import { memo } from 'react';
import { TitleEditor } from '../canvas/title-editor.tsx';
import { portText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { PortMark } from '../kit/port-mark.tsx';
import { StateBadge } from '../kit/state-badge.tsx';
import { nodeTitle } from '../state/edits.ts';
import { familyOf, kindOf, portOf } from '../state/kinds.ts';
import { useDocument, useNode, usePanels, useSelection, useSession, useView } from '../state/session.ts';
import { type OutlineRow, wiresInto } from './outline-rows.ts';

interface Props {
  row: OutlineRow;
  /** Holds the focus of the table. */
  current: boolean;
  onChoose: (id: string) => void;
  onFold: (id: string, closed: boolean) => void;
}

export const NodeRow = memo(function NodeRow({ row, current, onChoose, onFold }: Props) {
  const t = useText();
  const session = useSession();
  const node = useNode(row.id);
  const view = useView(row.id);
  const chosen = useSelection((s) => s.nodes.includes(row.id));
  const renaming = usePanels((p) => p.renaming === row.id && p.renamingIn === 'outline');
  if (!node || !view) return null;
  const kind = kindOf(node.kind);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a tree have no element of their own
    <div
      role="row"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-expanded={row.open}
      aria-selected={chosen}
      tabIndex={current ? 0 : -1}
      data-outline={row.id}
      className={`mr-outline-row${chosen ? ' is-selected' : ''}`}
      title={view.explain || undefined}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) session.selection.getState().toggle(row.id);
        else onChoose(row.id);
      }}
      onFocus={(event) => event.target === event.currentTarget && !chosen && onChoose(row.id)}
      onKeyDown={() => undefined}
      onDoubleClick={() => session.panels.getState().set({ inspectorOpen: true, inspectorTab: 'settings' })}
      onContextMenu={(event) => {
        event.preventDefault();
        if (!chosen) onChoose(row.id);
        const at = { x: event.clientX, y: event.clientY };
        session.panels.getState().set({ contextMenu: { at, place: node.position, node: row.id } });
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" tabIndex={-1} className="mr-outline-step" style={{ paddingInlineStart: 8 + (row.level - 1) * 16 }}>
        {row.open === undefined ? (
          <span className="mr-outline-fold" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className="mr-outline-fold"
            aria-label={t(row.open ? 'canvas.outline.fold' : 'canvas.outline.unfold', { title: view.title })}
            onClick={(event) => {
              event.stopPropagation();
              onFold(row.id, row.open === true);
            }}
          >
            <Icon name={row.open ? 'down' : 'right'} size={12} />
          </button>
        )}
        <KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} size={20} />
        {renaming ? <TitleEditor id={row.id} title={view.title} /> : <span className="mr-ellipsis">{view.title}</span>}
        {view.badge ? (
          <span className={`mr-outline-badge is-${view.badge}`} title={view.badgeText}>
            <Icon name={view.badge} size={12} />
            {t(`designer.badge.${view.badge}`)}
          </span>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" tabIndex={-1}>
        <StateBadge state={view.state} fraction={view.fraction} />
        {view.warnings > 0 ? (
          <span className="mr-outline-badge is-warning" title={view.warning}>
            <Icon name="warning" size={12} />
            {t('designer.badge.warning', { count: view.warnings })}
          </span>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" tabIndex={-1} className="mr-ellipsis">
        {view.result}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" tabIndex={-1} className="mr-outline-from">
        <Inputs id={row.id} />
      </div>
    </div>
  );
});

/** A button per wire that comes in, and one for each input that still needs one. */
function Inputs({ id }: { id: string }) {
  const t = useText();
  const session = useSession();
  const document = useDocument((s) => s.document);
  const kind = kindOf(document.nodes[id]?.kind ?? '');
  const wires = wiresInto(document, id);
  const open = (kind?.inputs ?? []).filter((port) => port.required && !wires.some((wire) => wire.to.port === port.id));
  return (
    <>
      {wires.map((wire) => {
        const from = document.nodes[wire.from.node];
        const source = kindOf(from.kind);
        const out = portOf(source, 'out', wire.from.port);
        const into = portOf(kind, 'in', wire.to.port);
        // The mark says the type: the port's name is needed only among ports of one type.
        const twins = (source?.outputs ?? []).filter((port) => port.type === out?.type).length > 1;
        const text = twins && out ? t('canvas.outline.port-of', { title: nodeTitle(from), port: portText(out) }) : nodeTitle(from);
        const menu = (box: DOMRect) => {
          session.selection.getState().select({ wires: [wire.id] });
          session.panels.getState().set({ contextMenu: { at: { x: box.left, y: box.bottom + 4 }, place: from.position, wire: wire.id } });
        };
        return (
          <button
            key={wire.id}
            type="button"
            className="mr-outline-wire"
            aria-haspopup="menu"
            aria-label={t('canvas.outline.wire', { port: into ? portText(into) : wire.to.port, from: text })}
            onClick={(event) => {
              event.stopPropagation();
              menu(event.currentTarget.getBoundingClientRect());
            }}
          >
            {out ? <PortMark type={out.type} filled size={12} /> : null}
            <span className="mr-ellipsis">{text}</span>
          </button>
        );
      })}
      {open.map((port) => (
        <button
          key={port.id}
          type="button"
          className="mr-outline-wire is-open"
          onClick={(event) => {
            event.stopPropagation();
            session.selection.getState().select({ nodes: [id] });
            session.panels.getState().set({ connectFrom: id });
          }}
        >
          <PortMark type={port.type} size={12} />
          <span className="mr-ellipsis">{t('designer.node.connect', { type: t(`designer.port-type.${port.type}`) })}</span>
        </button>
      ))}
    </>
  );
}
