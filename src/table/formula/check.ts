/** Finds the types in a formula over a schema, or the Problem that marks the fault in it. */
import { labelWords, type Phrase, phrase } from '../../base/words.ts';
import type { ColumnType, TableSchema } from '../../kind/schema.ts';
import type { Expression, FormulaType } from './ast.ts';
import { FUNCTIONS, type FunctionSpec, functionNamed } from './functions.ts';
import { formulaError } from './tokens.ts';

export const formulaTypeOf = (type: ColumnType): FormulaType =>
  type === 'category' || type === 'text' ? 'text' : type === 'boolean' ? 'boolean' : type === 'datetime' ? 'datetime' : 'number';

/** Type of every part; `undefined` for a bare `missing`, which takes the type of what stands beside it. */
export type FormulaTypes = ReadonlyMap<Expression, FormulaType | undefined>;
type Call = Extract<Expression, { type: 'call' }>;

export const FORMULA_TYPE_NAMES: Readonly<Record<FormulaType, Phrase>> = {
  number: phrase('formula.a-number', 'a number'),
  text: phrase('formula.a-text', 'a text'),
  boolean: phrase('formula.a-boolean', 'true or false'),
  datetime: phrase('formula.a-date', 'a date'),
};
const NEEDS: Record<FormulaType, (found: Phrase) => Phrase> = {
  number: (found) => phrase('formula.needs-number', 'A number is needed here, and this is {found}.', { found }),
  text: (found) => phrase('formula.needs-text', 'A text is needed here, and this is {found}.', { found }),
  boolean: (found) => phrase('formula.needs-boolean', 'True or false is needed here, and this is {found}.', { found }),
  datetime: (found) => phrase('formula.needs-date', 'A date is needed here, and this is {found}.', { found }),
};
const numeric = (type: FormulaType | undefined) => type === 'number' || type === 'boolean';

/** Each part is looked at once, so that deep nesting stays cheap. Throws a ProblemError that marks the fault. */
export function formulaTypes(formula: Expression, schema: TableSchema): FormulaTypes {
  const types = new Map<Expression, FormulaType | undefined>();
  const columns = new Map(schema.columns.map((column) => [column.name, column.type]));

  const need = (part: Expression, wanted: FormulaType) => {
    const found = types.get(part);
    // True and false count as 1 and 0, as in pandas and Excel.
    if (found === undefined || found === wanted || (wanted === 'number' && found === 'boolean')) return;
    const message = NEEDS[wanted](FORMULA_TYPE_NAMES[found]);
    throw formulaError(message, conversionHint(found, wanted), part.from, part.to);
  };

  const common = (parts: readonly Expression[]): FormulaType | undefined => {
    const known = parts.filter((part) => types.get(part) !== undefined);
    const first = known.length > 0 ? (types.get(known[0]) as FormulaType) : undefined;
    for (const part of known) {
      const type = types.get(part) as FormulaType;
      if (type === first || (numeric(type) && numeric(first))) continue;
      throw formulaError(
        phrase('formula.mixed', 'The values have different types: {one} and {other}.', {
          one: FORMULA_TYPE_NAMES[first as FormulaType],
          other: FORMULA_TYPE_NAMES[type],
        }),
        phrase('formula.mixed-hint', 'Make them one type, for example with number(…) or text(…).'),
        part.from,
        part.to,
      );
    }
    return known.some((part) => types.get(part) === 'number') ? 'number' : first;
  };

  const visit = (e: Expression): void => void types.set(e, typeOfPart(e));

  const typeOfPart = (e: Expression): FormulaType | undefined => {
    switch (e.type) {
      case 'number':
      case 'text':
      case 'boolean':
        return e.type;
      case 'missing':
        return undefined;
      case 'column':
        return columnType(e);
      case 'unary':
        visit(e.argument);
        need(e.argument, e.operator === '-' ? 'number' : 'boolean');
        return e.operator === '-' ? 'number' : 'boolean';
      case 'binary':
        visit(e.left);
        visit(e.right);
        return binaryType(e);
      case 'call':
        return callType(e);
    }
  };

  const columnType = (e: Extract<Expression, { type: 'column' }>): FormulaType => {
    const type = columns.get(e.name);
    if (type) return formulaTypeOf(type);
    const close = schema.columns.find((column) => column.name.toLowerCase() === e.name.toLowerCase());
    throw formulaError(
      phrase('formula.no-column', 'There is no column “{name}”.', { name: e.name }),
      close
        ? phrase('formula.did-you-mean', 'Did you mean “{name}”?', { name: close.name })
        : phrase('formula.exact-name', 'Write the name exactly, in [brackets] when it has spaces; texts go in quotes.'),
      e.from,
      e.to,
    );
  };

  const binaryType = (e: Extract<Expression, { type: 'binary' }>): FormulaType => {
    if (e.operator === '&') return 'text';
    if (['=', '!=', '<', '<=', '>', '>='].includes(e.operator)) {
      common([e.left, e.right]);
      return 'boolean';
    }
    const wanted = e.operator === 'and' || e.operator === 'or' ? 'boolean' : 'number';
    need(e.left, wanted);
    need(e.right, wanted);
    return wanted;
  };

  const callType = (e: Call): FormulaType | undefined => {
    const spec = specOf(e);
    e.arguments.forEach(visit);
    e.arguments.forEach((part, i) => {
      const type = takenType(spec, i);
      if (type !== 'any') need(part, type);
    });
    return spec.gives === 'same' ? common(e.arguments.filter((_, i) => takenType(spec, i) === 'any')) : spec.gives;
  };

  visit(formula);
  return types;
}

