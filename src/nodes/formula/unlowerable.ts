/** Says before use which part of a formula cannot stand in an ONNX graph. */
import { type Problem, problem } from '../../base/problem.ts';
import type { Expression } from '../../table/formula/ast.ts';
import { functionNamed } from '../../table/formula/functions.ts';

const refusal = (what: string): Problem =>
  problem({
    code: 'export.formula',
    args: { what },
    message: `${what} cannot be written into an ONNX file.`,
    hint: 'Use numbers, dates, if, and comparison of whole texts; or compute this column before the data comes here.',
  });

/** The first part that cannot be lowered, or undefined. Order comparison and joining of texts have no operator at opset 17. */
export function unlowerable(e: Expression): Problem | undefined {
  if (e.type === 'call') {
    const spec = functionNamed(e.name);
    if (spec && !spec.lowerable) return refusal(`The function ${e.name}(…)`);
    return e.arguments.map(unlowerable).find((found) => found);
  }
  if (e.type === 'unary') return unlowerable(e.argument);
  if (e.type === 'binary') {
    if (e.operator === '&') return refusal('Joining texts with &');
    const text = [e.left, e.right].some((side) => side.type === 'text');
    if (text && !['=', '!='].includes(e.operator)) return refusal('Comparing the order of texts');
    return unlowerable(e.left) ?? unlowerable(e.right);
  }
  return undefined;
}
