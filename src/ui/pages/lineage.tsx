/** Where a model comes from and what came of it, as a strip of steps: data, pipeline, run, this version, its file. */
import type { ReactNode } from 'react';
import type { ModelVersion, RunRecord } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Icon, type IconName } from '../kit/icon.tsx';
import { hashOf } from '../state/route.ts';
import style from './lineage.module.css';

interface Props {
  model: ModelVersion;
  run?: RunRecord;
  file: string;
  onOpen?: () => void;
}

export function Lineage({ model, run, file, onOpen }: Props) {
  const t = useText();
  const format = useFormat();
  const { lineage } = model;
  const short = (digest: string) => digest.slice(0, 8);
  return (
    <div className={style.strip}>
      <Step icon="table" title={t('pages.models.dataStep')} line={short(lineage.dataDigest)} tone="data" />
      <Step
        icon="designer"
        title={run?.pipelineName ?? t('pages.runs.pipeline')}
        line={t('pages.models.pipelineStep', { digest: short(lineage.pipelineDigest), seed: lineage.seed })}
        onClick={onOpen}
      />
      <Step
        icon="runs"
        title={run ? t('pages.runs.number', { number: run.number }) : t('pages.runs.run')}
        line={run ? format.dateTime(run.startedAt) : t('pages.models.appStep', { app: lineage.app })}
        href={run ? hashOf('runs', run.id) : undefined}
        tone="result"
      />
      <Step
        icon="models"
        title={t('pages.versionN', { version: model.version })}
        line={t('pages.models.thisModel')}
        tone="fitted"
        current
      />
      {model.onnxBytes > 0 ? <Step icon="download" title={file} line={format.bytes(model.onnxBytes)} /> : null}
    </div>
  );
}

interface StepProps {
  icon: IconName;
  title: string;
  line: string;
  tone?: 'data' | 'fitted' | 'result';
  current?: boolean;
  href?: string;
  onClick?: () => void;
}
function Step({ icon, title, line, tone, current, href, onClick }: StepProps) {
  const content: ReactNode = (
    <>
      <span className={`mr-tile ${tone ? `mr-tile-${tone}` : ''}`} style={{ width: 24, height: 24 }}>
        <Icon name={icon} />
      </span>
      <span className={style.words}>
        <span className={style.title}>{title}</span>
        <span className={style.line}>{line}</span>
      </span>
    </>
  );
  const look = `${style.step} ${current ? style.current : ''}`;
  if (href)
    return (
      <a className={look} href={href}>
        {content}
      </a>
    );
  if (onClick)
    return (
      <button type="button" className={look} onClick={onClick}>
        {content}
      </button>
    );
  return <div className={look}>{content}</div>;
}
