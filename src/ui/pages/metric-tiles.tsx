/** Headline metrics in one framed row, each with its change against another version when there is one. */
import { useFormat, useText } from '../i18n/text.ts';
import { MetricName } from '../results/metric-name.tsx';
import { compareMetric, metricNames } from '../results/metric-order.ts';
import style from './metric-tiles.module.css';

interface Props {
  metrics: Readonly<Record<string, number>>;
  /** What the changes are against. */
  before?: Readonly<Record<string, number>>;
}

/** More tiles than this are hard to read at once; the rest stands in the tables. */
const SHOWN = 5;

export function MetricTiles({ metrics, before }: Props) {
  const t = useText();
  const format = useFormat();
  const names = metricNames(metrics).slice(0, SHOWN);
  if (names.length === 0) return null;
  return (
    <dl className={style.tiles}>
      {names.map((name) => {
        const old = before?.[name];
        const change = old === undefined ? undefined : metrics[name] - old;
        const better = old === undefined ? 0 : compareMetric(name, metrics[name], old);
        return (
          <div key={name}>
            <dt>
              <MetricName name={name} />
            </dt>
            <dd>{format.metric(metrics[name])}</dd>
            {change !== undefined ? (
              <dd className={better > 0 ? style.better : better < 0 ? style.worse : style.same}>
                {better === 0
                  ? t('pages.models.same')
                  : `${change > 0 ? '↗' : '↘'} ${t(better > 0 ? 'pages.models.better' : 'pages.models.worse', { change: format.change(change) })}`}
              </dd>
            ) : null}
          </div>
        );
      })}
    </dl>
  );
}
