/** The small picture of a column: a histogram in the accent for numbers, grey bars for the most frequent values otherwise. */
import type { ColumnSummary } from '../../table/summary.ts';
import { SparkBars } from '../kit/spark.tsx';

/** At most this many category bars; the rest is a remainder that the caller names. */
const MOST_BARS = 8;

export function MiniHistogram({ summary, width = 72, height = 14 }: { summary: ColumnSummary; width?: number; height?: number }) {
  if (summary.histogram && summary.histogram.length > 0)
    return <SparkBars counts={summary.histogram} tone="number" width={width} height={height} />;
  const counts = (summary.top ?? []).slice(0, MOST_BARS).map((item) => item.count);
  return <SparkBars counts={counts} tone="category" width={width} height={height} />;
}