/** Type of the whole formula. */
export const typeOf = (formula: Expression, schema: TableSchema): FormulaType | undefined => formulaTypes(formula, schema).get(formula);

/** What the argument at `i` should be; the last one repeats before a `…`. */
function takenType({ takes }: FunctionSpec, i: number): FormulaType | 'any' {
  const fixed = takes.filter((type) => type !== '…');
  return fixed[Math.min(i, fixed.length - 1)];
}

/** The type that a bare `missing` takes as the argument at `i`; `wanted` is what the call itself should give. */
export function argumentType(e: Call, i: number, types: FormulaTypes, wanted?: FormulaType): FormulaType | undefined {
  const type = takenType(functionNamed(e.name) as FunctionSpec, i);
  return type === 'any' ? (types.get(e) ?? wanted) : type;
}

function specOf(e: Call): FunctionSpec {
  const spec = functionNamed(e.name);
  if (!spec) {
    const near = FUNCTIONS.find((f) => f.name.startsWith(e.name.slice(0, 3)));
    const some = FUNCTIONS.slice(0, 8).map((f) => f.name);
    throw formulaError(
      phrase('formula.no-function', 'There is no function “{name}”.', { name: e.name }),
      near
        ? phrase('formula.near-function', 'Did you mean {name}(…)?', { name: near.name })
        : phrase('formula.functions', 'Some that exist: {names} …', { names: some.join(', ') }),
      e.from,
      e.to,
    );
  }
  const open = spec.takes.at(-1) === '…';
  const fixed = spec.takes.length - (open ? 1 : 0);
  const given = phrase('formula.given', '{count} {is|are}', { count: e.arguments.length });
  if (e.arguments.length < fixed || (!open && e.arguments.length > fixed))
    throw formulaError(
      open
        ? phrase('formula.takes-more', '{name}(…) takes {count} or more {value|values}, and {given} given.', {
            name: e.name,
            count: fixed,
            given,
          })
        : phrase('formula.takes', '{name}(…) takes {count} {value|values}, and {given} given.', { name: e.name, count: fixed, given }),
      labelWords(spec.help),
      e.from,
      e.to,
    );
  return spec;
}

function conversionHint(found: FormulaType, wanted: FormulaType): Phrase {
  if (wanted === 'number' && found === 'text')
    return phrase('formula.wrap-number', 'Wrap it in number(…), or change the column’s type first.');
  if (wanted === 'number' && found === 'datetime')
    return phrase('formula.wrap-date', 'Wrap it in days(…), year(…) or another date function.');
  if (wanted === 'text') return phrase('formula.wrap-text', 'Wrap it in text(…).');
  if (wanted === 'datetime') return phrase('formula.wrap-in-date', 'Wrap it in date(…).');
  return phrase('formula.compare', 'Compare it with something, for example = or >.');
}
