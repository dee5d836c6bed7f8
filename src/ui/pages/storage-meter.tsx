/** How much of this browser's storage the workspace takes, and whether the browser promised to keep it. */
import { useFormat, useText } from '../i18n/text.ts';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend, useRegistryTick } from '../state/backend.tsx';
import style from './page.module.css';

export function StorageMeter() {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const tick = useRegistryTick();
  const { value } = useAnswer(`storage ${tick}`, () => backend.storage());
  // On plain http the browser says nothing of storage.
  if (!value || value.quota === 0) return null;
  const share = Math.min(1, value.used / value.quota);
  return (
    <div className={`${style.meter} ${share > 0.9 ? style.meterFull : ''}`}>
      <span>{t('pages.storage.used', { used: format.bytes(value.used), quota: format.bytes(value.quota) })}</span>
      <span aria-hidden="true">
        <span style={{ width: `${Math.max(share * 100, 0.5)}%` }} />
      </span>
      <span>{t(value.persisted ? 'pages.storage.kept' : 'pages.storage.mayGo')}</span>
    </div>
  );
}
