/** Problems of the whole page, under the top bar: saving was refused, a file could not be read, the check failed. */
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { newPipelineId } from '../state/open-first.ts';
import { useCheck, useDocument, usePanels, useSession } from '../state/session.ts';

export function Banner() {
  const t = useText();
  const session = useSession();
  const { status, problem } = useStore(session.saving);
  const broken = useCheck((s) => s.broken);
  const refused = useDocument((s) => s.refused);
  const notImported = usePanels((p) => p.importProblem);
  const document = () => session.documents.getState().document;
  const reload = async () => {
    await session.openStored(document().id);
  };
  const keepCopy = async () => {
    const mine = { ...document(), id: newPipelineId(), name: t('designer.copy-of', { name: document().name }) };
    session.saving.start(0, undefined);
    await session.open(mine);
  };
  return (
    <>
      {status === 'failed' && problem ? (
        <div className="mr-banner" role="alert">
          <Icon name="warning" />
          <p>
            {problemText(problem).message} {problemText(problem).hint}
          </p>
          {problem.code === 'storage.full' ? (
            <Button onClick={() => void session.saving.overwrite()}>{t('designer.save.again')}</Button>
          ) : (
            <>
              <Button onClick={() => void session.saving.overwrite()}>{t('designer.save.overwrite')}</Button>
              <Button onClick={() => void keepCopy()}>{t('designer.save.copy')}</Button>
              <Button onClick={() => void reload()}>{t('designer.save.reload')}</Button>
            </>
          )}
        </div>
      ) : null}
      {notImported ? (
        <div className="mr-banner" role="alert">
          <Icon name="warning" />
          <p>
            {problemText(notImported).message} {problemText(notImported).hint}
          </p>
          <IconButton
            icon="close"
            label={t('designer.close')}
            onClick={() => session.panels.getState().set({ importProblem: undefined })}
          />
        </div>
      ) : null}
      {refused ? (
        <div className="mr-banner" role="alert">
          <Icon name="warning" />
          <p>
            {problemText(refused).message} {problemText(refused).hint}
          </p>
          <IconButton icon="close" label={t('designer.close')} onClick={() => session.documents.setState({ refused: undefined })} />
        </div>
      ) : null}
      {broken ? (
        <div className="mr-banner" role="alert">
          <Icon name="warning" />
          <p>{problemText(broken).message}</p>
          <Button onClick={() => session.checks.ask()}>{t('designer.problem.check-again')}</Button>
        </div>
      ) : null}
    </>
  );
}
