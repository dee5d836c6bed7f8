/** Choosing a part of a plot by dragging over it: follows the pointer, draws the rectangle, answers in data coordinates. */
import type { EChartsType } from 'echarts/core';
import { type RefObject, useEffect, useRef, useState } from 'react';

export interface Box {
  x: readonly [number, number];
  y: readonly [number, number];
}
/** In pixels of the chart. */
export interface Drawn {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Nearer than this it is a press, which takes the choice back. */
const SLACK_PX = 4;

export function useBrush(
  host: RefObject<HTMLDivElement | null>,
  chart: EChartsType | undefined,
  onBrush: ((box: Box | undefined) => void) | undefined,
): Drawn | undefined {
  const [drawn, setDrawn] = useState<Drawn>();
  const answer = useRef(onBrush);
  answer.current = onBrush;
  const wanted = onBrush !== undefined;
  useEffect(() => {
    const element = host.current;
    if (!element || !chart || !wanted) return;
    let start: { x: number; y: number } | undefined;
    const at = (event: PointerEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const rectangle = (event: PointerEvent): Drawn | undefined => {
      const here = at(event);
      if (!start || Math.hypot(here.x - start.x, here.y - start.y) < SLACK_PX) return undefined;
      return {
        left: Math.min(start.x, here.x),
        top: Math.min(start.y, here.y),
        width: Math.abs(here.x - start.x),
        height: Math.abs(here.y - start.y),
      };
    };
    const down = (event: PointerEvent) => {
      const here = at(event);
      if (event.button !== 0 || !chart.containPixel({ gridIndex: 0 }, [here.x, here.y])) return;
      start = here;
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => setDrawn(rectangle(event));
    const up = (event: PointerEvent) => {
      const box = rectangle(event);
      const pressed = start !== undefined;
      start = undefined;
      setDrawn(undefined);
      if (!pressed) return;
      if (!box) return answer.current?.(undefined);
      const data = (x: number, y: number) => chart.convertFromPixel({ gridIndex: 0 }, [x, y]);
      const [a, b] = [data(box.left, box.top), data(box.left + box.width, box.top + box.height)];
      answer.current?.({ x: [a[0], b[0]], y: [b[1], a[1]] });
    };
    const cancel = () => {
      start = undefined;
      setDrawn(undefined);
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
    };
  }, [host, chart, wanted]);
  return drawn;
}
