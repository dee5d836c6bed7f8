/** The line above the grid: how many rows are shown, and a filter on one column. */
import { useId } from 'react';
import type { ColumnSchema } from '../../kind/schema.ts';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { Select } from '../kit/select.tsx';
import style from './table-grid.module.css';

export interface Filter {
  column: string;
  text: string;
}

interface Props {
  columns: readonly ColumnSchema[];
  filter?: Filter;
  onChange: (filter: Filter | undefined) => void;
  total: number;
  rowCount: number;
  /** Rows that can be scrolled to. */
  most: number;
  only?: { rows: readonly number[]; release: () => void };
}

export function GridFilter({ columns, filter, onChange, total, rowCount, most, only }: Props) {
  const t = useText();
  const id = useId();
  const column = filter?.column ?? columns[0].name;
  return (
    <div className={style.filter}>
      <span className={style.size}>
        {filter?.text
          ? t('results.table.filtered', { shown: total, all: rowCount })
          : t('results.table.size', { rows: rowCount, columns: columns.length })}
        {only ? (
          <Chip tone="alert" onRemove={only.release} removeLabel={t('inspect.rows.all')}>
            {t('inspect.rows.only', { count: only.rows.length })}
          </Chip>
        ) : null}
        {total > most ? ` · ${t('results.table.most', { count: most })}` : null}
      </span>
      <label htmlFor={id}>{t('results.table.filterIn')}</label>
      <Select
        aria-label={t('results.table.filterColumn')}
        value={column}
        options={columns.map((c) => ({ value: c.name, label: c.name }))}
        onChange={(name) => onChange({ column: name, text: filter?.text ?? '' })}
      />
      <input
        id={id}
        className="mr-input"
        value={filter?.text ?? ''}
        placeholder={t('results.table.contains')}
        onChange={(event) => onChange({ column, text: event.target.value })}
      />
      {filter?.text ? <IconButton icon="close" label={t('results.table.clearFilter')} onClick={() => onChange(undefined)} /> : null}
    </div>
  );
}
