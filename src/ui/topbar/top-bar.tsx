/** The top bar: pipeline name and how it is saved, undo and redo, problems, stale nodes, stop, run, commands. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { commandOf } from '../commands/all-commands.ts';
import { keyLabel } from '../commands/keymap.ts';
import { menuEntries } from '../commands/menu-entries.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Key } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { Menu } from '../kit/menu.tsx';
import { StateIcon } from '../kit/state-badge.tsx';
import { listedProblems } from '../problems/listed-problems.ts';
import { rename } from '../state/edits.ts';
import { LITTLE_BYTES } from '../state/room.ts';
import { useCheck, useDocument, useRun, useSelection, useSession } from '../state/session.ts';
import { RunButtons } from './run-buttons.tsx';

const FILE_MENU = ['new', 'open', 'duplicate-pipeline', '-', 'paste', 'download', 'versions', 'outline', '-', 'run-again', 'tidy', 'note'];

export function TopBar() {
  const t = useText();
  const session = useSession();
  const past = useDocument((s) => s.history.past);
  const future = useDocument((s) => s.history.future);
  // Entries say why they are blocked: they follow whatever changed.
  useDocument((s) => s.document);
  useSelection((s) => s.nodes);
  const entries = menuEntries(session, FILE_MENU, t);
  const undoLabel = past.at(-1)?.label;
  const redoLabel = future.at(-1)?.label;
  return (
    <header className="mr-topbar">
      <Name />
      <Menu entries={entries} label={t('designer.pipeline-menu')}>
        <Button look="subtle" icon="down" className="mr-icon-button" aria-label={t('designer.pipeline-menu')} />
      </Menu>
      <Saved />
      <span className="mr-topbar-rule" />
      <IconButton
        icon="undo"
        disabled={!undoLabel}
        label={undoLabel ? t('designer.undo-step', { label: wordsText(undoLabel) }) : t('designer.command.undo')}
        keys={keyLabel('Mod+Z')}
        onClick={() => commandOf('undo')?.run(session)}
      />
      <IconButton
        icon="redo"
        disabled={!redoLabel}
        label={redoLabel ? t('designer.redo-step', { label: wordsText(redoLabel) }) : t('designer.command.redo')}
        keys={keyLabel('Mod+Shift+Z')}
        onClick={() => commandOf('redo')?.run(session)}
      />
      <span className="mr-topbar-space" />
      <Counts />
      <RunButtons />
      <span className="mr-topbar-rule" />
      <IconButton
        icon="search"
        label={t('designer.command.commands')}
        keys={keyLabel('Mod+K')}
        onClick={() => session.panels.getState().set({ overlay: 'commands' })}
      />
    </header>
  );
}

function Name() {
  const t = useText();
  const session = useSession();
  const name = useDocument(({ document }) => document.name);
  const [draft, setDraft] = useState(name);
  useEffect(() => setDraft(name), [name]);
  const commit = () => {
    const text = draft.trim();
    if (text && text !== name) session.documents.edit(rename(text));
    else setDraft(name);
  };
  return (
    <input
      className="mr-name"
      aria-label={t('designer.pipeline-name')}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(name);
      }}
    />
  );
}

/** "Saved 2 s ago": renders again only when the words would change. */
function Saved() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const { status, savedAt } = useStore(session.saving);
  const little = useStore(session.room, ({ free }) => (free !== undefined && free < LITTLE_BYTES ? Math.floor(free / 1e6) : undefined));
  const [now, setNow] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tick sets the next one, later and later
  useEffect(() => {
    if (savedAt === undefined) return;
    const age = Date.now() - savedAt;
    const wait = age < 1500 ? 2000 : age < 8000 ? 10_000 : age < 60_000 ? 60_000 - age : 60_000;
    const timer = setTimeout(() => setNow(Date.now()), wait);
    return () => clearTimeout(timer);
  }, [savedAt, now]);
  const text =
    status === 'failed'
      ? t('designer.save.failed')
      : status === 'reading'
        ? t('settings.writer.readOnly')
        : status !== 'saved'
          ? t('designer.save.saving')
          : savedAt === undefined || Math.max(now, Date.now()) - savedAt < 1500
            ? t('designer.save.saved')
            : t('designer.save.ago', { ago: format.ago(savedAt, Math.max(now, Date.now())) });
  return (
    <button
      type="button"
      className={`mr-saved${status === 'failed' ? ' is-failed' : ''}`}
      data-testid="saved"
      data-status={status}
      title={t('designer.command.versions')}
      onClick={() => commandOf('versions')?.run(session)}
    >
      <Icon name={status === 'failed' || little !== undefined ? 'warning' : 'check'} size={14} />
      {text}
      {little === undefined ? null : <span className="mr-saved-little">{t('versions.little', { free: format.bytes(little * 1e6) })}</span>}
    </button>
  );
}

function Counts() {
  const t = useText();
  const session = useSession();
  const report = useCheck((s) => s.report);
  const runs = useRun((s) => s);
  const views = useStore(session.views, (s) => s.views);
  const listed = useMemo(() => listedProblems(report, runs).filter((p) => p.severity !== 'note'), [report, runs]);
  const problems = listed.length;
  // The worst come first: behind warnings alone nothing waits.
  const mild = listed[0]?.severity === 'warning';
  const stale = useMemo(() => Object.entries(views).flatMap(([id, view]) => (view.state === 'stale' ? [id] : [])), [views]);
  return (
    <>
      {problems > 0 ? (
        <button
          type="button"
          className={`mr-count mr-count-${mild ? 'warnings' : 'problems'}`}
          onClick={() => session.panels.getState().set({ overlay: 'problems' })}
        >
          <Icon name={mild ? 'warning' : 'failed'} />
          <span className="mr-count-word">{t(mild ? 'designer.warnings-count' : 'designer.problems-count', { count: problems })}</span>
          <span className="mr-count-short">{problems}</span>
          <Key>F8</Key>
        </button>
      ) : null}
      {stale.length > 0 ? (
        <button
          type="button"
          className="mr-count mr-count-stale"
          onClick={() => {
            session.selection.getState().select({ nodes: stale });
            session.canvas.port.reveal(stale[0]);
          }}
        >
          <StateIcon state="stale" size={16} />
          <span className="mr-count-word">{t('designer.stale-count', { count: stale.length })}</span>
          <span className="mr-count-short">{stale.length}</span>
        </button>
      ) : null}
    </>
  );
}
