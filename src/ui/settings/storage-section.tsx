/** How much is stored, whether the browser promised to keep it, and the button that asks it to. */
import { useState } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { announce } from '../kit/announcer.tsx';
import { Button } from '../kit/button.tsx';
import { Section } from '../pages/page-frame.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend, useRegistryTick } from '../state/backend.tsx';
import style from './settings.module.css';

export function StorageSection() {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const tick = useRegistryTick();
  const [asked, setAsked] = useState(0);
  const [refused, setRefused] = useState(false);
  const { value } = useAnswer(`storage ${tick} ${asked}`, () => backend.storage());
  if (!value) return null;
  const known = value.quota > 0;
  const ask = async () => {
    const kept = await backend.keepData();
    setRefused(!kept);
    setAsked((n) => n + 1);
    announce(t(kept ? 'settings.storage.kept' : 'settings.storage.refused'));
  };
  return (
    <Section title={t('settings.storage.title')}>
      {known ? (
        <>
          <p>{t('settings.storage.used', { used: format.bytes(value.used), quota: format.bytes(value.quota) })}</p>
          <meter
            className={style.meter}
            min={0}
            max={value.quota}
            high={value.quota * 0.9}
            value={value.used}
            aria-label={t('settings.storage.title')}
          />
        </>
      ) : (
        <p>{t('settings.storage.unknown')}</p>
      )}
      <p>{t(value.persisted ? 'settings.storage.kept' : refused ? 'settings.storage.refused' : 'settings.storage.mayGo')}</p>
      {value.persisted || !known ? null : (
        <p>
          <Button onClick={() => void ask()}>{t('settings.storage.keep')}</Button>
        </p>
      )}
    </Section>
  );
}
