/** The grid's header: what is in each column as a small picture, its name and type; a click sorts up, down, then not. */
import type { VirtualItem } from '@tanstack/react-virtual';
import type { ColumnSchema } from '../../kind/schema.ts';
import type { ColumnSummary } from '../../table/summary.ts';
import { MiniHistogram } from '../charts/mini-histogram.tsx';
import { useFormat, useText } from '../i18n/text.ts';
import { isRightAligned } from './cell-text.ts';
import style from './table-grid.module.css';

export interface Sort {
  column: string;
  descending: boolean;
}

interface Props {
  columns: readonly ColumnSchema[];
  items: readonly VirtualItem[];
  summaries?: readonly ColumnSummary[];
  sort?: Sort;
  onSort: (sort: Sort | undefined) => void;
}

export function GridHeader({ columns, items, summaries, sort, onSort }: Props) {
  const t = useText();
  const format = useFormat();
  const next = (name: string) =>
    sort?.column !== name ? { column: name, descending: false } : sort.descending ? undefined : { column: name, descending: true };
  return (
    <tr aria-rowindex={1} className={style.headRow}>
      <th scope="col" className={`${style.headCell} ${style.corner}`}>
        {t('results.table.row')}
      </th>
      {items.map((item) => {
        const column = columns[item.index];
        const summary = summaries?.find((s) => s.name === column.name);
        const sorted = sort?.column === column.name ? (sort.descending ? 'descending' : 'ascending') : undefined;
        const missing = summary?.missing ? t('results.table.missingCount', { count: summary.missing }) : '';
        return (
          <th
            key={item.key}
            scope="col"
            aria-colindex={item.index + 2}
            aria-sort={sorted ?? 'none'}
            className={`${style.headCell} ${isRightAligned(column.type) ? style.right : ''}`}
            style={{ left: item.start, width: item.size }}
          >
            <button
              type="button"
              title={[column.name, t(`results.type.${column.type}`), t(`results.role.${column.role}`), missing].filter(Boolean).join(' · ')}
              onClick={() => onSort(next(column.name))}
            >
              <span className={style.picture}>
                {summary ? <MiniHistogram summary={summary} width={Math.min(56, item.size - 20)} /> : null}
                {summary?.missing ? (
                  <span className={style.gap}>{format.percent(summary.missing / Math.max(1, summary.count), 0)}</span>
                ) : null}
              </span>
              <span className={style.name}>
                <span className="mr-ellipsis">{column.name}</span>
                {sorted ? <span aria-hidden="true">{sorted === 'ascending' ? '↑' : '↓'}</span> : null}
              </span>
            </button>
          </th>
        );
      })}
    </tr>
  );
}
