/** The navigation rail: the four pages, and settings (theme, language, keys) at its end. A bar at the bottom on phones. */
import { language, setLanguage, useText } from './i18n/text.ts';
import { Icon, type IconName } from './kit/icon.tsx';
import { Menu, type MenuEntry } from './kit/menu.tsx';
import { hashOf } from './state/route.ts';
import { useSession } from './state/session.ts';
import { useTheme } from './theme/theme-store.ts';

const PAGES: readonly { id: string; icon: IconName }[] = [
  { id: 'designer', icon: 'designer' },
  { id: 'data', icon: 'data' },
  { id: 'runs', icon: 'runs' },
  { id: 'models', icon: 'models' },
];

export function Rail({ page }: { page: string }) {
  const t = useText();
  const session = useSession();
  const choice = useTheme((s) => s.choice);
  const choose = useTheme((s) => s.choose);
  const current = language();
  const entries: MenuEntry[] = [
    ...(['system', 'light', 'dark'] as const).map((id) => ({
      id,
      label: t(`designer.theme.${id}`),
      checked: choice === id,
      run: () => choose(id),
    })),
    { id: 'en', label: 'English', divided: true, checked: current === 'en', run: () => void setLanguage('en') },
    { id: 'zh', label: '简体中文', checked: current === 'zh', run: () => void setLanguage('zh') },
    {
      id: 'keys',
      label: t('designer.command.keys'),
      divided: true,
      keys: '?',
      run: () => session.panels.getState().set({ overlay: 'keys' }),
    },
  ];
  return (
    <nav className="mr-rail" aria-label={t('designer.rail.label')}>
      <img src="./logo.svg" alt="" width={32} height={32} className="mr-logo" />
      {PAGES.map(({ id, icon }) => (
        <a key={id} href={hashOf(id)} className="mr-rail-item" aria-current={page === id ? 'page' : undefined}>
          <Icon name={icon} size={20} />
          <span>{t(`designer.rail.${id}`)}</span>
        </a>
      ))}
      <Menu entries={entries} label={t('designer.rail.settings')}>
        <button type="button" className="mr-rail-item mr-rail-end">
          <Icon name="settings" size={20} />
          <span>{t('designer.rail.settings')}</span>
        </button>
      </Menu>
    </nav>
  );
}
