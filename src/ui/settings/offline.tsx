/** Whether the app can be used without a network: a mark in the rail and a sentence in the settings. */
import { useEffect, useState } from 'react';
import type { OfflineState } from '../../host/protocol.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { Section } from '../pages/page-frame.tsx';
import { useBackend } from '../state/backend.tsx';

function useOffline(): OfflineState | undefined {
  const backend = useBackend();
  const [state, setState] = useState<OfflineState>();
  useEffect(() => backend.subscribeOffline(setState), [backend]);
  return state;
}

export function OfflineMark() {
  const t = useText();
  const state = useOffline();
  return (
    <span className="mr-rail-mark" role="status" data-testid="offline" data-state={state}>
      {state === 'ready' ? (
        <>
          <Icon name="check" size={14} />
          <span>{t('settings.offline.mark')}</span>
        </>
      ) : null}
    </span>
  );
}

export function OfflineSection() {
  const t = useText();
  const state = useOffline();
  const why = window.isSecureContext ? 'settings.offline.unavailable' : 'settings.offline.insecure';
  return (
    <Section title={t('settings.offline.title')}>
      <p>{state === 'ready' ? t('settings.offline.ready') : state === 'caching' ? t('settings.offline.caching') : t(why)}</p>
    </Section>
  );
}
