/** The versions of the open pipeline, newest first: choosing one holds the present against it on the canvas, in words below. */
import { useMemo, useState } from 'react';
import type { PipelineVersion } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { Switch } from '../kit/switch.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useRegistryTick } from '../state/backend.tsx';
import { useCompare, useDocument, useSession } from '../state/session.ts';
import { Differences } from './differences.tsx';
import { NameVersion } from './name-version.tsx';
import { summariesOf } from './summaries.ts';
import './versions.css';

const NONE: readonly PipelineVersion[] = [];

export function VersionsPanel() {
  const t = useText();
  const session = useSession();
  const id = useDocument(({ document }) => document.id);
  const tick = useRegistryTick();
  const { value: all = NONE, problem } = useAnswer(`versions ${id} ${tick}`, () => session.backend.pipelineVersions(id));
  const [named, setNamed] = useState(false);
  const chosen = useCompare((s) => s.compared?.version.revision);
  const refused = useCompare((s) => s.problem) ?? problem;
  const close = () => {
    session.compare.show(undefined);
    session.panels.getState().set({ versionsOpen: false });
  };
  const nameNow = async (label: string) => {
    if (session.saving.getState().revision === 0) session.saving.touch();
    await session.saving.flush();
    await session.backend.nameVersion(id, session.saving.getState().revision, label);
    announce(t('versions.kept', { label }));
  };
  const shown = useMemo(() => (named ? all.filter((version) => version.label !== undefined) : all), [all, named]);
  return (
    <aside className="mr-inspector mr-versions" aria-label={t('versions.title')} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <header>
        <h2>{t('versions.title')}</h2>
        <IconButton icon="close" label={t('versions.close')} onClick={close} />
      </header>
      <div className="mr-versions-now">
        <Icon name="check" />
        <strong>{t('versions.now')}</strong>
        <NameVersion ask={t('versions.name-now')} onName={nameNow} />
      </div>
      <div className="mr-versions-list">
        {all.some((version) => version.label !== undefined) ? (
          <Switch checked={named} onChange={setNamed}>
            {t('versions.named-only')}
          </Switch>
        ) : null}
        <VersionList versions={shown} chosen={chosen} />
        <p className="mr-dim mr-versions-explain">{t(all.length === 0 ? 'versions.none' : 'versions.explain')}</p>
        {refused ? <p className="mr-versions-refused">{problemText(refused).message}</p> : null}
      </div>
      {chosen === undefined ? null : <Differences />}
    </aside>
  );
}

/** Day headings, and under each its versions; arrows walk and choose. */
function VersionList({ versions, chosen }: { versions: readonly PipelineVersion[]; chosen: number | undefined }) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const summaries = useMemo(() => summariesOf(versions), [versions]);
  const at = versions.findIndex((version) => version.revision === chosen);
  const walk = (event: React.KeyboardEvent<HTMLElement>) => {
    const to = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: versions.length - 1 }[event.key];
    const next = to === undefined ? undefined : versions[Math.min(to, versions.length - 1)];
    if (!next) return;
    event.preventDefault();
    session.compare.show(next);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  const days = new Map<string, PipelineVersion[]>();
  for (const version of versions) {
    const day = format.date(version.at);
    days.set(day, [...(days.get(day) ?? []), version]);
  }
  const today = format.date(Date.now());
  return (
    <div role="listbox" tabIndex={at < 0 && versions.length > 0 ? 0 : -1} aria-label={t('versions.title')} onKeyDown={walk}>
      {[...days].map(([day, list]) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold options
        <div key={day} role="group" aria-label={day}>
          <div className="mr-versions-day" aria-hidden="true">
            {day === today ? t('versions.today') : day}
          </div>
          {list.map((version) => (
            <div
              key={version.revision}
              role="option"
              aria-selected={version.revision === chosen}
              tabIndex={version.revision === chosen ? 0 : -1}
              className="mr-version"
              onClick={() => session.compare.show(version)}
              onKeyDown={() => undefined}
            >
              <span className="mr-version-time">{format.time(version.at)}</span>
              {version.label === undefined ? null : <strong className="mr-ellipsis">{version.label}</strong>}
              <span className="mr-version-what mr-ellipsis">{summaries.get(version.revision)}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
