/** A table of any length: rows and columns drawn only where they are in view, sorted and filtered by the engine. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ColumnSchema } from '../../kind/schema.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { useBackend } from '../state/backend.tsx';
import { columnWidth } from './cell-text.ts';
import { classTruth } from './class-truth.ts';
import { GridCell } from './grid-cell.tsx';
import { type Filter, GridFilter } from './grid-filter.tsx';
import { GridHeader, type Sort } from './grid-header.tsx';
import { ProblemNote, Quiet, Waiting } from './panel.tsx';
import style from './table-grid.module.css';
import { useAnswer } from './use-answer.ts';
import { usePages } from './use-pages.ts';

const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 46;
const NUMBER_WIDTH = 64;
/** A bar and the longest text beside it, “> 0.999”. */
const CHANCE_WIDTH = 120;
/** Browsers lay out at most about 33 million px; rows beyond are reached by filter and sort, and the line above says so. */
const MOST_ROWS = 1_300_000;
const NO_COLUMNS: readonly ColumnSchema[] = [];

interface Props {
  digest: string;
  /** Only these rows (from 0), until they are let go. */
  only?: { rows: readonly number[]; release: () => void };
}

export function TableGrid({ digest, only }: Props) {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const [sort, setSort] = useState<Sort>();
  const [filter, setFilter] = useState<Filter>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table has other columns to sort and filter by
  useEffect(() => {
    setSort(undefined);
    setFilter(undefined);
  }, [digest]);
  const rowsOnly = only?.rows;
  const request = useMemo(
    () => ({ digest, sort, filter: filter?.text ? filter : undefined, rows: rowsOnly }),
    [digest, sort, filter, rowsOnly],
  );
  const pages = usePages(request);
  const summaries = useAnswer(`summary ${digest}`, () => backend.tableSummary(digest));
  const columns = pages.first?.schema.columns ?? NO_COLUMNS;

  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: Math.min(pages.total, MOST_ROWS),
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    paddingStart: HEADER_HEIGHT,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroll.current,
    estimateSize: (at) => Math.max(columnWidth(columns[at].name, columns[at].type), columns[at].role === 'probability' ? CHANCE_WIDTH : 0),
    getItemKey: (at) => columns[at]?.name ?? at,
    overscan: 3,
    paddingStart: NUMBER_WIDTH,
  });
  const shownRows = rows.getVirtualItems();
  const shownColumns = across.getVirtualItems();
  const first = shownRows[0]?.index ?? 0;
  const last = shownRows.at(-1)?.index ?? 0;
  useEffect(() => pages.want(first, last));
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured widths belong to these columns
  useEffect(() => across.measure(), [columns]);

  if (pages.problem) return <ProblemNote problem={pages.problem} />;
  if (!pages.first) return <Waiting />;
  if (columns.length === 0) return <Quiet title={t('results.table.noColumns')} />;
  const width = across.getTotalSize();
  return (
    <div className={style.frame}>
      <GridFilter
        columns={columns}
        filter={filter}
        onChange={setFilter}
        total={pages.total}
        most={MOST_ROWS}
        rowCount={pages.first.schema.rowCount ?? pages.total}
        only={only}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={scroll} className={style.scroll} tabIndex={0}>
        <table
          className={style.table}
          aria-label={t('results.table.label')}
          aria-rowcount={pages.total + 1}
          aria-colcount={columns.length + 1}
        >
          <thead className={style.head} style={{ width, height: HEADER_HEIGHT }}>
            <GridHeader columns={columns} items={shownColumns} summaries={summaries.value} sort={sort} onSort={setSort} />
          </thead>
          <tbody className={style.body} style={{ width, height: rows.getTotalSize() - HEADER_HEIGHT }}>
            {shownRows.map((item) => {
              const row = pages.rowAt(item.index);
              return (
                <tr
                  key={item.key}
                  aria-rowindex={item.index + 2}
                  className={style.row}
                  style={{ transform: `translateY(${item.start - HEADER_HEIGHT}px)`, height: ROW_HEIGHT }}
                >
                  <th scope="row" className={style.number} style={{ width: NUMBER_WIDTH }}>
                    {row ? format.count(row.id + 1) : ''}
                  </th>
                  {shownColumns.map((cell) => {
                    const column = columns[cell.index];
                    const truth = classTruth(column, columns);
                    return (
                      <GridCell
                        key={cell.key}
                        column={column}
                        index={cell.index}
                        start={cell.start}
                        width={cell.size}
                        value={row?.cells[cell.index]}
                        wrong={truth >= 0 && row !== undefined && row.cells[truth] !== null && row.cells[truth] !== row.cells[cell.index]}
                        waiting={row === undefined}
                      />
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
