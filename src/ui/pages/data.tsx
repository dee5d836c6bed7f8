/** The Data page: datasets with their versions, one of them shown in full, and how much storage they take. */
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { ProblemNote } from '../results/panel.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend, useRegistryTick } from '../state/backend.tsx';
import { go, hashOf, useRoute } from '../state/route.ts';
import { DatasetDetail } from './dataset-detail.tsx';
import { useDeletion } from './deletion.tsx';
import style from './page.module.css';
import { EmptyPage, PageFrame } from './page-frame.tsx';
import { StorageMeter } from './storage-meter.tsx';

export function DataPage() {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const tick = useRegistryTick();
  const [, name, version] = useRoute();
  const { value, problem } = useAnswer(`datasets ${tick}`, () => backend.listDatasets());
  const { remove, bar } = useDeletion();
  const all = (value ?? []).filter((dataset) => dataset.deletedAt === undefined);
  /** Newest version of each name, then by name. */
  const latest = [...new Map([...all].sort((a, b) => a.version - b.version).map((dataset) => [dataset.name, dataset])).values()].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
  const versions = all.filter((dataset) => dataset.name === (name ?? latest[0]?.name)).sort((a, b) => b.version - a.version);
  const current = versions.find((dataset) => String(dataset.version) === version) ?? versions[0];
  return (
    <PageFrame trail={[{ label: t('pages.data.title') }]}>
      {problem ? <ProblemNote problem={problem} /> : null}
      {value && latest.length === 0 ? (
        <EmptyPage
          title={t('pages.data.none')}
          action={
            <Button look="primary" onClick={() => go('designer')}>
              {t('pages.toDesigner')}
            </Button>
          }
        >
          {t('pages.data.noneHint')}
        </EmptyPage>
      ) : null}
      {latest.length > 0 ? (
        <div className={style.split}>
          <div className={style.side}>
            <div className={style.sideList}>
              <table className={style.list}>
                <thead>
                  <tr>
                    <th>{t('pages.data.name')}</th>
                    <th className="mr-num">{t('pages.data.size')}</th>
                    <th className="mr-num">{t('pages.version')}</th>
                  </tr>
                </thead>
                <tbody>
                  {latest.map((dataset) => (
                    <tr key={dataset.name} className={dataset.name === current?.name ? style.current : undefined}>
                      <td>
                        <a href={hashOf('data', dataset.name)} aria-current={dataset.name === current?.name ? 'true' : undefined}>
                          {dataset.name}
                        </a>
                      </td>
                      <td className="mr-num mr-dim">
                        {format.count(dataset.schema.rowCount ?? 0)} × {format.count(dataset.schema.columns.length)}
                      </td>
                      <td className="mr-num">{format.count(dataset.version)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <StorageMeter />
          </div>
          {current ? (
            <DatasetDetail
              key={`${current.name} ${current.version}`}
              dataset={current}
              versions={versions}
              onRemove={() =>
                remove({ type: 'dataset', name: current.name, version: current.version }, t('pages.nameVersion', { ...current }))
              }
            />
          ) : (
            <EmptyPage title={t('pages.data.gone')}>{t('pages.data.goneHint')}</EmptyPage>
          )}
        </div>
      ) : null}
      {bar}
    </PageFrame>
  );
}
