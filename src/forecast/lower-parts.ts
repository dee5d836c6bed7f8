/** Arithmetic for lowering forecasts: columns of constants, one entry per series, worked step by step in double precision. */
import type { Graph, Value } from '../onnx/build.ts';

export interface Arithmetic {
  /** [series, 1], one number of each series. */
  column: (values: readonly number[]) => Value;
  add: (a: Value, b: Value) => Value;
  sub: (a: Value, b: Value) => Value;
  mul: (a: Value, b: Value) => Value;
  /** `make(h)` for h = 1 … horizon, each [series, 1], side by side: [series, horizon]. */
  steps: (make: (h: number) => Value) => Value;
  /** Each series' own cycle, `cycles[i][0]` at the first step ahead, repeated to the horizon: [series, horizon]. */
  cycle: (cycles: readonly ArrayLike<number>[]) => Value;
}

/** Values broadcast over [series, horizon]; a dimension is 1 or full. */
export function arithmetic(graph: Graph, series: number, horizon: number): Arithmetic {
  const column = (values: readonly number[]) => graph.constant('double', Float64Array.from(values), [series, 1], 'state');
  const binary = (type: string) => (a: Value, b: Value) => {
    const dims = a.dims.map((dim, at) => Math.max(Number(dim), Number(b.dims[at])));
    return graph.op(type, [a, b], { dtype: 'double', dims });
  };
  const wide = { dtype: 'double', dims: [series, horizon] } as const;
  return {
    column,
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    steps: (make) => {
      const parts: Value[] = [];
      for (let h = 1; h <= horizon; h++) parts.push(make(h));
      return graph.op('Concat', parts, wide, { axis: { type: 'int', value: 1 } });
    },
    cycle: (cycles) => {
      const width = Math.max(...cycles.map((cycle) => cycle.length));
      const table = new Float64Array(series * width);
      const at = new Int32Array(series * horizon);
      for (let i = 0; i < series; i++) {
        const length = cycles[i].length;
        for (let k = 0; k < length; k++) table[i * width + k] = cycles[i][k];
        for (let h = 0; h < horizon; h++) at[i * horizon + h] = h % length;
      }
      const values = graph.constant('double', table, [series, width], 'cycle');
      const order = graph.constant('int64', at, [series, horizon], 'place');
      return graph.op('GatherElements', [values, order], wide, { axis: { type: 'int', value: 1 } });
    },
  };
}

/** The same number at every step: [series, horizon]. */
export const flat = (graph: Graph, values: readonly number[], horizon: number): Value =>
  arithmetic(graph, values.length, horizon).cycle(values.map((value) => [value]));
