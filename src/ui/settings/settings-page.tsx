/** The Settings page: look and language, workspaces, storage, use without a network, what left this machine, deleting everything. */
import { useText } from '../i18n/text.ts';
import { PageFrame } from '../pages/page-frame.tsx';
import { Appearance } from './appearance.tsx';
import { DeleteEverything } from './delete-everything.tsx';
import { NetList } from './net-list.tsx';
import { OfflineSection } from './offline.tsx';
import style from './settings.module.css';
import { StorageSection } from './storage-section.tsx';
import { Workspaces } from './workspaces.tsx';

export function SettingsPage() {
  const t = useText();
  return (
    <PageFrame trail={[{ label: t('settings.title') }]}>
      <div className={style.body}>
        <Appearance />
        <Workspaces />
        <StorageSection />
        <OfflineSection />
        <NetList />
        <DeleteEverything />
      </div>
    </PageFrame>
  );
}
