/** A small line as plain SVG: a loss or score curve without axes, scaled to its own range. */
export function MiniLine({ values, width = 72, height = 13 }: { values: readonly number[]; width?: number; height?: number }) {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length < 2) return null;
  const min = Math.min(...known);
  const range = Math.max(...known) - min || 1;
  const points = known.map((value, i) => {
    const x = (i / (known.length - 1)) * (width - 2) + 1;
    const y = height - 1 - ((value - min) / range) * (height - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" style={{ display: 'block', flex: 'none' }}>
      <polyline points={points.join(' ')} fill="none" stroke="var(--mr-chart-1)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}
