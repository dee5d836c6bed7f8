/** Models side by side, best first by the primary metric; the best value of every metric is marked. */
import type { Results } from '../../recipe/results.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Chip } from '../kit/chip.tsx';
import { MetricName } from './metric-name.tsx';
import { compareMetric, metricNames, ranked } from './metric-order.ts';
import { Panel, Panels } from './panel.tsx';
import style from './results.module.css';

export function Compare({ results, n }: { results: Results; n: number }) {
  const t = useText();
  const format = useFormat();
  const order = ranked(results);
  const names = metricNames(Object.assign({}, ...order.map((model) => model.metrics)), results.primary);
  /** Better than every other: a tie marks nobody. */
  const isBest = (name: string, at: number) =>
    order.length > 1 && order.every((other, i) => i === at || compareMetric(name, order[at].metrics[name], other.metrics[name]) > 0);
  return (
    <Panels>
      <Panel title={t('results.view.models')} aside={t('results.n', { n })}>
        <table className={`mr-table is-dense ${style.oneLine}`}>
          <thead>
            <tr>
              <th className="mr-num">{t('results.rank')}</th>
              <th>{t('results.model')}</th>
              {names.map((name) => (
                <th key={name} className="mr-num" aria-sort={name === results.primary ? 'descending' : undefined}>
                  <MetricName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((model, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two models may have one name; the place tells them apart
              <tr key={i}>
                <td className="mr-num mr-dim">{format.count(i + 1)}</td>
                <td>
                  {wordsText(model.name)} {i === 0 ? <Chip tone="accent">{t('results.best')}</Chip> : null}
                </td>
                {names.map((name) => (
                  <td key={name} className="mr-num">
                    <span className={isBest(name, i) ? style.best : undefined}>
                      {model.metrics[name] === undefined ? '–' : format.metric(model.metrics[name])}
                    </span>
                    {model.sd?.[name] !== undefined ? <span className="mr-dim"> ± {format.metric(model.sd[name])}</span> : null}
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
