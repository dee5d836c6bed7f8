/** One chart on a canvas: loads ECharts when first shown, follows size and theme, and says in words what it shows. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { brushKey } from './brush-keys.ts';
import style from './chart.module.css';
import { type ChartTokens, useChartTokens } from './chart-tokens.ts';
import { type Box, type Drawn, useBrush } from './use-brush.ts';

export type Option = (tokens: ChartTokens) => EChartsCoreOption;

interface ChartProps {
  /** What the chart shows, with its main number, for people who do not see it. */
  label: string;
  option: Option;
  height?: number;
  /** Called with data coordinates when the plot is clicked. */
  onPick?: (x: number, y: number) => void;
  /** Called with what a drag over the plot, or a box moved by arrow keys inside `extent`, covers; with nothing after a press or Escape. */
  onBrush?: (box: Box | undefined) => void;
  extent?: Box;
  /** Called by the left and right arrow keys, and with 0 by Escape. */
  onStep?: (by: 1 | -1 | 0) => void;
  /** Direct labels laid over the plot. */
  children?: ReactNode;
}

export function Chart({ label, option, height, onPick, onBrush, extent, onStep, children }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType>();
  const tokens = useChartTokens();
  const [box, setBox] = useState<Box>();
  const drawn = useBrush(host, chart, onBrush && ((next) => take(next)));
  const [focused, setFocused] = useState(false);
  const hint = useId();
  const t = useText();
  const byKeys = onStep !== undefined || (onBrush !== undefined && extent !== undefined);
  const take = (next: Box | undefined) => {
    setBox(next);
    onBrush?.(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1, Escape: 0 } as const;
    const step = event.key in by ? by[event.key as keyof typeof by] : undefined;
    const next = onBrush && extent ? brushKey(box, extent, event) : undefined;
    if (next === undefined && !(onStep && step !== undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== undefined) take(next === 'clear' ? undefined : next);
    else if (step !== undefined) onStep?.(step);
  };
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

  const shown = drawn ?? (focused && box ? rectangleOf(chart, box) : undefined);
  return (
    <div
      className={`${style.chart} ${byKeys ? style.keyed : ''}`}
      style={height ? { height, flex: 'none' } : undefined}
      {...(byKeys
        ? {
            role: 'application',
            tabIndex: 0,
            'aria-label': label,
            'aria-describedby': hint,
            onKeyDown,
            onFocus: () => setFocused(true),
            onBlur: () => setFocused(false),
          }
        : {})}
    >
      <div
        ref={host}
        className={`${style.canvas} ${onBrush ? style.brushed : ''} ${onPick ? style.picked : ''}`}
        role="img"
        aria-label={label}
        aria-hidden={byKeys}
      />
      {shown ? <div className={style.brush} style={shown} /> : null}
      {children}
      {byKeys ? (
        <p id={hint} className={style.hint}>
          {t(onStep ? 'inspect.rows.keys-bars' : 'inspect.rows.keys-box')}
        </p>
      ) : null}
    </div>
  );
}

/** Where the box lies on the drawn chart. */
function rectangleOf(chart: EChartsType | undefined, { x, y }: Box): Drawn | undefined {
  if (!chart || chart.isDisposed()) return undefined;
  const [left, top] = chart.convertToPixel({ gridIndex: 0 }, [x[0], y[1]]);
  const [right, bottom] = chart.convertToPixel({ gridIndex: 0 }, [x[1], y[0]]);
  return { left, top, width: right - left, height: bottom - top };
}
