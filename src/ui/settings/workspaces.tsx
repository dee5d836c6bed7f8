/** Named workspaces: which there are, which is open, making one and going to another, which loads the page again. */
import { useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { WorkspaceInfo } from '../../host/protocol.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { Section } from '../pages/page-frame.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend } from '../state/backend.tsx';
import { hashOf } from '../state/route.ts';
import { useSession } from '../state/session.ts';
import style from './settings.module.css';
import { workspaceName } from './workspace-name.ts';

export function Workspaces() {
  const t = useText();
  const session = useSession();
  const backend = useBackend();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const { value } = useAnswer('workspaces', () => backend.workspaces());
  const list = [...(value ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  const open = async (workspace: WorkspaceInfo) => {
    await session.saving.flush();
    await backend.openWorkspace(workspace.id);
    window.location.hash = hashOf('designer');
    window.location.reload();
  };
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  return (
    <Section title={t('settings.workspaces.title')}>
      <p className="mr-dim">{t('settings.workspaces.about')}</p>
      <ul className={style.rows}>
        {list.map((workspace) => (
          <li key={workspace.id}>
            <span className="mr-ellipsis">{workspaceName(workspace, t)}</span>
            {workspace.open ? (
              <Chip>{t('settings.workspaces.open')}</Chip>
            ) : (
              <Button
                aria-label={t('settings.workspaces.switchTo', { name: workspaceName(workspace, t) })}
                onClick={() => void attempt(() => open(workspace))}
              >
                {t('settings.workspaces.switch')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(async () => open(await backend.createWorkspace(name)));
        }}
      >
        <label htmlFor="workspace-name">{t('settings.workspaces.newName')}</label>
        <input
          id="workspace-name"
          className="mr-input"
          value={name}
          maxLength={80}
          autoComplete="off"
          aria-invalid={problem !== undefined || undefined}
          aria-describedby="workspace-problem"
          onChange={(event) => setName(event.target.value)}
        />
        <Button icon="add" disabled={name.trim() === ''} type="submit">
          {t('settings.workspaces.create')}
        </Button>
      </form>
      <p id="workspace-problem" role="alert" className={style.problem}>
        {problem ? `${problemText(problem).message} ${problemText(problem).hint}` : ''}
      </p>
    </Section>
  );
}
