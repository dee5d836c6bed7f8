/** Finds the type of a formula over a schema, or the Problem that marks the fault in it. */
import type { ColumnType, TableSchema } from '../../kind/schema.ts';
import type { Expression, FormulaType } from './ast.ts';
import { FUNCTIONS, functionNamed } from './functions.ts';
import { formulaError } from './tokens.ts';

export const formulaTypeOf = (type: ColumnType): FormulaType =>
  type === 'category' || type === 'text' ? 'text' : type === 'boolean' ? 'boolean' : type === 'datetime' ? 'datetime' : 'number';

const NAMES: Record<FormulaType, string> = { number: 'a number', text: 'a text', boolean: 'true or false', datetime: 'a date' };

/** Type of the expression; `undefined` for a bare `missing`, which takes the type of what stands beside it. Throws ProblemError. */
export function typeOf(e: Expression, schema: TableSchema): FormulaType | undefined {
  const need = (part: Expression, wanted: FormulaType) => {
    const found = typeOf(part, schema);
    // True and false count as 1 and 0, as in pandas and Excel.
    if (found === undefined || found === wanted || (wanted === 'number' && found === 'boolean')) return;
    throw formulaError(
      `${NAMES[wanted]} is needed here, and this is ${NAMES[found]}.`.replace(/^./, (c) => c.toUpperCase()),
      conversionHint(found, wanted),
      part.from,
      part.to,
    );
  };
  const common = (parts: Expression[]): FormulaType | undefined => {
    const types = parts.map((part) => typeOf(part, schema));
    const known = types.filter((type) => type !== undefined);
    const first = known[0];
    const odd = parts.find((_, i) => types[i] !== undefined && types[i] !== first && !(numeric(types[i]) && numeric(first)));
    if (odd)
      throw formulaError(
        `The values have different types: ${NAMES[first]} and ${NAMES[typeOf(odd, schema) as FormulaType]}.`,
        'Make them one type, for example with number(…) or text(…).',
        odd.from,
        odd.to,
      );
    return known.includes('number') ? 'number' : first;
  };
  switch (e.type) {
    case 'number':
    case 'text':
    case 'boolean':
      return e.type;
    case 'missing':
      return undefined;
    case 'column': {
      const found = schema.columns.find((column) => column.name === e.name);
      if (found) return formulaTypeOf(found.type);
      const close = schema.columns.find((column) => column.name.toLowerCase() === e.name.toLowerCase());
      throw formulaError(
        `There is no column “${e.name}”.`,
        close ? `Did you mean “${close.name}”?` : 'Write the name exactly, in [brackets] when it has spaces; texts go in quotes.',
        e.from,
        e.to,
      );
    }
    case 'unary':
      need(e.argument, e.operator === '-' ? 'number' : 'boolean');
      return e.operator === '-' ? 'number' : 'boolean';
    case 'binary':
      return binaryType(e, schema, need, common);
    case 'call': {
      const spec = functionNamed(e.name);
      if (!spec) {
        const near = FUNCTIONS.find((f) => f.name.startsWith(e.name.slice(0, 3)));
        throw formulaError(
          `There is no function “${e.name}”.`,
          near
            ? `Did you mean ${near.name}(…)?`
            : `Some that exist: ${FUNCTIONS.slice(0, 8)
                .map((f) => f.name)
                .join(', ')} …`,
          e.from,
          e.to,
        );
      }
      const open = spec.takes.at(-1) === '…';
      const fixed = spec.takes.filter((type) => type !== '…');
      if (e.arguments.length < fixed.length || (!open && e.arguments.length > fixed.length))
        throw formulaError(
          `${e.name}(…) takes ${fixed.length}${open ? ' or more' : ''} value${fixed.length === 1 ? '' : 's'}, and ${e.arguments.length} are given.`,
          spec.help,
          e.from,
          e.to,
        );
      const anys: Expression[] = [];
      e.arguments.forEach((part, i) => {
        const type = fixed[Math.min(i, fixed.length - 1)];
        if (type === 'any') anys.push(part);
        else need(part, type as FormulaType);
      });
      const shared = spec.gives === 'same' ? common(anys) : undefined;
      for (const part of anys) typeOf(part, schema);
      return spec.gives === 'same' ? shared : spec.gives;
    }
  }
}

const numeric = (type: FormulaType | undefined) => type === 'number' || type === 'boolean';

function conversionHint(found: FormulaType, wanted: FormulaType): string {
  if (wanted === 'number' && found === 'text') return 'Wrap it in number(…), or change the column’s type first.';
  if (wanted === 'number' && found === 'datetime') return 'Wrap it in days(…), year(…) or another date function.';
  if (wanted === 'text') return 'Wrap it in text(…).';
  if (wanted === 'datetime') return 'Wrap it in date(…).';
  return 'Compare it with something, for example = or >.';
}

function binaryType(
  e: Extract<Expression, { type: 'binary' }>,
  schema: TableSchema,
  need: (part: Expression, wanted: FormulaType) => void,
  common: (parts: Expression[]) => FormulaType | undefined,
): FormulaType {
  if (e.operator === 'and' || e.operator === 'or') {
    need(e.left, 'boolean');
    need(e.right, 'boolean');
    return 'boolean';
  }
  if (e.operator === '&') {
    typeOf(e.left, schema);
    typeOf(e.right, schema);
    return 'text';
  }
  if (['=', '!=', '<', '<=', '>', '>='].includes(e.operator)) {
    common([e.left, e.right]);
    return 'boolean';
  }
  need(e.left, 'number');
  need(e.right, 'number');
  return 'number';
}
