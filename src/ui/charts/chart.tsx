/** One chart on a canvas: loads ECharts when first shown, follows size and theme, and says in words what it shows. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import style from './chart.module.css';
import { type ChartTokens, useChartTokens } from './chart-tokens.ts';
import { type Box, useBrush } from './use-brush.ts';

export type Option = (tokens: ChartTokens) => EChartsCoreOption;

interface ChartProps {
  /** What the chart shows, with its main number, for people who do not see it. */
  label: string;
  option: Option;
  height?: number;
  /** Called with data coordinates when the plot is clicked. */
  onPick?: (x: number, y: number) => void;
  /** Called with what a drag over the plot covers; with nothing after a press. */
  onBrush?: (box: Box | undefined) => void;
  /** Direct labels laid over the plot. */
  children?: ReactNode;
}

export function Chart({ label, option, height, onPick, onBrush, children }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType>();
  const tokens = useChartTokens();
  const drawn = useBrush(host, chart, onBrush);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    let made: EChartsType | undefined;
    let gone = false;
    const element = host.current as HTMLDivElement;
    const resize = new ResizeObserver(() => made?.resize());
    void import('./echarts.ts').then(({ startChart }) => {
      if (gone) return;
      made = startChart(element);
      made.getZr().on('click', (event) => {
        const pixel = [event.offsetX, event.offsetY];
        const at = made?.containPixel({ gridIndex: 0 }, pixel) ? made.convertFromPixel({ gridIndex: 0 }, pixel) : undefined;
        if (at) pick.current?.(at[0], at[1]);
      });
      resize.observe(element);
      setChart(made);
    });
    return () => {
      gone = true;
      resize.disconnect();
      made?.dispose();
    };
  }, []);

  useEffect(() => {
    if (chart && !chart.isDisposed()) chart.setOption(option(tokens), { notMerge: true });
  }, [chart, option, tokens]);

  return (
    <div className={style.chart} style={height ? { height, flex: 'none' } : undefined}>
      <div
        ref={host}
        className={`${style.canvas} ${onBrush ? style.brushed : ''} ${onPick ? style.picked : ''}`}
        role="img"
        aria-label={label}
      />
      {drawn ? <div className={style.brush} style={drawn} /> : null}
      {children}
    </div>
  );
}
