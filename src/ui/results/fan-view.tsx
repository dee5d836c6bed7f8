/** The fan chart: a series, what is forecast to follow, and how far from it the truth may lie. */
import { useCallback } from 'react';
import type { Fan } from '../../recipe/results.ts';
import { timeOfStep } from '../../table/series/grid.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { type TimePoint, timeLines } from '../charts/time-lines.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { dateText } from './cell-text.ts';
import { Panel, Panels, Quiet } from './panel.tsx';
import style from './results.module.css';
import { useSeriesPick } from './series-pick.tsx';

export function FanView({ fan, target }: { fan: Fan; target: string }) {
  const t = useText();
  const format = useFormat();
  const { one, control } = useSeriesPick(fan.series, fan.total);
  const option = useCallback<Option>(
    (tokens) => {
      if (!one) return {};
      const points = (first: number, values: ArrayLike<number>): TimePoint[] =>
        Array.from(values, (value, i) => [timeOfStep(fan.grid, first + i), value] as const);
      const steps = one.mean.length;
      const last = one.history.length - 1;
      // The fan opens at the last known value, so that nothing seems to be missing between.
      const start: TimePoint[] = last < 0 ? [] : [[timeOfStep(fan.grid, one.first + last), one.history[last]]];
      const bound = (values: Float64Array, l: number) => [...start, ...points(one.at, values.subarray(l * steps, (l + 1) * steps))];
      const bands = fan.levels.map((level, l) => ({
        name: t('results.series.interval', { percent: Math.round(level * 100) }),
        lower: bound(one.lower, l),
        upper: bound(one.upper, l),
      }));
      return timeLines(tokens, {
        y: { name: target, write: format.number },
        lines: [
          { name: t('results.series.forecast'), points: [...start, ...points(one.at, one.mean)] },
          { name: target, points: points(one.first, one.history), look: 'muted' },
        ],
        bands: bands.reverse(),
        write: format.number,
        writeTime: dateText,
      });
    },
    [one, fan, target, t, format],
  );
  if (!one) return <Quiet title={t('results.series.none')} />;
  const label = t('results.series.fanSaid', {
    name: one.name || target,
    steps: one.mean.length,
    from: format.number(one.mean[0]),
    to: format.number(one.mean[one.mean.length - 1]),
  });
  return (
    <Panels>
      <Panel title={one.name ? `${target} · ${one.name}` : target} aside={control ?? t('results.series.steps', { count: one.mean.length })}>
        <Chart option={option} label={label} />
        <p className={style.caption}>
          {t('results.series.fanKey', { levels: fan.levels.map((level) => format.percent(level, 0)).join(' · ') })}
          {fan.coverage
            ? ` · ${t('results.series.covered', { shares: fan.coverage.map((share) => format.percent(share, 0)).join(' · ') })}`
            : null}
        </p>
      </Panel>
    </Panels>
  );
}
