/** ROC, precision by recall, gains and lift of the positive class, one line per model; the threshold is a point on the lead line. */
import { useCallback, useMemo } from 'react';
import { Chart, type Option } from '../charts/chart.tsx';
import { type LineLabel, LineLabels } from '../charts/line-labels.tsx';
import { type Line, lines } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { area, type CurveShape, countsAt, curveOf, type Point, pointAt, thin } from './curves.ts';
import type { Judged } from './judged.ts';
import { Quiet } from './panel.tsx';

const UNIT = { min: 0, max: 1, interval: 0.5 };

export function ScoreChart({ judged, shape, height }: { judged: Judged; shape: CurveShape; height?: number }) {
  const t = useText();
  const format = useFormat();
  const { results, modelIndex, scored, threshold, binary, setThreshold } = judged;
  /** The chosen model first, then the others. */
  const curves = useMemo(() => {
    const order = [modelIndex, ...results.models.map((_, i) => i).filter((i) => i !== modelIndex)];
    return order.map((i) => {
      const rows = scored(i);
      const { name, metrics } = results.models[i];
      // After cross-validation the metric is the mean over folds, and the area under the pooled curve is another number.
      const auc = results.classes?.length === 2 ? metrics.auc : undefined;
      return { name: wordsText(name), auc, rows, ...curveOf(shape, rows) };
    });
  }, [results, modelIndex, scored, shape]);
  const lead = curves[0];
  const mark = useMemo(
    () => (binary && shape !== 'lift' ? pointAt(shape, countsAt(lead.rows, threshold)) : undefined),
    [binary, shape, lead, threshold],
  );

  const option = useCallback<Option>(
    (tokens) => {
      const drawn: Line[] = curves.map((curve, i) => ({
        name: curve.name,
        points: thin(curve.points),
        ...(i === 0 ? {} : { look: 'muted' as const }),
      }));
      const share = curves[0].rows.positives / Math.max(1, curves[0].rows.truth.length);
      const reference: Record<CurveShape, [Point, Point]> = {
        roc: [
          [0, 0],
          [1, 1],
        ],
        pr: [
          [0, share],
          [1, share],
        ],
        gains: [
          [0, 0],
          [1, 1],
        ],
        lift: [
          [0, 1],
          [1, 1],
        ],
      };
      return lines(tokens, {
        x: { ...UNIT, name: t(`results.curve.${shape}.x`) },
        y: { ...(shape === 'lift' ? { min: 0 } : UNIT), name: t(`results.curve.${shape}.y`) },
        lines: [...drawn, { name: t('results.curve.chance'), points: reference[shape], look: 'dashed' }],
        mark,
        write: format.metric,
      });
    },
    [curves, shape, mark, t, format],
  );

  if (lead.points.length === 0) return <Quiet title={t('results.curve.oneClass')} />;
  const [first, second, ...rest] = curves.map(
    (curve): LineLabel => ({ name: curve.name, value: shape === 'roc' ? format.metric(curve.auc ?? area(curve.points)) : undefined }),
  );
  /** Names at their lines while there are two; more would hide what they name. */
  const labels =
    rest.length > 0 ? [first, { name: t('results.curve.others', { count: rest.length + 1 }) }] : second ? [first, second] : [first];
  const pick = (x: number, y: number) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    lead.points.forEach(([px, py], i) => {
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance < least) {
        least = distance;
        best = i;
      }
    });
    const chosen = lead.thresholds?.[best];
    if (chosen !== undefined) setThreshold(Math.min(1, Math.max(0, chosen)));
  };
  return (
    <Chart
      option={option}
      height={height}
      onPick={binary && lead.thresholds ? pick : undefined}
      label={t(`results.curve.${shape}.label`, { area: format.metric(area(lead.points)), name: lead.name, n: judged.n })}
    >
      {shape === 'roc' || curves.length > 1 ? (
        <LineLabels labels={labels} at={shape === 'pr' ? 'bottomLeft' : shape === 'lift' ? 'topRight' : 'bottomRight'} />
      ) : null}
    </Chart>
  );
}
