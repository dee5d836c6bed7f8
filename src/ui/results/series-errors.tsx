/** Errors of forecasts at rolling origins: how they grow with each step ahead, and which series are hard. */
import { useCallback, useState } from 'react';
import type { Results, SeriesErrors } from '../../recipe/results.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Select } from '../kit/select.tsx';
import { MetricName, useMetricName } from './metric-name.tsx';
import { Panel, Panels } from './panel.tsx';
import style from './results.module.css';

/** More lines than this cannot be told apart. */
const MOST_LINES = 4;

export function SeriesErrorsView({ results, errors }: { results: Results; errors: SeriesErrors }) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const metrics = Object.keys(errors.steps[0]?.[0] ?? {}).filter((name) => !name.startsWith('coverage'));
  const [chosen, setChosen] = useState(results.primary);
  const metric = metrics.includes(chosen) ? chosen : (metrics[0] ?? 'mae');
  const shown = errors.steps.slice(0, MOST_LINES);
  const option = useCallback<Option>(
    (tokens) =>
      lines(tokens, {
        x: { min: 1, max: Math.max(...errors.steps.map((steps) => steps.length)), name: t('results.series.step'), write: format.count },
        y: { min: 0, name: metricName(metric), write: format.metric },
        lines: errors.steps.slice(0, MOST_LINES).map((steps, i) => ({
          name: wordsText(results.models[i].name),
          points: steps.map((own, h) => [h + 1, own[metric]] as const).filter(([, value]) => Number.isFinite(value)),
          dots: steps.length < 30,
        })),
        write: format.metric,
      }),
    [errors, results, metric, metricName, t, format],
  );
  const names = Object.keys(errors.series[0]?.metrics[0] ?? {});
  const aside =
    errors.total > errors.series.length ? t('results.series.worstOf', { count: errors.series.length, total: errors.total }) : '';
  return (
    <Panels>
      <Panel
        title={t('results.series.byStep')}
        aside={
          <Select
            aria-label={t('results.series.metric')}
            value={metric}
            options={metrics.map((name) => ({ value: name, label: metricName(name) }))}
            onChange={setChosen}
          />
        }
      >
        <Chart option={option} label={t('results.series.byStepSaid', { metric: metricName(metric), steps: shown[0]?.length ?? 0 })} />
        <p className={style.caption}>
          {shown.map((steps, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two models may have one name; the place tells them apart
            <span key={i} style={{ color: `var(--mr-chart-${(i % 6) + 1})` }}>
              {wordsText(results.models[i].name)} {format.metric(steps[steps.length - 1]?.[metric] ?? Number.NaN)}
              {'  '}
            </span>
          ))}
        </p>
      </Panel>
      <Panel title={t('results.series.bySeries')} aside={aside} wide>
        <table className={`mr-table is-dense ${style.oneLine}`}>
          <thead>
            <tr>
              <th>{t('results.series.one')}</th>
              {names.map((name) => (
                <th key={name} className="mr-num">
                  <MetricName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {errors.series.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two series may be written alike; the place tells them apart
              <tr key={i}>
                <td>{row.name || results.target}</td>
                {names.map((name) => (
                  <td key={name} className="mr-num">
                    {row.metrics[0][name] === undefined
                      ? '–'
                      : name.startsWith('coverage')
                        ? format.percent(row.metrics[0][name])
                        : format.metric(row.metrics[0][name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Panels>
  );
}
