/** What a threshold buys: precision, recall and F1 along all thresholds, and how the scores of both classes lie. */
import { useCallback, useMemo } from 'react';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { ConfusionView } from './confusion-view.tsx';
import { countsAt, metricsOf, type Point } from './curves.ts';
import { Facts } from './facts.tsx';
import type { Judged } from './judged.ts';
import { MetricName, useMetricName } from './metric-name.tsx';
import { PositiveClass } from './metrics-panel.tsx';
import { Panel, Panels } from './panel.tsx';
import { ScorePanel } from './score-panel.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';

const STEPS = Array.from({ length: 101 }, (_, i) => i / 100);
const DRAWN = ['precision', 'recall', 'f1'] as const;

export function ThresholdView({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const nameOf = useMetricName();
  const { threshold, scored, modelIndex } = judged;
  const rows = scored(modelIndex);
  const along = useMemo(() => STEPS.map((step) => metricsOf(countsAt(rows, step))), [rows]);
  const now = metricsOf(countsAt(rows, threshold));
  const option = useCallback<Option>(
    (tokens) =>
      lines(tokens, {
        x: { min: 0, max: 1, interval: 0.25, name: t('results.thresholdAxis') },
        y: { min: 0, max: 1, interval: 0.5 },
        lines: [
          ...DRAWN.map((name) => ({
            name: nameOf(name),
            points: STEPS.flatMap((step, i): Point[] => (Number.isNaN(along[i][name]) ? [] : [[step, along[i][name]]])),
          })),
          {
            name: t('results.threshold'),
            points: [
              [threshold, 0],
              [threshold, 1],
            ],
            look: 'dashed',
          },
        ],
        write: format.metric,
      }),
    [along, threshold, t, nameOf, format],
  );
  return (
    <Panels>
      <Panel title={t('results.view.threshold')} aside={t('results.n', { n: judged.n })} width={240}>
        <ThresholdSlider judged={judged} />
        <PositiveClass judged={judged} />
        <Facts
          wide
          items={Object.entries(now).map(([name, value]) => ({ key: name, name: <MetricName name={name} />, value: format.metric(value) }))}
        />
      </Panel>
      <Panel title={t('results.confusion.title')} aside={t('results.atThreshold', { value: format.number(threshold) })} width={280}>
        <ConfusionView judged={judged} />
      </Panel>
      <Panel
        title={t('results.byThreshold')}
        aside={DRAWN.map((name, i) => (
          <span key={name} style={{ color: `var(--mr-chart-${i + 1})` }}>
            {nameOf(name)}
          </span>
        ))}
      >
        <Chart option={option} label={t('results.byThresholdLabel', { value: format.number(threshold) })} />
      </Panel>
      <ScorePanel judged={judged} />
    </Panels>
  );
}
