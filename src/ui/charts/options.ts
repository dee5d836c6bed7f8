/** One chart grammar: left and bottom axes only, at most five grid lines, names inside the plot, first series in the accent. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTokens } from './chart-tokens.ts';

export interface Axis {
  name?: string;
  min?: number;
  max?: number;
  /** Categories instead of a scale. */
  labels?: readonly string[];
  /** What stands under a category on the axis, when its label (for the tooltip) is too long. */
  tick?: (index: number) => string;
  write?: (value: number) => string;
  /** Distance between ticks. */
  interval?: number;
}
export interface Line {
  name: string;
  points: readonly (readonly [number, number])[];
  /** `muted` compared series, `points` such a one without a line, `dashed` reference, otherwise the colour of its place. */
  look?: 'muted' | 'dashed' | 'points';
  step?: boolean;
  dots?: boolean;
  /** Diameter of each dot. */
  sizes?: readonly number[];
}

function axis(tokens: ChartTokens, side: 'x' | 'y', spec: Axis): Record<string, unknown> {
  const along = side === 'x';
  return {
    type: spec.labels ? 'category' : 'value',
    ...(spec.labels ? { data: spec.labels } : { min: spec.min, max: spec.max, interval: spec.interval }),
    scale: true,
    // Upwards no more than five lines fit, and four parts may come out as eight.
    splitNumber: along ? 4 : 3,
    name: spec.name,
    nameLocation: 'end',
    // The upper name stands above the plot, where no line runs through it; the lower one lies over the lines, in a halo.
    ...(along ? { z: 3 } : {}),
    nameGap: along ? 0 : 8,
    nameTextStyle: {
      color: tokens.text3,
      fontSize: 11,
      fontFamily: tokens.font,
      ...(along
        ? { align: 'right', verticalAlign: 'bottom', padding: [0, 4, 6, 0], textBorderColor: tokens.panel, textBorderWidth: 4 }
        : { align: 'left', verticalAlign: 'middle', padding: 0 }),
    },
    axisLine: { show: true, onZero: false, lineStyle: { color: tokens.axis, width: 1 } },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.text3,
      fontSize: 10,
      fontFamily: tokens.font,
      hideOverlap: true,
      ...(spec.tick
        ? { formatter: (_: unknown, index: number) => spec.tick?.(index) }
        : spec.write && !spec.labels
          ? { formatter: spec.write }
          : {}),
    },
    splitLine: { show: !along, lineStyle: { color: tokens.grid } },
  };
}

