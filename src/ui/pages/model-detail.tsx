/** One version of a model: how good it is and against what, where it comes from, what it takes, the proof of its ONNX file. */
import type { RegistryItem } from '../../host/protocol.ts';
import { saveFile } from '../../host/save-file.ts';
import type { ModelVersion } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Select } from '../kit/select.tsx';
import { BarsList, bySize } from '../results/bars-list.tsx';
import { CertificateCard } from '../results/certificate-card.tsx';
import { Notes } from '../results/metrics-panel.tsx';
import { ProblemNote } from '../results/panel.tsx';
import { SignatureTable } from '../results/signature-table.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend } from '../state/backend.tsx';
import { go } from '../state/route.ts';
import { useSession } from '../state/session.ts';
import { Aliases } from './aliases.tsx';
import { learnerTitle } from './learner-title.ts';
import { Lineage } from './lineage.tsx';
import { type Listed, versionBefore } from './listed-models.ts';
import { MetricTiles } from './metric-tiles.tsx';
import { ModelCard } from './model-card.tsx';
import { openAsItWas } from './open-as-was.ts';
import style from './page.module.css';
import { PageFrame, Section } from './page-frame.tsx';
import { VersionList } from './version-list.tsx';

interface Props {
  listed: Listed;
  model: ModelVersion;
  home: { label: string; href: string };
  onRemove: (item: RegistryItem, title: string) => Promise<void>;
}

export function ModelDetail({ listed, model, home, onRemove }: Props) {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const session = useSession();
  const { name, version, certificate, importances } = model;
  const before = versionBefore(listed, model);
  const runs = useAnswer(`run of ${name} ${version}`, async () => (model.lineage.run ? backend.listRuns() : [])).value ?? [];
  const run = runs.find((candidate) => candidate.id === model.lineage.run);
  const removeThis = async () => {
    await onRemove({ type: 'model', name, version }, t('pages.nameVersion', { name, version }));
    if (listed.versions.length > 1) go('models', name);
    else go('models');
  };
  const file = `${name}-${version}.onnx`;
  const downloadOnnx = async () => saveFile(file, await backend.modelOnnx(name, version), 'application/octet-stream');
  const downloadPackage = async () =>
    saveFile(`${name}-${version}.millrace-model`, await backend.modelPackage(name, version), 'application/zip');
  return (
    <PageFrame
      trail={[home, { label: name }]}
      beside={
        <>
          <Select
            aria-label={t('pages.version')}
            value={String(version)}
            options={listed.versions.map((v) => ({ value: String(v.version), label: t('pages.versionN', { version: v.version }) }))}
            onChange={(next) => go('models', name, next)}
          />
          <Aliases record={listed.record} version={version} />
        </>
      }
      actions={
        <>
          <Button look="subtle" icon="delete" onClick={removeThis}>
            {t('pages.delete')}
          </Button>
          {run ? (
            <Button look="subtle" icon="designer" onClick={() => openAsItWas(session, run)}>
              {t('pages.models.openPipeline')}
            </Button>
          ) : null}
          <Button icon="download" onClick={downloadPackage}>
            {t('pages.models.package')}
          </Button>
          {model.onnxBytes > 0 ? (
            <Button look="primary" icon="download" onClick={downloadOnnx}>
              {t('pages.models.downloadOnnx', { size: format.bytes(model.onnxBytes) })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={style.two}>
        <div className={style.body}>
          <p className={style.lead}>
            <span>
              {t('pages.models.sentence', {
                learner: learnerTitle(model.learner),
                target: model.target ?? '–',
                count: model.signature.inputs.length,
              })}
            </span>
            {before ? <span className="mr-dim">{t('pages.models.against', { version: before.version })}</span> : null}
          </p>
          <MetricTiles metrics={model.metrics} before={before?.metrics} />
          <Section title={t('pages.models.lineage')} aside={run ? t('pages.models.lineageAside') : undefined}>
            <Lineage model={model} run={run} runs={runs} file={file} onOpen={run ? () => openAsItWas(session, run) : undefined} />
          </Section>
          <div className={style.columns}>
            <Section title={t('results.view.signature')}>
              <SignatureTable inputs={model.signature.inputs} outputs={model.signature.outputs} />
            </Section>
            {importances && importances.length > 0 ? (
              <Section title={t('results.importances')}>
                <BarsList items={bySize(importances)} />
              </Section>
            ) : null}
          </div>
          {model.notes.length > 0 ? (
            <Section title={t('pages.models.notes')}>
              <Notes notes={model.notes} />
            </Section>
          ) : null}
        </div>
        <aside className={style.aside}>
          {certificate ? <CertificateCard certificate={certificate} file={file} regression={model.task !== 'classify'} /> : null}
          {model.noOnnx ? <ProblemNote problem={{ ...model.noOnnx, severity: 'note' }} /> : null}
          <VersionList listed={listed} current={version} />
          <ModelCard listed={listed} model={model} />
        </aside>
      </div>
    </PageFrame>
  );
}
