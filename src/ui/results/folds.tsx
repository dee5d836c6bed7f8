/** Cross-validation fold by fold, with the mean and standard deviation that the headline is made of. */
import { useMemo } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import type { Judged } from './judged.ts';
import { MetricName } from './metric-name.tsx';
import { metricNames } from './metric-order.ts';
import { Panel, Panels } from './panel.tsx';
import style from './results.module.css';

export function Folds({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { model, results } = judged;
  const folds = model.foldMetrics ?? [];
  const names = metricNames(model.metrics, results.primary);
  const sizes = useMemo(() => {
    const counts = new Array<number>(folds.length).fill(0);
    for (const fold of model.fold ?? []) counts[fold]++;
    return counts;
  }, [model, folds.length]);
  return (
    <Panels>
      <Panel title={wordsText(model.name)} aside={t('results.foldsOf', { folds: folds.length, n: judged.n })}>
        <table className={`mr-table is-dense ${style.oneLine}`}>
          <thead>
            <tr>
              <th className="mr-num">{t('results.fold')}</th>
              <th className="mr-num">{t('results.rowsAxis')}</th>
              {names.map((name) => (
                <th key={name} className="mr-num">
                  <MetricName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {folds.map((fold, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fold is its number
              <tr key={i}>
                <td className="mr-num mr-dim">{format.count(i + 1)}</td>
                <td className="mr-num mr-dim">{format.count(sizes[i])}</td>
                {names.map((name) => (
                  <td key={name} className="mr-num">
                    {fold[name] === undefined ? '–' : format.metric(fold[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot className={style.total}>
            <tr>
              <th scope="row" colSpan={2}>
                {t('results.meanSd')}
              </th>
              {names.map((name) => (
                <td key={name} className="mr-num">
                  {format.metric(model.metrics[name])}
                  {model.sd?.[name] !== undefined ? <span className="mr-dim"> ± {format.metric(model.sd[name])}</span> : null}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </Panel>
    </Panels>
  );
}
