/** Says before use which part of a formula cannot stand in an ONNX graph. */
import { type Problem, problem } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { Expression } from '../../table/formula/ast.ts';
import type { FormulaTypes } from '../../table/formula/check.ts';
import { functionNamed } from '../../table/formula/functions.ts';

const refusal = (what: Phrase): Problem =>
  problem({
    code: 'export.formula',
    args: { what },
    message: phrase('export.not-writable', '{what} cannot be written into an ONNX file.', { what }),
    hint: 'Use numbers, dates, if, and comparison of whole texts; or compute this column before the data comes here.',
  });

/** The first part that cannot be lowered, or undefined. Strings can only be compared with a fixed text, and not be ordered or joined. */
export function unlowerable(e: Expression, types: FormulaTypes): Problem | undefined {
  if (e.type === 'call') {
    const spec = functionNamed(e.name);
    if (spec && !spec.lowerable) return refusal(phrase('export.function', 'The function {name}(…)', { name: e.name }));
    return firstOf(e.arguments, types);
  }
  if (e.type === 'unary') return unlowerable(e.argument, types);
  if (e.type !== 'binary') return undefined;
  if (e.operator === '&') return refusal(phrase('export.join-texts', 'Joining texts with &'));
  const sides = [e.left, e.right];
  if (sides.some((side) => types.get(side) === 'text')) {
    if (e.operator !== '=' && e.operator !== '!=') return refusal(phrase('export.text-order', 'Comparing the order of texts'));
    if (!sides.some((side) => side.type === 'text' || side.type === 'missing'))
      return refusal(phrase('export.two-texts', 'Comparing two text columns'));
  }
  return firstOf(sides, types);
}

const firstOf = (parts: readonly Expression[], types: FormulaTypes): Problem | undefined => {
  for (const part of parts) {
    const found = unlowerable(part, types);
    if (found) return found;
  }
  return undefined;
};
