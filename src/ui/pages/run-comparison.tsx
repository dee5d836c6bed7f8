/** Runs side by side: the settings that differ, and the metrics of their steps with the best of each marked. */
import type { Json } from '../../base/json.ts';
import type { FileRef } from '../../kind/params.ts';
import type { RunRecord } from '../../registry/records.ts';
import { kindText, paramText, wordText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { MetricName } from '../results/metric-name.tsx';
import { compareMetric } from '../results/metric-order.ts';
import results from '../results/results.module.css';
import { kindOf } from '../state/kinds.ts';
import { hashOf } from '../state/route.ts';
import { type Difference, differencesOf, metricRows } from './compare-runs.ts';
import style from './page.module.css';
import { EmptyPage, Section } from './page-frame.tsx';

export function RunComparison({ runs }: { runs: readonly RunRecord[] }) {
  const t = useText();
  const format = useFormat();
  if (runs.length < 2) return <EmptyPage title={t('pages.runs.compareHint')}>{t('pages.runs.goneHint')}</EmptyPage>;
  const differences = differencesOf(runs);
  const metrics = metricRows(runs);
  const heads = runs.map((run) => (
    <th key={run.id} className="mr-num">
      <a href={hashOf('runs', run.id)}>{t('pages.runs.number', { number: run.number })}</a>
    </th>
  ));
  /** Better than every other: a tie marks nobody. */
  const isBest = (metric: string, values: readonly (number | undefined)[], at: number) =>
    values.every((other, i) => i === at || compareMetric(metric, values[at], other) > 0);
  return (
    <div className={style.body}>
      <Section title={t('pages.runs.metrics')}>
        <table className={style.list}>
          <thead>
            <tr>
              <th>{t('pages.runs.step')}</th>
              <th>{t('pages.runs.metric')}</th>
              {heads}
            </tr>
          </thead>
          <tbody>
            {metrics.map((row) => (
              <tr key={`${row.node} ${row.metric}`}>
                <td className="mr-dim">{wordsText(row.title)}</td>
                <td>
                  <MetricName name={row.metric} />
                </td>
                {row.values.map((value, at) => (
                  <td key={runs[at].id} className={`mr-num ${isBest(row.metric, row.values, at) ? results.best : ''}`}>
                    {value === undefined ? '–' : format.metric(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('pages.runs.differences')} aside={t('pages.runs.differencesAside', { count: differences.length })}>
        <table className={style.list}>
          <thead>
            <tr>
              <th>{t('pages.runs.step')}</th>
              <th>{t('pages.runs.setting')}</th>
              {heads}
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <DifferenceRow key={`${difference.node} ${difference.param}`} difference={difference} runs={runs} />
            ))}
          </tbody>
        </table>
      </Section>
    </div>
  );
}

function DifferenceRow({ difference, runs }: { difference: Difference; runs: readonly RunRecord[] }) {
  const t = useText();
  const format = useFormat();
  const kind = kindOf(difference.kind);
  const param = difference.param === undefined ? undefined : kind?.params[difference.param];
  const title = difference.title || (kind ? kindText(kind, 'title') : difference.node || t('pages.runs.pipeline'));
  const label =
    difference.param === undefined
      ? t('pages.runs.present')
      : kind && param
        ? paramText(kind, difference.param, param, 'label')
        : difference.param;
  const write = (value: Json | undefined): string => {
    if (value === undefined) return param ? t('pages.runs.default', { value: write((param.default as Json | undefined) ?? null) }) : '–';
    if (value === null) return param && 'auto' in param && param.auto ? wordText(param.auto) : t('designer.form.none');
    if (param?.type === 'choice') return wordText(param.options.find((option) => option.value === value)?.label ?? String(value));
    if (param?.type === 'file') return (value as unknown as FileRef).name;
    if (typeof value === 'number') return format.number(value);
    if (typeof value === 'boolean') return t(value ? 'results.yes' : 'results.no');
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (
    <tr>
      <td className="mr-dim">{title}</td>
      <td>{label}</td>
      {difference.values.map((value, at) => (
        <td key={runs[at].id} className="mr-num">
          {write(value)}
        </td>
      ))}
    </tr>
  );
}
