/** The columns of the statistics table and how each is read from a column's summary. */
import type { ColumnType } from '../../kind/schema.ts';
import type { Cell } from '../../table/column.ts';
import type { ColumnSummary } from '../../table/summary.ts';

interface ProfileColumn {
  name: string;
  type: ColumnType;
  of: (summary: ColumnSummary) => Cell | undefined;
}
/** Date-times have an earliest and a latest instead of numbers in milliseconds. */
const ifNumber =
  (read: (summary: ColumnSummary) => number | undefined) =>
  (summary: ColumnSummary): number | undefined =>
    summary.type === 'datetime' ? undefined : read(summary);
const ifDate =
  (read: (summary: ColumnSummary) => number | undefined) =>
  (summary: ColumnSummary): number | undefined =>
    summary.type === 'datetime' ? read(summary) : undefined;

export const PROFILE_COLUMNS: readonly ProfileColumn[] = [
  { name: 'column', type: 'text', of: (s) => s.name },
  { name: 'type', type: 'category', of: (s) => s.type },
  { name: 'role', type: 'category', of: (s) => s.role },
  { name: 'rows', type: 'integer', of: (s) => s.count },
  { name: 'missing', type: 'integer', of: (s) => s.missing },
  { name: 'missing share', type: 'number', of: (s) => (s.count === 0 ? undefined : s.missing / s.count) },
  { name: 'distinct', type: 'integer', of: (s) => s.distinct },
  { name: 'distinct is exact', type: 'boolean', of: (s) => s.distinctExact },
  { name: 'min', type: 'number', of: ifNumber((s) => s.min) },
  { name: 'q1', type: 'number', of: ifNumber((s) => s.q1) },
  { name: 'median', type: 'number', of: ifNumber((s) => s.median) },
  { name: 'mean', type: 'number', of: ifNumber((s) => s.mean) },
  { name: 'q3', type: 'number', of: ifNumber((s) => s.q3) },
  { name: 'max', type: 'number', of: ifNumber((s) => s.max) },
  { name: 'sd', type: 'number', of: ifNumber((s) => s.sd) },
  { name: 'skew', type: 'number', of: ifNumber((s) => s.skew) },
  { name: 'earliest', type: 'datetime', of: ifDate((s) => s.min) },
  { name: 'latest', type: 'datetime', of: ifDate((s) => s.max) },
  { name: 'most frequent', type: 'text', of: (s) => s.top?.[0]?.label },
  { name: 'its count', type: 'integer', of: (s) => s.top?.[0]?.count },
];
