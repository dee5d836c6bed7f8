/** A thin bar for each lag, up or down from nought, in the accent where it is more than chance, with lines at what chance may do. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTokens } from './chart-tokens.ts';
import { frame } from './options.ts';

export function lagBars(
  tokens: ChartTokens,
  { values, bound, name, write }: { values: ArrayLike<number>; bound: number; name: string; write: (value: number) => string },
): EChartsCoreOption {
  const labels = Array.from(values, (_, i) => String(i + 1));
  const base = frame(tokens, { labels }, { min: -1, max: 1, write }, 'axis');
  const { xAxis } = base as { xAxis: Record<string, unknown> };
  return {
    ...base,
    xAxis: { ...xAxis, axisLine: { show: true, onZero: true, lineStyle: { color: tokens.axis, width: 1 } } },
    series: [
      {
        type: 'bar',
        data: Array.from(values, (value) => ({ value, itemStyle: { color: Math.abs(value) > bound ? tokens.series[0] : tokens.muted } })),
        barCategoryGap: '55%',
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: tokens.axis, type: [4, 3], width: 1 },
          data: [{ yAxis: bound }, { yAxis: -bound }],
        },
      },
    ],
    tooltip: {
      ...(base.tooltip as object),
      formatter: (items: { name: string; value: number }[]) => `${name} ${items[0].name}\n${write(items[0].value)}`,
    },
  };
}
