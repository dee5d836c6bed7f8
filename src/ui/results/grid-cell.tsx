/** One cell of the table grid: right-aligned numbers, marked missing values, bars for probabilities, a cross for wrong predictions. */
import { memo } from 'react';
import type { ColumnSchema } from '../../kind/schema.ts';
import type { Cell } from '../../table/column.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { cellText, isRightAligned } from './cell-text.ts';
import style from './table-grid.module.css';

interface Props {
  column: ColumnSchema;
  index: number;
  start: number;
  width: number;
  value: Cell | undefined;
  wrong: boolean;
  waiting: boolean;
}

export const GridCell = memo(function GridCell({ column, index, start, width, value, wrong, waiting }: Props) {
  const t = useText();
  const format = useFormat();
  const place = { left: start, width };
  const right = isRightAligned(column.type) ? style.right : '';
  if (waiting) return <td aria-colindex={index + 2} className={style.cell} style={place} />;
  if (value === null || value === undefined)
    return (
      <td aria-colindex={index + 2} className={`${style.cell} ${style.missing} ${right}`} style={place}>
        <span aria-hidden="true">–</span>
        <span className="mr-hidden">{t('results.missing')}</span>
      </td>
    );
  if (column.role === 'probability' && typeof value === 'number')
    return (
      <td aria-colindex={index + 2} className={`${style.cell} ${style.right}`} style={place}>
        <ProbabilityBar value={value} />
        {format.chance(value)}
      </td>
    );
  const text = cellText(value, column.type, format);
  return (
    <td
      aria-colindex={index + 2}
      className={`${style.cell} ${right} ${wrong ? style.wrong : ''}`}
      style={place}
      title={text.length > 20 ? text : undefined}
    >
      {wrong ? <span aria-hidden="true">× </span> : null}
      {wrong ? <span className="mr-hidden">{t('results.wrong')} </span> : null}
      {text}
    </td>
  );
});

export const ProbabilityBar = ({ value }: { value: number }) => (
  <span className={style.bar} aria-hidden="true">
    <span style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }} />
  </span>
);
