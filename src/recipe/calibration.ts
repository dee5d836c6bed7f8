/** Calibrated class shares: how sure a model is, stretched or flattened after the fact (Platt 1999; Guo et al. 2017, "On calibration of modern neural networks"). */
import { exp, log } from '../base/float.ts';
import type { Graph, Value } from '../onnx/build.ts';

/** New shares are the softmax of scale · log(share + ε) + shift, class by class. */
export interface Calibration {
  /** Below 1 the model was too sure, above 1 not sure enough. */
  readonly scale: number;
  /** One per class. */
  readonly shift: readonly number[];
}

/** Added to each share: none is so small that its logarithm hangs on rounding. */
export const EPSILON = 1e-4;

/** Of class shares row-major [n, classes]. */
export function calibrated(shares: Float64Array, { scale, shift }: Calibration): Float64Array {
  const width = shift.length;
  const made = new Float64Array(shares.length);
  for (let at = 0; at < shares.length; at += width) {
    let top = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < width; c++) {
      made[at + c] = scale * log(shares[at + c] + EPSILON) + shift[c];
      top = Math.max(top, made[at + c]);
    }
    let sum = 0;
    for (let c = 0; c < width; c++) sum += made[at + c] = exp(made[at + c] - top);
    for (let c = 0; c < width; c++) made[at + c] /= sum;
  }
  return made;
}

/** The same on float ['batch', classes]; in double, since the logarithm of a small share stretches its rounding. */
export function lowerCalibration(graph: Graph, shares: Value, { scale, shift }: Calibration): Value {
  const { dims } = shares;
  const op = (name: string, inputs: Value[]) => graph.op(name, inputs, { dtype: 'double', dims });
  const number = (value: number) => graph.constant('double', [value], [1], 'calibration');
  const wide = graph.op('Cast', [shares], { dtype: 'double', dims }, { to: { type: 'int', value: 11 } });
  const stretched = op('Mul', [op('Log', [op('Add', [wide, number(EPSILON)])]), number(scale)]);
  const scores = op('Add', [stretched, graph.constant('double', [...shift], [1, shift.length], 'calibration')]);
  const made = graph.op('Softmax', [scores], { dtype: 'double', dims }, { axis: { type: 'int', value: 1 } });
  return graph.op('Cast', [made], { dtype: 'float', dims }, { to: { type: 'int', value: 1 } });
}
