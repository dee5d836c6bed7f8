/** A series taken apart: as observed, its trend, its season and the rest, one under the other; and how it goes with its own past. */
import { useCallback } from 'react';
import type { Decomposition } from '../../recipe/results.ts';
import { timeOfStep } from '../../table/series/grid.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { lagBars } from '../charts/lag-bars.ts';
import { timeLines } from '../charts/time-lines.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { dateText } from './cell-text.ts';
import { Panel, Panels, Quiet } from './panel.tsx';
import { useSeriesPick } from './series-pick.tsx';

type One = Decomposition['series'][number];
const PARTS = ['observed', 'trend', 'season', 'rest'] as const;

export function DecompositionView({ parts, target }: { parts: Decomposition; target: string }) {
  const t = useText();
  const { one, control } = useSeriesPick(parts.series, parts.total);
  if (!one) return <Quiet title={t('results.series.none')} />;
  return (
    <Panels>
      {PARTS.map((part, i) => (
        <Panel
          key={part}
          title={t(`results.series.${part}`)}
          aside={i === 0 ? (control ?? target) : part === 'season' ? t('results.series.every', { count: one.period }) : undefined}
        >
          <PartChart parts={parts} one={one} part={part} />
        </Panel>
      ))}
    </Panels>
  );
}

function PartChart({ parts, one, part }: { parts: Decomposition; one: One; part: (typeof PARTS)[number] }) {
  const t = useText();
  const format = useFormat();
  const option = useCallback<Option>(
    (tokens) =>
      timeLines(tokens, {
        y: { write: format.number },
        lines: [
          {
            name: t(`results.series.${part}`),
            points: Array.from(one[part], (value, i) => [timeOfStep(parts.grid, one.first + i), value] as const),
          },
        ],
        write: format.number,
        writeTime: dateText,
      }),
    [parts, one, part, t, format],
  );
  return <Chart option={option} label={t(`results.series.${part}`)} />;
}

export function LagsView({ parts, target }: { parts: Decomposition; target: string }) {
  const t = useText();
  const { one, control } = useSeriesPick(parts.series, parts.total);
  if (!one) return <Quiet title={t('results.series.none')} />;
  return (
    <Panels>
      <Panel title={t('results.series.acf')} aside={control ?? target}>
        <LagChart values={one.acf} bound={one.bound} title={t('results.series.acf')} />
      </Panel>
      <Panel title={t('results.series.pacf')} aside={t('results.series.bound', { value: one.bound.toFixed(2) })}>
        <LagChart values={one.pacf} bound={one.bound} title={t('results.series.pacf')} />
      </Panel>
    </Panels>
  );
}

function LagChart({ values, bound, title }: { values: Float64Array; bound: number; title: string }) {
  const t = useText();
  const format = useFormat();
  const option = useCallback<Option>(
    (tokens) => lagBars(tokens, { values, bound, name: t('results.series.lag'), write: format.metric }),
    [values, bound, t, format],
  );
  const most = values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]) ? i : best), 0);
  return <Chart option={option} label={t('results.series.lagSaid', { title, lag: most + 1, value: format.metric(values[most] ?? 0) })} />;
}
