/** The navigation rail: the four pages, whether the app is ready offline, and the settings at its end. A bar at the bottom on phones. */
import { useText } from './i18n/text.ts';
import { Icon, type IconName } from './kit/icon.tsx';
import { OfflineMark } from './settings/offline.tsx';
import { hashOf } from './state/route.ts';

const PAGES: readonly { id: string; icon: IconName }[] = [
  { id: 'designer', icon: 'designer' },
  { id: 'data', icon: 'data' },
  { id: 'runs', icon: 'runs' },
  { id: 'models', icon: 'models' },
];

export function Rail({ page }: { page: string }) {
  const t = useText();
  const link = ({ id, icon }: { id: string; icon: IconName }) => (
    <a key={id} href={hashOf(id)} className="mr-rail-item" aria-current={page === id ? 'page' : undefined}>
      <Icon name={icon} size={20} />
      <span>{t(`designer.rail.${id}`)}</span>
    </a>
  );
  return (
    <nav className="mr-rail" aria-label={t('designer.rail.label')}>
      <img src="./logo.svg" alt="" width={32} height={32} className="mr-logo" />
      {PAGES.map(link)}
      <OfflineMark />
      {link({ id: 'settings', icon: 'settings' })}
    </nav>
  );
}
