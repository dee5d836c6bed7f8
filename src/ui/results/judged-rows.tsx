/** The rows behind the numbers: actual, predicted, score or error, worst first; can be cut to the wrong ones. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { predictedAt } from './curves.ts';
import { ProbabilityBar } from './grid-cell.tsx';
import type { Judged } from './judged.ts';
import style from './judged-rows.module.css';
import { orderRows } from './order-rows.ts';
import { Panel } from './panel.tsx';

export function JudgedRows({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const [wrongOnly, setWrongOnly] = useState(false);
  const { model, results, classes, binary, positive, threshold } = judged;
  const classify = results.task === 'classify';
  const predicted = useMemo(
    () => (binary ? predictedAt(model, positive, threshold) : model.predicted),
    [binary, model, positive, threshold],
  );
  const { rows, wrong } = useMemo(
    () => orderRows(model, predicted, classify, wrongOnly, classes.length),
    [model, predicted, classify, wrongOnly, classes.length],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => 24, overscan: 8 });
  const chance = (row: number) => (model.probabilities ? model.probabilities[row * classes.length + positive] : Number.NaN);
  return (
    <Panel
      title={t('results.rowsTitle')}
      aside={
        <>
          {t('results.scored', { n: judged.n })}
          {classify ? (
            <button type="button" className={style.chip} aria-pressed={wrongOnly} onClick={() => setWrongOnly(!wrongOnly)}>
              {t('results.wrongOnly', { n: wrong })}
            </button>
          ) : null}
        </>
      }
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={scroll} className={style.scroll} tabIndex={0}>
        <table
          className={`${style.table} ${model.fold ? style.folded : ''}`}
          aria-label={t('results.rowsTitle')}
          aria-rowcount={rows.length + 1}
        >
          <thead>
            <tr>
              <th scope="col">{t('results.table.row')}</th>
              {model.fold ? <th scope="col">{t('results.fold')}</th> : null}
              <th scope="col" className={classify ? style.text : undefined}>
                {t('results.actual')}
              </th>
              <th scope="col" className={classify ? style.text : undefined}>
                {t('results.predicted')}
              </th>
              <th scope="col">{classify ? t('results.probabilityOf', { label: classes[positive] }) : t('results.regression.residual')}</th>
            </tr>
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              const truth = model.truth[row];
              const missed = classify && truth !== predicted[row];
              return (
                <tr key={row} aria-rowindex={item.index + 2} style={{ transform: `translateY(${item.start}px)` }}>
                  <td className="mr-dim">{format.count(model.ids[row] + 1)}</td>
                  {model.fold ? <td className="mr-dim">{format.count(model.fold[row] + 1)}</td> : null}
                  <td className={classify ? style.text : undefined}>{classify ? classes[truth] : format.metric(truth)}</td>
                  <td className={`${classify ? style.text : ''} ${missed ? style.wrong : ''}`}>
                    {missed ? <span aria-hidden="true">× </span> : null}
                    {missed ? <span className="mr-hidden">{t('results.wrong')} </span> : null}
                    {classify ? classes[predicted[row]] : format.metric(predicted[row])}
                  </td>
                  <td>
                    {classify ? (
                      <>
                        {model.probabilities ? <ProbabilityBar value={chance(row)} /> : null}
                        {format.metric(chance(row))}
                      </>
                    ) : (
                      format.metric(truth - predicted[row])
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
