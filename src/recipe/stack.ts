/**
 * A stack: members' answers put together with weights that were learned and a shift, where those of a mean add up to 1 (Wolpert 1992, "Stacked
 * generalization"; Breiman 1996, "Stacked regressions", for weights from 0 up).
 */
import { exp, log } from '../base/float.ts';
import type { Graph, Value } from '../onnx/build.ts';

export interface Stack {
  /** One per member, from 0 up. */
  readonly weights: readonly number[];
  /** One per class, added to its score; of numbers a single one, in the target's unit. */
  readonly shift: readonly number[];
}

/** Added to each share: none is so small that its logarithm hangs on rounding. */
export const EPSILON = 1e-4;

/**
 * Of each member's values [n], the sum of weight · value, and the shift. Of class shares row-major [n, classes], where `classes` is more than 0,
 * the softmax of such sums of log(share + ε).
 */
export function stacked(answers: readonly Float64Array[], { weights, shift }: Stack, classes: number): Float64Array {
  const made = new Float64Array(answers[0].length);
  for (const [m, values] of answers.entries())
    for (let i = 0; i < made.length; i++) made[i] += weights[m] * (classes > 0 ? log(values[i] + EPSILON) : values[i]);
  const width = Math.max(1, classes);
  for (let at = 0; at < made.length; at += width) {
    let top = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < width; c++) {
      made[at + c] += shift[c];
      top = Math.max(top, made[at + c]);
    }
    if (classes === 0) continue;
    let sum = 0;
    for (let c = 0; c < width; c++) sum += made[at + c] = exp(made[at + c] - top);
    for (let c = 0; c < width; c++) made[at + c] /= sum;
  }
  return made;
}

/** The same on floats ['batch', classes], or ['batch', 1]; in double, since the logarithm of a small share stretches its rounding. */
export function lowerStack(graph: Graph, answers: readonly Value[], { weights, shift }: Stack, classes: number): Value {
  const { dims } = answers[0];
  const op = (name: string, inputs: Value[]) => graph.op(name, inputs, { dtype: 'double', dims });
  const number = (value: number) => graph.constant('double', [value], [1], 'stack');
  const parts = answers.map((answer, m) => {
    const wide = graph.op('Cast', [answer], { dtype: 'double', dims }, { to: { type: 'int', value: 11 } });
    return op('Mul', [classes > 0 ? op('Log', [op('Add', [wide, number(EPSILON)])]) : wide, number(weights[m])]);
  });
  const sum = parts.reduce((all, part) => op('Add', [all, part]));
  const scores = op('Add', [sum, graph.constant('double', [...shift], [1, shift.length], 'stack')]);
  const made = classes > 0 ? graph.op('Softmax', [scores], { dtype: 'double', dims }, { axis: { type: 'int', value: 1 } }) : scores;
  return graph.op('Cast', [made], { dtype: 'float', dims }, { to: { type: 'int', value: 1 } });
}
