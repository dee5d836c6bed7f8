/** The parts of ECharts that our charts use; a chunk of its own, loaded with the first chart. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

export function startChart(host: HTMLElement) {
  use([LineChart, ScatterChart, BarChart, GridComponent, TooltipComponent, MarkLineComponent, CanvasRenderer]);
  return init(host, undefined, { renderer: 'canvas' });
}
