/** One-pass summary of each column: counts, moments, quantiles, histogram or top values. */
import type { ColumnType, Role } from '../kind/schema.ts';

export interface ColumnSummary {
  name: string;
  type: ColumnType;
  role: Role;
  count: number;
  missing: number;
  /** Exact up to 10,000 distinct values, then a lower bound with `distinctExact` false. */
  distinct: number;
  distinctExact: boolean;
  /** Numbers, integers and date-times (milliseconds). */
  min?: number;
  max?: number;
  mean?: number;
  /** Sample standard deviation (n - 1). */
  sd?: number;
  q1?: number;
  median?: number;
  q3?: number;
  skew?: number;
  /** Equal-width bins from min to max. */
  histogram?: number[];
  /** Most frequent labels with counts, at most 20. */
  top?: { label: string; count: number }[];
}
