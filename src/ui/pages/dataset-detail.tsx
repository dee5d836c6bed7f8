/** One version of a dataset: what it is and where it came from, its profile and rows, and what can be done with it. */
import { useState } from 'react';
import { saveFile } from '../../host/save-file.ts';
import type { DatasetVersion } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Select } from '../kit/select.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { Facts } from '../results/facts.tsx';
import { Panel, Panels, ProblemNote, Waiting } from '../results/panel.tsx';
import { Profile } from '../results/profile.tsx';
import { TableGrid } from '../results/table-grid.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend } from '../state/backend.tsx';
import { go, hashOf } from '../state/route.ts';
import { useSession } from '../state/session.ts';
import style from './page.module.css';
import { placeDataset } from './place-dataset.ts';

type Tab = 'profile' | 'table' | 'about';
const TABS: readonly Tab[] = ['profile', 'table', 'about'];

interface Props {
  dataset: DatasetVersion;
  versions: readonly DatasetVersion[];
  onRemove: () => void;
}

export function DatasetDetail({ dataset, versions, onRemove }: Props) {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const session = useSession();
  const [tab, setTab] = useState<Tab>('profile');
  const { name, version } = dataset;
  const { value: digest, problem } = useAnswer(`${name} ${version}`, () => backend.datasetDigest(name, version));
  const download = async () => {
    if (digest) saveFile(`${name}-${version}.csv`, await backend.tableCsv(digest), 'text/csv');
  };
  return (
    <div className={style.detail}>
      <div className={style.detailHead}>
        <h2>{name}</h2>
        <Select
          aria-label={t('pages.version')}
          value={String(version)}
          options={versions.map((v) => ({
            value: String(v.version),
            label: t('pages.versionOn', { version: v.version, date: format.date(v.createdAt) }),
          }))}
          onChange={(next) => go('data', name, next)}
        />
        <div className={style.actions}>
          <Button look="subtle" icon="delete" onClick={onRemove}>
            {t('pages.delete')}
          </Button>
          <Button icon="download" disabled={!digest} onClick={download}>
            {t('pages.data.csv')}
          </Button>
          <Button look="primary" icon="designer" onClick={() => placeDataset(session, name, version)}>
            {t('pages.data.use')}
          </Button>
        </div>
      </div>
      <div className={style.tabs}>
        <Tabs tabs={TABS.map((id) => ({ id, label: t(`pages.data.tab.${id}`) }))} current={tab} onChange={setTab} label={name} />
      </div>
      <div className={style.fill}>
        {tab === 'about' ? (
          <Panels>
            <Panel width={480}>
              {dataset.description ? <p>{dataset.description}</p> : null}
              <Facts
                wide
                items={[
                  { name: t('pages.data.rows'), value: format.count(dataset.schema.rowCount ?? 0) },
                  { name: t('pages.data.columns'), value: format.count(dataset.schema.columns.length) },
                  { name: t('pages.data.bytes'), value: format.bytes(dataset.bytes) },
                  { name: t('pages.data.saved'), value: format.dateTime(dataset.createdAt) },
                  { name: t('pages.data.source'), value: <Source dataset={dataset} /> },
                  { name: t('pages.data.digest'), value: <code>{dataset.digest}</code> },
                  ...Object.entries(dataset.tags).map(([key, value]) => ({ key: `tag ${key}`, name: key, value })),
                ]}
              />
            </Panel>
          </Panels>
        ) : problem ? (
          <ProblemNote problem={problem} />
        ) : !digest ? (
          <Waiting />
        ) : tab === 'profile' ? (
          <Profile digest={digest} />
        ) : (
          <TableGrid digest={digest} />
        )}
      </div>
    </div>
  );
}

function Source({ dataset: { source } }: { dataset: DatasetVersion }) {
  const t = useText();
  if (source.type === 'file') return <>{source.name}</>;
  return (
    <a className="mr-link" href={hashOf('runs', source.run)}>
      {t('pages.data.fromRun', { node: source.node })}
    </a>
  );
}
