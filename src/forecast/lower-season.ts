/** Puts the season back on lowered forecasts [series, horizon]; series with factors, with additions and without may stand together. */
import type { Graph, Value } from '../onnx/build.ts';
import { arithmetic } from './lower-parts.ts';
import type { Season } from './season.ts';

/** `seasons`: one of each series, in their order. */
export function lowerSeason(graph: Graph, rest: Value, seasons: readonly Season[], horizon: number): Value {
  const { add, mul, cycle } = arithmetic(graph, seasons.length, horizon);
  const part = (mode: Season['mode'], neutral: number) => seasons.map((season) => (season.mode === mode ? season.ahead : [neutral]));
  let out = rest;
  if (seasons.some(({ mode }) => mode === 'multiplicative')) out = mul(out, cycle(part('multiplicative', 1)));
  if (seasons.some(({ mode }) => mode === 'additive')) out = add(out, cycle(part('additive', 0)));
  return out;
}
