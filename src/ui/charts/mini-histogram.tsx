/** Small pictures of a column as plain SVG: a histogram in the accent for numbers, grey bars for categories. */
import type { ColumnSummary } from '../../table/summary.ts';

/** At most this many category bars; the rest is a remainder that the caller names. */
const MOST_BARS = 8;

export function MiniHistogram({ summary, width = 72, height = 14 }: { summary: ColumnSummary; width?: number; height?: number }) {
  const numeric = summary.histogram && summary.histogram.length > 0;
  const counts = numeric ? (summary.histogram as number[]) : (summary.top ?? []).slice(0, MOST_BARS).map((item) => item.count);
  return <MiniBars counts={counts} width={width} height={height} muted={!numeric} />;
}

/** Bars from the left, tallest at full height; a bar that counts anything is at least one pixel high. */
export function MiniBars({ counts, width, height, muted }: { counts: readonly number[]; width: number; height: number; muted?: boolean }) {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(counts.length, muted ? 2 : 1);
  const gap = muted ? 1 : Math.min(1, step * 0.2);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" style={{ display: 'block', flex: 'none' }}>
      {counts.map((count, i) => {
        const bar = count === 0 ? 0 : Math.max(1, (count / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={i}
            x={i * step}
            y={height - bar}
            width={Math.max(0.5, step - gap)}
            height={bar}
            fill={muted ? 'var(--mr-chart-muted)' : 'var(--mr-chart-1)'}
          />
        );
      })}
    </svg>
  );
}
