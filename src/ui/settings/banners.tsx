/** What holds for the whole page, above it: another tab writes this workspace; plain http, where some things do not work. */
import { useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { useSession } from '../state/session.ts';
import style from './settings.module.css';

export function WriterBanner() {
  const t = useText();
  const session = useSession();
  const state = useStore(session.writing, (s) => s.state);
  const [busy, setBusy] = useState(false);
  const takeOver = async () => {
    setBusy(true);
    await session.backend.takeOver();
    setBusy(false);
  };
  return (
    <div role="status" data-testid="writer" data-state={state}>
      {state === 'reader' || state === 'taken' ? (
        <div className={`mr-banner ${style.note}`}>
          <Icon name="info" />
          <p>{t(state === 'reader' ? 'settings.writer.reader' : 'settings.writer.taken')}</p>
          <Button disabled={busy} onClick={() => void takeOver()}>
            {t('settings.writer.takeOver')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

export function InsecureBanner() {
  const t = useText();
  if (window.isSecureContext) return null;
  return (
    <div className={`mr-banner ${style.note}`} role="note" data-testid="insecure">
      <Icon name="warning" />
      <p>{t('settings.insecure')}</p>
    </div>
  );
}
