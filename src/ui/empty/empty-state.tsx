/** What an empty pipeline shows: three doors — your data, sample data, a template — and the pipelines worked on before. */
import { useEffect, useState } from 'react';
import type { PipelineDocument } from '../../engine/document.ts';
import type { SampleInfo } from '../../host/protocol.ts';
import type { PipelineRecord } from '../../registry/records.ts';
import { keyLabel } from '../commands/keymap.ts';
import { sampleText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Key } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { useRegistryTick } from '../state/backend.tsx';
import { browse, importSample } from '../state/import-data.ts';
import { newPipelineId } from '../state/open-first.ts';
import { usePanels, useSession } from '../state/session.ts';
import { listTemplates } from '../templates.ts';
import { Thumb } from './thumb.tsx';

const FIRST = 5;

/** A list from the backend; empty while it is on its way. */
function useList<T>(load: () => Promise<T[]>, again: unknown): T[] {
  const [items, setItems] = useState<T[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the loader is a new function each time; `again` says when to ask
  useEffect(() => {
    let stays = true;
    load().then(
      (found) => stays && setItems(found),
      () => undefined,
    );
    return () => {
      stays = false;
    };
  }, [again]);
  return items;
}

export function EmptyState() {
  const t = useText();
  return (
    <div className="mr-empty" data-testid="empty">
      <div className="mr-empty-inner">
        <h1>{t('designer.empty.title')}</h1>
        <p className="mr-empty-sub">{t('designer.empty.sub')}</p>
        <div className="mr-doors">
          <DataDoor />
          <SampleDoor />
          <TemplateDoor />
        </div>
        <Recent />
        <p className="mr-empty-keys">
          <Key>/</Key> {t('designer.empty.key-add')} <Key>{keyLabel('Mod+K')}</Key> {t('designer.empty.key-commands')} <Key>?</Key>{' '}
          {t('designer.empty.key-keys')}
        </p>
      </div>
    </div>
  );
}

function DataDoor() {
  const t = useText();
  const session = useSession();
  const busy = usePanels((p) => p.importing);
  return (
    <section className="mr-door mr-door-drop">
      <h2>
        <Icon name="upload" size={20} />
        {t('designer.empty.data')}
      </h2>
      <div className="mr-door-middle">
        <svg width="44" height="56" viewBox="0 0 44 56" fill="none" aria-hidden="true" stroke="var(--mr-accent)" strokeWidth="1.5">
          <rect x="1" y="1" width="42" height="54" rx="3" fill="var(--mr-surface-panel)" />
          <path d="M1 4a3 3 0 0 1 3-3h36a3 3 0 0 1 3 3v10H1Z" fill="var(--mr-accent-tint)" />
          <path d="M1 14h42M1 28h42M1 42h42M15 14v41M29 14v41" strokeWidth="1" />
        </svg>
        <p>{busy ? t('designer.empty.reading') : t('designer.empty.drop')}</p>
        <p className="mr-dim">{t('designer.empty.formats')}</p>
      </div>
      <div className="mr-door-buttons">
        <Button look="primary" icon="browse" onClick={() => browse(session)}>
          {t('designer.empty.browse')}
        </Button>
        <Button onClick={() => session.panels.getState().set({ overlay: 'paste' })}>{t('designer.empty.paste')}</Button>
        <Button onClick={() => session.panels.getState().set({ overlay: 'link' })}>{t('designer.empty.link')}</Button>
      </div>
    </section>
  );
}

function SampleDoor() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const [all, setAll] = useState(false);
  const samples = useList<SampleInfo>(() => session.backend.samples(), session);
  return (
    <section className="mr-door">
      <h2>
        <Icon name="sample" size={20} />
        {t('designer.empty.samples')}
      </h2>
      <ul className="mr-door-list">
        {samples.slice(0, all ? undefined : FIRST).map((sample) => (
          <li key={sample.name}>
            <button
              type="button"
              className="mr-door-row"
              title={`${sampleText(sample, 'summary')}\n${sample.licence}. ${sampleText(sample, 'source')}`}
              onClick={() => importSample(session, sample.name, sampleText(sample, 'title'))}
            >
              <span>
                <strong>{sampleText(sample, 'title')}</strong>
                <small>{sampleText(sample, 'summary')}</small>
              </span>
              <span className="mr-door-facts">
                {`${format.count(sample.rows)} × ${sample.columns}`}
                <small>{sample.licence}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {samples.length > FIRST ? (
        <button type="button" className="mr-link" onClick={() => setAll(!all)}>
          {all ? t('designer.empty.fewer') : t('designer.empty.all-samples', { count: samples.length })}
        </button>
      ) : null}
    </section>
  );
}

function TemplateDoor() {
  const t = useText();
  const session = useSession();
  const [all, setAll] = useState(false);
  const templates = listTemplates();
  const pictures = useList(() => Promise.all(templates.map(({ load }) => load())), session);
  return (
    <section className="mr-door">
      <h2>
        <Icon name="template" size={20} />
        {t('designer.empty.templates')}
      </h2>
      <ul className="mr-door-list">
        {templates.slice(0, all ? undefined : FIRST).map((template, i) => (
          <li key={template.id}>
            <button
              type="button"
              className="mr-door-row"
              title={t(`templates.${template.id}.summary`)}
              onClick={() => void template.load().then((document) => session.open({ ...document, id: newPipelineId() }))}
            >
              <span>
                <strong>{t(`templates.${template.id}.title`)}</strong>
                <small>{t(`templates.${template.id}.summary`)}</small>
              </span>
              {pictures[i] ? <Thumb document={pictures[i]} /> : null}
            </button>
          </li>
        ))}
      </ul>
      {templates.length > FIRST ? (
        <button type="button" className="mr-link" onClick={() => setAll(!all)}>
          {all ? t('designer.empty.fewer') : t('designer.empty.all-templates', { count: templates.length })}
        </button>
      ) : null}
    </section>
  );
}

function Recent() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const tick = useRegistryTick();
  const records = useList<PipelineRecord>(() => session.backend.listPipelines(), tick);
  const recent = records.filter((r) => r.nodeCount > 0 && !r.deletedAt).sort((a, b) => b.updatedAt - a.updatedAt);
  if (recent.length === 0) return null;
  return (
    <section>
      <header className="mr-recent-head">
        <h2>{t('designer.empty.recent')}</h2>
        <span className="mr-dim">{t('designer.empty.pipelines', { count: recent.length })}</span>
      </header>
      <ul className="mr-recent">
        {recent.slice(0, 6).map((record) => {
          const document = JSON.parse(record.document) as PipelineDocument;
          return (
            <li key={record.id}>
              <button type="button" className="mr-recent-row" onClick={() => void session.openStored(record.id)}>
                <Thumb document={document} />
                <strong className="mr-ellipsis">{record.name}</strong>
                <span>{t('designer.empty.nodes', { count: record.nodeCount })}</span>
                <span>{wordsText(record.headline ?? '')}</span>
                <span className="mr-dim">{format.ago(record.updatedAt, Date.now())}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
