/** The pipeline as a table that is a tree: for reading it by eye or by ear, with every edit that the canvas offers, by the same keys. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { commandOf } from '../commands/all-commands.ts';
import { keyLabel, useKeymap } from '../commands/keymap.ts';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import type { IconName } from '../kit/icon.tsx';
import { useDocument, useRun, useSelection, useSession } from '../state/session.ts';
import { NodeRow } from './node-row.tsx';
import { NoteRow } from './note-row.tsx';
import { moveIn, outlineRows } from './outline-rows.ts';
import './outline.css';

const TOOLS: readonly (readonly [command: string, icon: IconName])[] = [
  ['add-after', 'add'],
  ['connect', 'link'],
  ['rename', 'edit'],
  ['run-to', 'play'],
  ['disable', 'disabled'],
  ['pin-result', 'pin'],
  ['duplicate', 'paste'],
  ['delete', 'delete'],
];

export function Outline() {
  const t = useText();
  const session = useSession();
  const document = useDocument((s) => s.document);
  const active = useSelection((s) => s.notes[0] ?? s.active);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => outlineRows(document, folded), [document, folded]);
  const current = rows.some((row) => row.id === active) ? active : rows[0]?.id;
  const table = useRef<HTMLDivElement>(null);
  const rowOf = (id: string) => table.current?.querySelector<HTMLElement>(`[data-outline="${CSS.escape(id)}"]`);
  // It was asked for: the focus goes to where one stood on the canvas.
  useEffect(() => {
    const first = table.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
    first?.focus();
  }, []);
  /** A focused row that went with its node hands the focus to the one that stands for it. */
  const held = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever rows come or go
  useEffect(() => {
    if (held.current && window.document.activeElement === window.document.body && current) rowOf(current)?.focus();
  }, [rows]);
  const choose = (id: string) => {
    const { nodes, notes } = session.documents.getState().document;
    session.selection.getState().select(nodes[id] ? { nodes: [id] } : notes[id] ? { notes: [id] } : {});
    if (nodes[id]) session.canvas.port.reveal(id);
  };
  const fold = (id: string, closed: boolean) => {
    const next = new Set(folded);
    if (closed) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.nativeEvent.isComposing) return;
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, button')) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
      return;
    }
    const move = moveIn(rows, current, event.key);
    if (!move) return;
    event.preventDefault();
    if ('to' in move) {
      choose(move.to);
      rowOf(move.to)?.focus();
    } else if ('fold' in move) fold(move.fold, true);
    else fold(move.unfold, false);
  };
  const close = () => {
    session.panels.getState().set({ outlineOpen: false });
    const { active: node } = session.selection.getState();
    if (node) requestAnimationFrame(() => session.canvas.port.reveal(node, true));
  };
  return (
    <section className="mr-outline" aria-label={t('canvas.outline.title')}>
      <header>
        <h2>{t('canvas.outline.title')}</h2>
        <IconButton icon="close" label={t('canvas.outline.close')} keys={keyLabel('O')} onClick={close} />
      </header>
      <Tools />
      <div
        ref={table}
        role="treegrid"
        aria-label={t('canvas.outline.label', { count: Object.keys(document.nodes).length })}
        onKeyDown={keys}
        onFocus={() => {
          held.current = true;
        }}
        onBlur={(event) => {
          if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) held.current = false;
        }}
        tabIndex={-1}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a tree table has no element of its own */}
        <div role="row" className="mr-outline-head" tabIndex={-1}>
          {(['step', 'state', 'result', 'from'] as const).map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div key={column} role="columnheader" tabIndex={-1}>
              {t(`canvas.outline.${column}`)}
            </div>
          ))}
        </div>
        {rows.map((row) =>
          row.type === 'node' ? (
            <NodeRow key={row.id} row={row} current={row.id === current} onChoose={choose} onFold={fold} />
          ) : (
            <NoteRow key={row.id} row={row} current={row.id === current} onChoose={choose} />
          ),
        )}
      </div>
    </section>
  );
}

/** The commonest edits as buttons; a blocked one says why. */
function Tools() {
  const t = useText();
  const session = useSession();
  useSelection((s) => s.nodes);
  useSelection((s) => s.notes);
  useRun((s) => s.run?.status);
  useDocument((s) => s.document);
  return (
    <div role="toolbar" aria-label={t('canvas.outline.tools')} className="mr-outline-tools">
      {TOOLS.map(([id, icon]) => {
        const command = commandOf(id);
        const blocked = command?.blocked?.(session);
        const [keys] = command ? useKeymap.getState().keysOf(command) : [];
        return (
          <IconButton
            key={id}
            icon={icon}
            label={blocked ? `${t(`designer.command.${id}`)}: ${t(`designer.blocked.${blocked}`)}` : t(`designer.command.${id}`)}
            keys={keys && !blocked ? keyLabel(keys) : undefined}
            aria-disabled={blocked !== undefined}
            onClick={() => !blocked && command?.run(session)}
          />
        );
      })}
    </div>
  );
}