export function frame(tokens: ChartTokens, x: Axis, y: Axis, trigger: 'axis' | 'item'): EChartsCoreOption {
  return {
    animationDuration: tokens.motion,
    animationDurationUpdate: tokens.motion,
    textStyle: { fontFamily: tokens.font },
    grid: { left: 8, right: 12, top: y.name ? 22 : 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: axis(tokens, 'x', x),
    yAxis: axis(tokens, 'y', y),
    tooltip: {
      renderMode: 'richText',
      trigger,
      confine: true,
      backgroundColor: tokens.panel,
      borderColor: tokens.border,
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { color: tokens.text, fontSize: 11, fontFamily: tokens.font },
      axisPointer: { lineStyle: { color: tokens.axis, type: 'solid', width: 1 } },
    },
  };
}

const WIDTHS = { plain: 2, muted: 1.5, dashed: 1, points: 0 };

/** Lines on shared axes; `mark` is a ringed point (the threshold). `say` writes the tooltip from x and the y of each line. */
export function lines(
  tokens: ChartTokens,
  spec: { x: Axis; y: Axis; lines: readonly Line[]; mark?: readonly [number, number]; write?: (value: number) => string },
): EChartsCoreOption {
  const colour = (line: Line, i: number) => (line.look ? (line.look === 'dashed' ? tokens.muted : tokens.axis) : tokens.series[i % 6]);
  const write = spec.write ?? String;
  return {
    ...frame(tokens, spec.x, spec.y, 'item'),
    series: [
      ...spec.lines.map((line, i) => ({
        type: 'line',
        name: line.name,
        data: line.points,
        step: line.step ? 'end' : undefined,
        symbol: 'circle',
        showSymbol: Boolean(line.dots),
        symbolSize: line.sizes ? (_: unknown, at: { dataIndex: number }) => line.sizes?.[at.dataIndex] ?? 6 : 6,
        silent: line.look === 'dashed',
        emphasis: { disabled: true },
        z: line.look ? 1 : 2,
        lineStyle: {
          width: WIDTHS[line.look ?? 'plain'],
          type: line.look === 'dashed' ? [4, 3] : 'solid',
          color: colour(line, i),
        },
        itemStyle: { color: colour(line, i) },
      })),
      ...(spec.mark
        ? [
            {
              type: 'scatter',
              data: [spec.mark],
              symbolSize: 11,
              z: 5,
              silent: true,
              itemStyle: { color: tokens.panel, borderColor: tokens.series[0], borderWidth: 2 },
            },
          ]
        : []),
    ],
    tooltip: {
      ...(frame(tokens, spec.x, spec.y, 'item').tooltip as object),
      formatter: (item: { seriesName: string; value: readonly number[] }) =>
        `${item.seriesName}\n${write(item.value[0])} · ${write(item.value[1])}`,
    },
  };
}

/** A cloud of points with an optional reference line through `from` and `to`. */
export function cloudOption(
  tokens: ChartTokens,
  spec: {
    x: Axis;
    y: Axis;
    points: readonly (readonly [number, number])[];
    /** Points that are chosen: the others step back. */
    chosen?: readonly (readonly [number, number])[];
    reference?: { from: readonly [number, number]; to: readonly [number, number] };
    write: (value: number) => string;
  },
): EChartsCoreOption {
  const base = frame(tokens, spec.x, spec.y, 'item');
  const many = spec.points.length > 500;
  return {
    ...base,
    tooltip: {
      ...(base.tooltip as object),
      formatter: (item: { value: readonly number[] }) => item.value.map((value) => spec.write(value)).join(' → '),
    },
    series: [
      {
        type: 'scatter',
        data: spec.points,
        symbolSize: many ? 4 : 6,
        itemStyle: { color: spec.chosen ? tokens.axis : tokens.series[0], opacity: many ? 0.35 : 0.55 },
        markLine: spec.reference && {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: tokens.axis, type: [4, 3], width: 1 },
          data: [[{ coord: spec.reference.from }, { coord: spec.reference.to }]],
        },
      },
      ...(spec.chosen
        ? [{ type: 'scatter', data: spec.chosen, symbolSize: many ? 5 : 7, z: 3, itemStyle: { color: tokens.series[0], opacity: 0.85 } }]
        : []),
    ],
  };
}

/** Bars of counts; `x.labels` names them. `muted` for categories and compared groups. */
export function bars(
  tokens: ChartTokens,
  spec: {
    x: Axis;
    y: Axis;
    counts: readonly number[];
    chosen?: (index: number) => boolean;
    muted?: boolean;
    tight?: boolean;
    write: (value: number) => string;
  },
): EChartsCoreOption {
  const base = frame(tokens, spec.x, spec.y, 'axis');
  return {
    ...base,
    tooltip: {
      ...(base.tooltip as object),
      axisPointer: { type: 'shadow', shadowStyle: { color: tokens.grid, opacity: 0.5 } },
      formatter: (items: { name: string; value: number }[]) => `${items[0].name}\n${spec.write(items[0].value)}`,
    },
    series: [
      {
        type: 'bar',
        data: spec.chosen
          ? spec.counts.map((value, i) => ({ value, itemStyle: { color: spec.chosen?.(i) ? tokens.series[0] : tokens.muted } }))
          : spec.counts,
        barCategoryGap: spec.tight ? '8%' : '25%',
        itemStyle: { color: spec.muted ? tokens.muted : tokens.series[0] },
      },
    ],
  };
}
