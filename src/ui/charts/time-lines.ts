/** Lines over time with bands around some of them: the fan of a forecast, a series and its parts. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTokens } from './chart-tokens.ts';
import { type Axis, frame } from './options.ts';

/** Milliseconds UTC and a value; NaN breaks the line. */
export type TimePoint = readonly [number, number];
export interface TimeLine {
  name: string;
  points: readonly TimePoint[];
  /** `muted`: what is compared with; else the colour of its place. */
  look?: 'muted';
  dots?: boolean;
}
/** Lower and upper bound at each time; drawn in the first colour, the narrow band over the wide one. */
export interface Band {
  name: string;
  lower: readonly TimePoint[];
  upper: readonly TimePoint[];
}

/** Of bands one over the other, each adds this much colour. */
const BAND_OPACITY = 0.16;
const finite = ([x, y]: TimePoint): [number, number | null] => [x, Number.isFinite(y) ? y : null];

const YEAR_MS = 366 * 86_400_000;
/** Over several years a tick at the start of one is that year, short enough for a narrow chart to show more than one of them. */
function tickWriter({ lines, writeTime }: { lines: readonly TimeLine[]; writeTime: (at: number) => string }): (at: number) => string {
  const ends = lines.flatMap(({ points }) => (points.length > 0 ? [points[0][0], points[points.length - 1][0]] : []));
  if (Math.max(...ends) - Math.min(...ends) < 4 * YEAR_MS) return writeTime;
  return (at) => {
    const iso = new Date(at).toISOString();
    return iso.slice(5).startsWith('01-01T00:00') ? iso.slice(0, 4) : writeTime(at);
  };
}

export function timeLines(
  tokens: ChartTokens,
  spec: {
    y: Axis;
    lines: readonly TimeLine[];
    bands?: readonly Band[];
    write: (value: number) => string;
    writeTime: (at: number) => string;
  },
): EChartsCoreOption {
  const base = frame(tokens, { write: tickWriter(spec) }, spec.y, 'axis');
  const colour = (line: TimeLine, i: number) => (line.look ? tokens.axis : tokens.series[i % 6]);
  const { xAxis } = base as { xAxis: Record<string, unknown> };
  return {
    ...base,
    useUTC: true,
    xAxis: { ...xAxis, type: 'time' },
    series: [
      // A band is what is stacked on its lower bound, which is not seen itself.
      ...(spec.bands ?? []).flatMap((band, b) => [
        {
          type: 'line',
          name: `${band.name} low`,
          data: band.lower,
          stack: `band ${b}`,
          stackStrategy: 'all',
          symbol: 'none',
          silent: true,
          lineStyle: { opacity: 0 },
          z: 1,
        },
        {
          type: 'line',
          name: band.name,
          data: band.upper.map(([at, value], i) => [at, value - band.lower[i][1]]),
          stack: `band ${b}`,
          stackStrategy: 'all',
          symbol: 'none',
          silent: true,
          lineStyle: { opacity: 0 },
          areaStyle: { color: tokens.series[0], opacity: BAND_OPACITY },
          z: 1,
        },
      ]),
      ...spec.lines.map((line, i) => ({
        type: 'line',
        name: line.name,
        data: line.points.map(finite),
        symbol: 'circle',
        symbolSize: 4,
        showSymbol: Boolean(line.dots),
        emphasis: { disabled: true },
        z: line.look ? 2 : 3,
        lineStyle: { width: line.look ? 1.5 : 2, color: colour(line, i) },
        itemStyle: { color: colour(line, i) },
      })),
    ],
    tooltip: {
      ...(base.tooltip as object),
      formatter: (items: { seriesIndex: number; value: readonly [number, number | null] }[]) => {
        const first = 2 * (spec.bands?.length ?? 0);
        const at = items[0]?.value[0];
        if (at === undefined) return '';
        const own = items.filter(({ seriesIndex, value }) => seriesIndex >= first && value[1] !== null);
        const bounds = (spec.bands ?? []).flatMap((band) => {
          const i = band.lower.findIndex(([time]) => time === at);
          return i < 0 ? [] : [`${band.name} ${spec.write(band.lower[i][1])} – ${spec.write(band.upper[i][1])}`];
        });
        const values = own.map(({ seriesIndex, value }) => `${spec.lines[seriesIndex - first].name} ${spec.write(value[1] as number)}`);
        return [spec.writeTime(at), ...values, ...(own.some(({ seriesIndex }) => seriesIndex === first) ? bounds : [])].join('\n');
      },
    },
  };
}
