/** Where a model comes from and what came of it, as a strip of steps: data, pipeline, run, this version, its file. */
import { type ReactNode, useMemo } from 'react';
import type { ModelVersion, RunRecord } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Icon, type IconName } from '../kit/icon.tsx';
import { hashOf } from '../state/route.ts';
import style from './lineage.module.css';
import { sourcesOf } from './lineage-data.ts';

interface Props {
  model: ModelVersion;
  run?: RunRecord;
  /** All runs that are kept: the data may have been read by an earlier one. */
  runs: readonly RunRecord[];
  file: string;
  onOpen?: () => void;
}

export function Lineage({ model, run, runs, file, onOpen }: Props) {
  const t = useText();
  const format = useFormat();
  const { lineage } = model;
  const short = (digest: string) => digest.slice(0, 8);
  const sources = useMemo(() => (run ? sourcesOf(model.name, run, runs) : []), [model.name, run, runs]);
  const [first] = sources;
  const digest = t('pages.models.dataDigest', { digest: short(lineage.dataDigest) });
  const data = first
    ? {
        title: [wordsText(first.title), sources.length > 1 ? `+${sources.length - 1}` : ''].filter(Boolean).join(' '),
        line: [wordsText(first.size ?? ''), first.readAt === undefined ? '' : format.date(first.readAt)].filter(Boolean).join(' · '),
        more: [
          ...sources.map(({ title, size, readAt }) =>
            [
              wordsText(title),
              wordsText(size ?? ''),
              readAt === undefined ? '' : t('pages.models.dataRead', { at: format.dateTime(readAt) }),
            ]
              .filter(Boolean)
              .join(' · '),
          ),
          digest,
        ].join('\n'),
      }
    : { title: t('pages.models.dataStep'), line: digest };
  return (
    <div className={style.strip}>
      <Step icon="table" {...data} tone="data" />
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
  /** On hover, where the card has no room. */
  more?: string;
  tone?: 'data' | 'fitted' | 'result';
  current?: boolean;
  href?: string;
  onClick?: () => void;
}
function Step({ icon, title, line, more, tone, current, href, onClick }: StepProps) {
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
  return (
    <div className={look} title={more}>
      {content}
    </div>
  );
}
