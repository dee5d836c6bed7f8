/** How far off a regression is: predicted against true values, residuals against predictions and their histogram; each chooses rows. */
import { useCallback, useMemo } from 'react';
import { nextBar } from '../charts/brush-keys.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { bars, cloudOption } from '../charts/options.ts';
import type { Box } from '../charts/use-brush.ts';
import { useFormat, useText } from '../i18n/text.ts';
import type { Judged } from './judged.ts';
import { pickRows, type RowPick, samePick, tidyRange } from './picks.ts';
import { cloud, extentOf, type Pair, residualsOf, roundHistogram, squareAxes } from './residuals.ts';

/** Points of the rows, and of those that are chosen. */
function useClouds(judged: Judged, at: (row: number) => Pair) {
  const { model, pick } = judged;
  const points = useMemo(() => cloud(residualsOf(model).rows, at), [model, at]);
  const chosen = useMemo(() => pick && cloud(pickRows(pick, model, model.predicted), at), [model, pick, at]);
  return { points, chosen };
}

export function PredictedChart({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { model, results, setPick } = judged;
  const at = useCallback((row: number): Pair => [model.truth[row], model.predicted[row]], [model]);
  const { points, chosen } = useClouds(judged, at);
  const option = useCallback<Option>(
    (tokens) => {
      const { min, max, interval } = squareAxes(points);
      return cloudOption(tokens, {
        x: { name: t('results.regression.true', { target: results.target }), write: format.number, min, max, interval },
        y: { name: t('results.regression.predicted'), write: format.number, min, max, interval },
        points,
        chosen,
        reference: { from: [min, min], to: [max, max] },
        write: format.number,
      });
    },
    [points, chosen, results.target, t, format],
  );
  const brush = (box: Box | undefined) => setPick(box && { type: 'box', truth: tidyRange(...box.x), predicted: tidyRange(...box.y) });
  return (
    <Chart option={option} onBrush={brush} extent={extentOf(points)} label={t('results.regression.predictedLabel', { n: judged.n })} />
  );
}

export function ResidualChart({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { model, setPick } = judged;
  const at = useCallback((row: number): Pair => [model.predicted[row], model.truth[row] - model.predicted[row]], [model]);
  const { points, chosen } = useClouds(judged, at);
  const option = useCallback<Option>(
    (tokens) => {
      const xs = points.map(([x]) => x);
      return cloudOption(tokens, {
        x: { name: t('results.regression.predicted'), write: format.number },
        y: { name: t('results.regression.residual'), write: format.number },
        points,
        chosen,
        reference: { from: [Math.min(...xs), 0], to: [Math.max(...xs), 0] },
        write: format.number,
      });
    },
    [points, chosen, t, format],
  );
  const brush = (box: Box | undefined) => setPick(box && { type: 'box', predicted: tidyRange(...box.x), error: tidyRange(...box.y) });
  return <Chart option={option} onBrush={brush} extent={extentOf(points)} label={t('results.regression.residualLabel', { n: judged.n })} />;
}

export function ResidualHistogram({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { pick, setPick } = judged;
  const histogram = useMemo(() => roundHistogram(residualsOf(judged.model).values), [judged.model]);
  const { min, max, counts } = histogram;
  const edge = useCallback((i: number) => min + ((max - min) * i) / counts.length, [min, max, counts.length]);
  const binOf = useCallback((i: number): RowPick => ({ type: 'box', error: tidyRange(edge(i), edge(i + 1)) }), [edge]);
  const option = useCallback<Option>(
    (tokens) => {
      const labels = counts.map((_, i) => `${format.number(edge(i))} – ${format.number(edge(i + 1))}`);
      return bars(tokens, {
        x: {
          labels,
          tick: (i) => format.number(Number(((edge(i) + edge(i + 1)) / 2).toPrecision(6))),
        },
        y: { name: t('inspect.rows.by-error') },
        counts,
        chosen: counts.some((_, i) => samePick(pick, binOf(i))) ? (i) => samePick(pick, binOf(i)) : undefined,
        tight: true,
        write: format.count,
      });
    },
    [counts, edge, binOf, pick, t, format],
  );
  const choose = (x: number) => {
    const bin = Math.round(x);
    if (counts[bin]) setPick(samePick(pick, binOf(bin)) ? undefined : binOf(bin));
  };
  const step = (by: 1 | -1 | 0) => {
    const now = counts.findIndex((_, i) => samePick(pick, binOf(i)));
    const next = by === 0 ? undefined : nextBar(counts, now < 0 ? undefined : now, by);
    if (by === 0 || next !== undefined) setPick(next === undefined ? undefined : binOf(next));
  };
  return <Chart option={option} onPick={choose} onStep={step} label={t('results.regression.histogramLabel', { n: judged.n })} />;
}
