/** The rows behind the numbers: actual, predicted, score or error, and their other columns; worst first; cut to a choice, which can become a filter. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { ColumnSchema } from '../../kind/schema.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { cellText, columnWidth, isRightAligned } from './cell-text.ts';
import { ProbabilityBar } from './grid-cell.tsx';
import type { Judged } from './judged.ts';
import style from './judged-rows.module.css';
import { orderRows } from './order-rows.ts';
import { Panel } from './panel.tsx';
import { PickLine } from './pick-line.tsx';
import { pickRows, samePick, worstShare } from './picks.ts';
import { useJoinedRows } from './use-joined-rows.ts';
import { useJudgedSource } from './use-judged-source.ts';

/** More columns than this are looked at in the table itself. */
const COLUMNS_SHOWN = 40;
const WORST = 0.1;
const NONE: readonly { column: ColumnSchema; at: number }[] = [];

export function JudgedRows({ judged, nodeId }: { judged: Judged; nodeId: string }) {
  const t = useText();
  const format = useFormat();
  const { model, results, classes, positive, predicted, pick, setPick } = judged;
  const classify = results.task === 'classify';
  const { source, noFilter } = useJudgedSource(nodeId, results, judged.modelIndex);
  /** Offered as a chip: mistakes, or the largest errors. */
  const offered = useMemo(() => (classify ? ({ type: 'wrong' } as const) : worstShare(model, WORST)), [classify, model]);
  const offeredCount = useMemo(() => pickRows(offered, model, predicted).length, [offered, model, predicted]);
  const rows = useMemo(
    () => orderRows(model, predicted, classify, classes.length, pick && pickRows(pick, model, predicted)),
    [model, predicted, classify, classes.length, pick],
  );
  const ids = useMemo(() => rows.map((row) => model.ids[row]), [rows, model]);
  const joined = useJoinedRows(source?.digest, ids);
  const others = useMemo(
    () =>
      source?.schema.columns
        .map((column, at) => ({ column, at }))
        .filter(({ column }) => column.name !== results.target && column.role !== 'prediction' && column.role !== 'probability')
        .slice(0, COLUMNS_SHOWN) ?? NONE,
    [source?.schema, results.target],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => 24, overscan: 8 });
  const shown = virtual.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  useEffect(() => joined.want(first, last));
  const widths = others.map(({ column }) => columnWidth(column.name, column.type));
  const own = `60px ${model.fold ? '44px ' : ''}minmax(76px, 1fr) minmax(88px, 1fr) 120px`;
  const columns = { gridTemplateColumns: [own, ...widths.map((width) => `${width}px`)].join(' ') };
  const minWidth = (model.fold ? 388 : 344) + widths.reduce((sum, width) => sum + width, 0);
  const chance = (row: number) => (model.probabilities ? model.probabilities[row * classes.length + positive] : Number.NaN);
  return (
    <Panel
      title={t('results.rowsTitle')}
      aside={
        <>
          {t('results.scored', { n: judged.n })}
          <button
            type="button"
            className={style.chip}
            aria-pressed={samePick(pick, offered)}
            onClick={() => setPick(samePick(pick, offered) ? undefined : offered)}
          >
            {classify ? t('results.wrongOnly', { n: offeredCount }) : t('inspect.rows.worst', { n: offeredCount })}
          </button>
        </>
      }
      flush
      wide
    >
      {pick ? <PickLine judged={judged} pick={pick} count={rows.length} nodeId={nodeId} source={source} noFilter={noFilter} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={scroll} className={style.scroll} tabIndex={0}>
        <table className={style.table} style={{ minWidth }} aria-label={t('results.rowsTitle')} aria-rowcount={rows.length + 1}>
          <thead>
            <tr style={columns}>
              <th scope="col">{t('results.table.row')}</th>
              {model.fold ? <th scope="col">{t('results.fold')}</th> : null}
              <th scope="col" className={classify ? style.text : undefined}>
                {t('results.actual')}
              </th>
              <th scope="col" className={classify ? style.text : undefined}>
                {t('results.predicted')}
              </th>
              <th scope="col">{classify ? t('results.probabilityOf', { label: classes[positive] }) : t('results.regression.residual')}</th>
              {others.map(({ column }) => (
                <th key={column.name} scope="col" className={isRightAligned(column.type) ? undefined : style.text} title={column.name}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {shown.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const truth = model.truth[row];
              const missed = classify && truth !== predicted[row];
              const cells = joined.cellsAt(item.index);
              return (
                <tr key={row} aria-rowindex={item.index + 2} style={{ ...columns, transform: `translateY(${item.start}px)` }}>
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
                        {format.chance(chance(row))}
                      </>
                    ) : (
                      format.metric(truth - predicted[row])
                    )}
                  </td>
                  {others.map(({ column, at }) => {
                    const value = cells?.[at];
                    const text = cells ? (value === null || value === undefined ? '–' : cellText(value, column.type, format)) : '';
                    return (
                      <td
                        key={column.name}
                        className={`${isRightAligned(column.type) ? '' : style.text} ${value === null ? style.missing : ''}`}
                        title={text.length > 16 ? text : undefined}
                      >
                        {text}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
