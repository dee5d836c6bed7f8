/** Loss or score by round or epoch, as the learner recorded it. */
import { useCallback } from 'react';
import type { Model } from '../../recipe/model.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { LineLabels } from '../charts/line-labels.tsx';
import { lines } from '../charts/options.ts';
import { lookUp, useFormat, useText } from '../i18n/text.ts';
import type { Point } from './curves.ts';

type Curve = NonNullable<Model['about']['curve']>;

/** A series that no language file names is shown by its own name. */
const seriesName = (name: string) => lookUp('results', 'series', name) ?? name.replaceAll('_', ' ');

export function LearningCurve({ curve, height }: { curve: Curve; height?: number }) {
  const t = useText();
  const format = useFormat();
  const names = Object.keys(curve[0]?.series ?? {});
  const option = useCallback<Option>(
    (tokens) =>
      lines(tokens, {
        x: { min: curve[0].x, max: curve[curve.length - 1].x, name: t('results.curve.round') },
        y: { write: format.number },
        lines: Object.keys(curve[0].series).map((name) => ({
          name: seriesName(name),
          points: curve.flatMap((point): Point[] => (Number.isFinite(point.series[name]) ? [[point.x, point.series[name]]] : [])),
        })),
        write: format.number,
      }),
    [curve, t, format],
  );
  return (
    <Chart option={option} height={height} label={t('results.curve.learning')}>
      <LineLabels
        labels={names.map((name, i) => {
          const last = curve.findLast((point) => Number.isFinite(point.series[name]))?.series[name];
          return {
            name: seriesName(name),
            value: last === undefined ? undefined : format.metric(last),
            colour: `var(--mr-chart-${(i % 6) + 1})`,
          };
        })}
        at="topRight"
      />
    </Chart>
  );
}
