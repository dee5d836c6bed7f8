/** Stop and Run, with the other ways to run in a menu. Pointing at any of them shows on the canvas what it would do. */
import { commandOf } from '../commands/all-commands.ts';
import { keyLabel } from '../commands/keymap.ts';
import { menuEntries } from '../commands/menu-entries.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Key } from '../kit/chip.tsx';
import { Menu } from '../kit/menu.tsx';
import { totalOf } from '../state/run-preview.ts';
import { useCheck, useDocument, useRun, useSelection, useSession } from '../state/session.ts';

const RUN_MENU = ['run', 'run-to', 'run-from', '-', 'run-again'];
const ALL = { scope: { type: 'all' } } as const;

export function RunButtons() {
  const t = useText();
  const session = useSession();
  const format = useFormat();
  const plan = useCheck((s) => s.report.plan);
  const run = useRun((s) => s.run);
  const none = useDocument(({ document }) => Object.keys(document.nodes).length === 0);
  // Entries say why they are blocked: they follow what is chosen.
  useSelection((s) => s.nodes);
  const running = run?.status === 'running';
  const { runs, checks, unknown, ms } = totalOf(plan, session.documents.getState().document.wires, session.workers);
  const due = runs + checks;
  const more = running
    ? t('designer.run-progress', { done: run.done, of: run.steps.length })
    : due > 0
      ? unknown === 0
        ? t('designer.run-estimate', { count: due, time: format.duration(Math.max(1000, Math.round(ms / 1000) * 1000)) })
        : t('designer.run-nodes', { count: due })
      : '';
  const point = (on: boolean) => session.preview.point(on && !running ? ALL : undefined);
  return (
    <>
      <Button
        icon="stop"
        className="mr-stop"
        disabled={!running || run.stopping}
        onClick={() => void session.stop()}
        data-testid="stop"
        aria-keyshortcuts="Control+."
      >
        <span className="mr-wide-word">{t(running && run.stopping ? 'canvas.stopping' : 'designer.stop')}</span>
        {running && !run.stopping ? <Key>{keyLabel('Mod+.')}</Key> : null}
      </Button>
      <span className="mr-run-split">
        <Button
          look="primary"
          icon="play"
          disabled={running || none}
          data-testid="run"
          data-run={run?.id}
          data-status={run?.status}
          onClick={() => commandOf('run')?.run(session)}
          onPointerEnter={() => point(true)}
          onPointerLeave={() => point(false)}
          onFocus={(event: React.FocusEvent<HTMLElement>) => event.target.matches(':focus-visible') && point(true)}
          onBlur={() => point(false)}
        >
          {t('designer.run')}
          {more ? <span className="mr-run-more">{more}</span> : null}
        </Button>
        <Menu entries={menuEntries(session, RUN_MENU, t)} label={t('canvas.run-menu')}>
          <Button look="primary" icon="down" className="mr-icon-button" disabled={running || none} aria-label={t('canvas.run-menu')} />
        </Menu>
      </span>
    </>
  );
}
