/** Deleting all that the open workspace holds, for good; the person types its name first. */
import { useState } from 'react';
import { useStore } from 'zustand';
import { type Problem, toProblem } from '../../base/problem.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Modal } from '../kit/modal.tsx';
import { Section } from '../pages/page-frame.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend } from '../state/backend.tsx';
import { hashOf } from '../state/route.ts';
import { useSession } from '../state/session.ts';
import { forgetWorkspace } from '../state/storage.ts';
import { mayNotWrite } from '../state/writer.ts';
import style from './settings.module.css';
import { workspaceName } from './workspace-name.ts';

export function DeleteEverything() {
  const t = useText();
  const session = useSession();
  const backend = useBackend();
  const reading = mayNotWrite(useStore(session.writing, (s) => s.state));
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { value } = useAnswer('workspaces', () => backend.workspaces());
  const workspace = value?.find((one) => one.open);
  if (!workspace) return null;
  const name = workspaceName(workspace, t);
  const close = () => {
    setAsking(false);
    setTyped('');
  };
  const deleteAll = async () => {
    setBusy(true);
    try {
      await session.stop();
      await session.saving.flush();
      // Nothing is saved from here on: the page is loaded again.
      session.saving.hold(true);
      await backend.deleteEverything();
      forgetWorkspace(workspace.id);
      window.location.hash = hashOf('designer');
      window.location.reload();
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <Section title={t('settings.delete.title')}>
      <p>{t('settings.delete.about', { name })}</p>
      <p>
        <Button look="danger" icon="delete" disabled={reading} onClick={() => setAsking(true)}>
          {t('settings.delete.button')}
        </Button>{' '}
        {reading ? <span className="mr-dim">{t('settings.writer.reader')}</span> : null}
      </p>
      {asking ? (
        <Modal title={t('settings.delete.title')} onClose={close}>
          <form
            className={`mr-modal-scroll ${style.confirm}`}
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim() === name && !busy) void deleteAll();
            }}
          >
            <p>{t('settings.delete.sure')}</p>
            <label htmlFor="delete-name">{t('settings.delete.type', { name })}</label>
            <input
              id="delete-name"
              className="mr-input"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <p role="alert" className={style.problem}>
              {problem ? problemText(problem).message : ''}
            </p>
            <p className={style.actions}>
              <Button onClick={close}>{t('settings.delete.cancel')}</Button>
              <Button look="danger" icon="delete" disabled={typed.trim() !== name || busy} type="submit">
                {t('settings.delete.button')}
              </Button>
            </p>
          </form>
        </Modal>
      ) : null}
    </Section>
  );
}
