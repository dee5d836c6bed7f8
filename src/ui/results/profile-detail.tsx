/** One column in full: its histogram or most frequent values, and the numbers of its distribution. */
import { useCallback } from 'react';
import type { ColumnSummary } from '../../table/summary.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { bars } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { dateText } from './cell-text.ts';
import { Facts } from './facts.tsx';
import style from './profile.module.css';

export function ProfileDetail({ column }: { column: ColumnSummary }) {
  const t = useText();
  const format = useFormat();
  const write = column.type === 'datetime' ? dateText : format.number;
  const statistic = (key: string, value: number | undefined, as = write) =>
    value === undefined ? [] : [{ name: t(`results.profile.${key}`), value: as(value) }];
  return (
    <>
      {column.histogram && column.histogram.length > 1 ? <Histogram column={column} write={write} /> : null}
      {column.top && column.top.length > 0 && !column.histogram ? <TopValues column={column} /> : null}
      <Facts
        items={[
          { name: t('results.profile.known'), value: format.count(column.count - column.missing) },
          { name: t('results.profile.missing'), value: format.count(column.missing) },
          { name: t('results.profile.distinct'), value: `${column.distinctExact ? '' : '≥ '}${format.count(column.distinct)}` },
          ...statistic('min', column.min),
          ...statistic('q1', column.q1),
          ...statistic('median', column.median),
          ...statistic('mean', column.mean),
          ...statistic('q3', column.q3),
          ...statistic('max', column.max),
          ...(column.type === 'datetime' ? [] : statistic('sd', column.sd)),
          ...statistic('skew', column.skew, format.metric),
        ]}
      />
    </>
  );
}

function Histogram({ column, write }: { column: ColumnSummary; write: (value: number) => string }) {
  const t = useText();
  const format = useFormat();
  const option = useCallback<Option>(
    (tokens) => {
      const counts = column.histogram ?? [];
      const { min = 0, max = 0 } = column;
      const edge = (i: number) => min + ((max - min) * i) / counts.length;
      const labels = counts.map((_, i) => `${write(edge(i))} – ${write(edge(i + 1))}`);
      return bars(tokens, {
        x: { labels, tick: (i) => write(column.type === 'datetime' ? edge(i) : Number(edge(i).toPrecision(3))) },
        y: { name: t('results.rowsAxis') },
        counts,
        tight: true,
        write: format.count,
      });
    },
    [column, write, t, format],
  );
  return <Chart option={option} height={140} label={t('results.profile.histogram', { name: column.name })} />;
}

function TopValues({ column }: { column: ColumnSummary }) {
  const t = useText();
  const format = useFormat();
  const top = column.top ?? [];
  const most = Math.max(...top.map((item) => item.count));
  const rest = column.distinct - top.length;
  return (
    <div>
      {top.map((item) => (
        <div key={item.label} className={style.top}>
          <span className="mr-ellipsis">{item.label}</span>
          <span className={style.topBar}>
            <span style={{ width: `${(item.count / most) * 100}%` }} />
          </span>
          <span className="mr-num">{format.count(item.count)}</span>
          <span className="mr-num mr-dim">{format.percent(item.count / Math.max(1, column.count - column.missing))}</span>
        </div>
      ))}
      {rest > 0 ? <p className="mr-dim">{t('results.profile.others', { count: rest })}</p> : null}
    </div>
  );
}
