/** The Settings page: look and language, keyboard, workspaces, storage, use without a network, what left this machine, deleting everything. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../i18n/text.ts';
import { PageFrame } from '../pages/page-frame.tsx';
import { useRoute } from '../state/route.ts';
import { Appearance } from './appearance.tsx';
import { DeleteEverything } from './delete-everything.tsx';
import { KeysSection } from './keys-section.tsx';
import { NetList } from './net-list.tsx';
import { OfflineSection } from './offline.tsx';
import style from './settings.module.css';
import { StorageSection } from './storage-section.tsx';
import { Workspaces } from './workspaces.tsx';

/** Sections by the name that an address may ask for (`#/settings/keys`). */
const SECTIONS: readonly [id: string, section: ReactNode][] = [
  ['look', <Appearance key="look" />],
  ['keys', <KeysSection key="keys" />],
  ['workspaces', <Workspaces key="workspaces" />],
  ['storage', <StorageSection key="storage" />],
  ['offline', <OfflineSection key="offline" />],
  ['net', <NetList key="net" />],
  ['delete', <DeleteEverything key="delete" />],
];

export function SettingsPage() {
  const t = useText();
  const [, wanted] = useRoute();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!wanted) return;
    const section = body.current?.querySelector<HTMLElement>(`[data-section="${CSS.escape(wanted)}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  }, [wanted]);
  return (
    <PageFrame trail={[{ label: t('settings.title') }]}>
      <div ref={body} className={style.body}>
        {SECTIONS.map(([id, section]) => (
          <div key={id} data-section={id} tabIndex={-1} className={style.part}>
            {section}
          </div>
        ))}
      </div>
    </PageFrame>
  );
}
