/** The Models pages: the list, and one version of one model, told apart by the route. */
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { Icon } from '../kit/icon.tsx';
import { MetricName } from '../results/metric-name.tsx';
import { metricNames } from '../results/metric-order.ts';
import { ProblemNote } from '../results/panel.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend, useRegistryTick } from '../state/backend.tsx';
import { go, hashOf, useRoute } from '../state/route.ts';
import { useDeletion } from './deletion.tsx';
import { ImportModel } from './import-model.tsx';
import { learnerTitle } from './learner-title.ts';
import { type Listed, listed } from './listed-models.ts';
import { ModelDetail } from './model-detail.tsx';
import style from './page.module.css';
import { EmptyPage, PageFrame } from './page-frame.tsx';

export function ModelsPage() {
  const t = useText();
  const backend = useBackend();
  const tick = useRegistryTick();
  const [, name, version] = useRoute();
  const { value, problem } = useAnswer(`models ${tick}`, () => backend.listModels());
  const { remove, bar } = useDeletion();
  const models = listed(value ?? []);
  const home = { label: t('pages.models.title'), href: hashOf('models') };
  const current = models.find((model) => model.record.name === name);
  const shown = current?.versions.find((candidate) => String(candidate.version) === version) ?? current?.versions[0];
  if (current && shown)
    return (
      <>
        <ModelDetail key={`${shown.name} ${shown.version}`} listed={current} model={shown} home={home} onRemove={remove} />
        {bar}
      </>
    );
  return (
    <PageFrame trail={[{ label: home.label }]} actions={<ImportModel />}>
      {problem ? <ProblemNote problem={problem} /> : null}
      {value && name ? <EmptyPage title={t('pages.models.gone')}>{t('pages.models.goneHint')}</EmptyPage> : null}
      {value && !name && models.length === 0 ? (
        <EmptyPage
          title={t('pages.models.none')}
          action={
            <Button look="primary" onClick={() => go('designer')}>
              {t('pages.toDesigner')}
            </Button>
          }
        >
          {t('pages.models.noneHint')}
        </EmptyPage>
      ) : null}
      {!name && models.length > 0 ? <ModelList models={models} /> : null}
      {bar}
    </PageFrame>
  );
}

function ModelList({ models }: { models: readonly Listed[] }) {
  const t = useText();
  const format = useFormat();
  const now = Date.now();
  return (
    <div className={style.body}>
      <table className={style.list}>
        <thead>
          <tr>
            <th>{t('pages.models.name')}</th>
            <th className="mr-num">{t('pages.version')}</th>
            <th className={style.wide}>{t('pages.models.aliases')}</th>
            <th>{t('pages.models.predicts')}</th>
            <th className={style.wide}>{t('pages.models.learner')}</th>
            <th>{t('pages.models.metric')}</th>
            <th className="mr-num">{t('pages.models.value')}</th>
            <th className={style.wide}>{t('pages.models.onnx')}</th>
            <th className={`mr-num ${style.wide}`}>{t('pages.models.updated')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ record, versions: [latest] }) => {
            const [metric] = metricNames(latest.metrics);
            return (
              <tr key={record.name}>
                <td>
                  <a href={hashOf('models', record.name)}>{record.name}</a>
                </td>
                <td className="mr-num">{format.count(latest.version)}</td>
                <td className={style.wide}>
                  {Object.entries(record.aliases).map(([alias, version]) => (
                    <Chip key={alias} tone="accent">
                      {alias} {format.count(version)}
                    </Chip>
                  ))}
                </td>
                <td>{latest.target ?? t(`results.task.${latest.task}`)}</td>
                <td className={`mr-dim ${style.wide}`}>{learnerTitle(latest.learner)}</td>
                <td className="mr-dim">{metric ? <MetricName name={metric} /> : null}</td>
                <td className="mr-num">{metric ? <strong>{format.metric(latest.metrics[metric])}</strong> : null}</td>
                <td className={style.wide}>
                  {latest.certificate?.passed ? (
                    <span className="mr-state mr-state-fresh">
                      <Icon name="fresh" size={13} />
                      {t('pages.models.proved')} · {format.bytes(latest.onnxBytes)}
                    </span>
                  ) : (
                    <span className="mr-dim">{t('pages.models.noOnnx')}</span>
                  )}
                </td>
                <td className={`mr-num mr-dim ${style.wide}`}>{format.ago(latest.createdAt, now)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
