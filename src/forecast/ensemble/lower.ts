/** Writes ensembles into an ONNX graph: each method once for all series that have it, then every series' own weighted sum. */
import type { Graph, Value } from '../../onnx/build.ts';
import { forecastMethod } from '../index.ts';
import { arithmetic } from '../lower-parts.ts';
import type { FittedEnsemble } from './fitted.ts';

export function lower(graph: Graph, fitted: readonly FittedEnsemble[], horizon: number): Value {
  const series = fitted.length;
  const { column, add, mul, cycle } = arithmetic(graph, series, horizon);
  const wide = { dtype: 'double', dims: [series, horizon] } as const;
  const ids = [...new Set(fitted.flatMap(({ members }) => members.map(({ id }) => id)))];
  let sum: Value | undefined;
  for (const id of ids) {
    const own = fitted.flatMap(({ members }, row) => members.filter((member) => member.id === id).map((member) => ({ row, member })));
    const method = forecastMethod(id);
    const answers = method.lower?.(
      graph,
      own.map(({ member }) => member.fitted),
      horizon,
    );
    if (!answers) throw new Error(`${id} cannot be written as ONNX`);
    // Series without this method take its first answer and give it no weight.
    const place = fitted.map((_, row) =>
      Math.max(
        0,
        own.findIndex((each) => each.row === row),
      ),
    );
    const spread = graph.op('Gather', [answers, graph.constant('int64', place, [series], 'place')], wide);
    const weights = fitted.map(({ members }) => members.find((member) => member.id === id)?.weight ?? 0);
    const part = mul(spread, column(weights));
    sum = sum ? add(sum, part) : part;
  }
  if (!sum) throw new Error('an ensemble without members');
  const floor = cycle(fitted.map(({ neverNegative }) => [neverNegative ? 0 : -Number.MAX_VALUE]));
  return graph.op('Max', [sum, floor], wide);
}
