/** Tiny charts drawn as SVG: histogram or category bars (column headers, previews) and the live curve on a running node. */
interface BarsProps {
  counts: readonly number[];
  tone: 'number' | 'category';
  width?: number;
  height?: number;
}

/** Numbers get histograms in teal, categories bars in grey. */
export function SparkBars({ counts, tone, width = 60, height = 16 }: BarsProps) {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className={`mr-spark mr-spark-${tone}`} aria-hidden="true">
      {counts.map((count, i) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / most) * height);
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
        return <rect key={i} x={i * step} y={height - tall} width={Math.max(1, step - (step > 3 ? 1 : 0))} height={tall} />;
      })}
    </svg>
  );
}

/** A curve in a fixed box; the values are scaled to it. */
export function SparkLine({ values, width = 72, height = 13 }: { values: readonly number[]; width?: number; height?: number }) {
  const known = values.filter(Number.isFinite);
  if (known.length < 2) return <svg width={width} height={height} aria-hidden="true" />;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = known.map(
    (v, i) => `${((i / (known.length - 1)) * (width - 2) + 1).toFixed(1)},${(height - 1 - ((v - low) / span) * (height - 2)).toFixed(1)}`,
  );
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="mr-spark-line" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
