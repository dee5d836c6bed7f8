/** How far off a regression is: predicted against true values, residuals against predictions and their histogram. */
import { useCallback, useMemo } from 'react';
import { Chart, type Option } from '../charts/chart.tsx';
import { bars, cloudOption } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import type { Judged } from './judged.ts';
import { cloud, histogramOf, residualCloud, residualsOf } from './residuals.ts';

export function PredictedChart({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { model, results } = judged;
  const points = useMemo(() => cloud(model), [model]);
  const option = useCallback<Option>(
    (tokens) => {
      const values = points.flat();
      const low = Math.min(...values);
      const high = Math.max(...values);
      return cloudOption(tokens, {
        x: { name: t('results.regression.true', { target: results.target }), write: format.number },
        y: { name: t('results.regression.predicted'), write: format.number },
        points,
        reference: { from: [low, low], to: [high, high] },
        write: format.number,
      });
    },
    [points, results.target, t, format],
  );
  return <Chart option={option} label={t('results.regression.predictedLabel', { n: judged.n })} />;
}

export function ResidualChart({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const points = useMemo(() => residualCloud(judged.model), [judged.model]);
  const option = useCallback<Option>(
    (tokens) => {
      const xs = points.map(([x]) => x);
      return cloudOption(tokens, {
        x: { name: t('results.regression.predicted'), write: format.number },
        y: { name: t('results.regression.residual'), write: format.number },
        points,
        reference: { from: [Math.min(...xs), 0], to: [Math.max(...xs), 0] },
        write: format.number,
      });
    },
    [points, t, format],
  );
  return <Chart option={option} label={t('results.regression.residualLabel', { n: judged.n })} />;
}

export function ResidualHistogram({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const histogram = useMemo(() => histogramOf(residualsOf(judged.model).values), [judged.model]);
  const option = useCallback<Option>(
    (tokens) => {
      const { min, max, counts } = histogram;
      const edge = (i: number) => min + ((max - min) * i) / counts.length;
      const labels = counts.map((_, i) => `${format.number(edge(i))} – ${format.number(edge(i + 1))}`);
      return bars(tokens, {
        x: { labels, tick: (i) => format.number(Number(((edge(i) + edge(i + 1)) / 2).toPrecision(2))) },
        y: { name: t('results.rowsAxis') },
        counts,
        tight: true,
        write: format.count,
      });
    },
    [histogram, t, format],
  );
  return <Chart option={option} label={t('results.regression.histogramLabel', { n: judged.n })} />;
}
