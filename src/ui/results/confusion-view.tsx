/** The confusion matrix: actual classes down, predicted across; the count first, its share of the actual class under it. */
import { useMemo } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import style from './confusion-view.module.css';
import { confusion, countsAt, metricsOf } from './curves.ts';
import type { Judged } from './judged.ts';
import { MetricName } from './metric-name.tsx';
import { samePick } from './picks.ts';

/** Five steps of one hue by share of the row; the text turns light on the dark ones. */
const shade = (share: number) => (share <= 0.02 ? 0 : share <= 0.25 ? 1 : share <= 0.75 ? 2 : share <= 0.9 ? 3 : 4);

/** With `picks` a press on a cell chooses its rows. */
export function ConfusionView({ judged, picks }: { judged: Judged; picks?: boolean }) {
  const t = useText();
  const format = useFormat();
  const { model, classes, binary, predicted: called, pick, setPick } = judged;
  const cells = useMemo(() => confusion(model.truth, called, classes.length), [model, called, classes]);
  const many = classes.length > 3;
  return (
    <>
      <table className={`${style.matrix} ${many ? style.many : ''}`}>
        <caption className="mr-hidden">{t('results.confusion.caption')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={classes.length} className={style.across}>
              {t('results.confusion.predicted')}
            </th>
          </tr>
          <tr>
            <th scope="col" className={style.corner}>
              {t('results.confusion.actual')}
            </th>
            {classes.map((label) => (
              <th key={label} scope="col" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, actual) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={classes[actual]}>
                <th scope="row" title={classes[actual]}>
                  {classes[actual]}
                </th>
                {row.map((count, predicted) => {
                  const share = total === 0 ? 0 : count / total;
                  const step = shade(share);
                  const cell = { type: 'cell', actual, predicted } as const;
                  const chosen = picks && samePick(pick, cell);
                  const content = (
                    <>
                      <span className={style.count}>{format.count(count)}</span>
                      {total > 0 && (!many || count > 0) ? (
                        <span className={style.share}>{format.percent(share, many ? 0 : 1)}</span>
                      ) : null}
                    </>
                  );
                  return (
                    <td
                      key={classes[predicted]}
                      className={`${style.cell} ${chosen ? style.chosen : ''}`}
                      style={{
                        background: `var(--mr-chart-seq-${step})`,
                        color: `var(--mr-chart-seq-text-${step > 2 ? 'hi' : 'lo'})`,
                      }}
                    >
                      {picks && count > 0 ? (
                        <button
                          type="button"
                          aria-pressed={chosen}
                          title={t('inspect.rows.show', { actual: classes[actual], predicted: classes[predicted] })}
                          onClick={() => setPick(chosen ? undefined : cell)}
                        >
                          {content}
                        </button>
                      ) : (
                        content
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {binary ? <AtThreshold judged={judged} /> : null}
    </>
  );
}

const QUOTED = ['accuracy', 'precision', 'recall'] as const;

/** The three numbers people read off a matrix, at the threshold that is set. */
function AtThreshold({ judged }: { judged: Judged }) {
  const format = useFormat();
  const { scored, modelIndex, threshold } = judged;
  const metrics = useMemo(() => metricsOf(countsAt(scored(modelIndex), threshold)), [scored, modelIndex, threshold]);
  return (
    <p className={style.metrics}>
      {QUOTED.map((name) => (
        <span key={name}>
          <MetricName name={name} /> <strong>{format.metric(metrics[name])}</strong>
        </span>
      ))}
    </p>
  );
}
