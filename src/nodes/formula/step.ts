/** Formula as a table step: each formula writes one column. */
import { ProblemError, toProblem } from '../../base/problem.ts';
import { columnsOf, type Phrase, phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { evaluate } from '../../table/formula/evaluate.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { columnOfVector } from '../../table/formula/vector.ts';
import { type Table, withColumn } from '../../table/table.ts';
import { formulaItems } from './kind.ts';

export { lower } from './lower.ts';

/** Later formulas read what earlier ones wrote. Throws the Problem of the first one that is wrong. */
export function apply(table: Table, params: ParamValues): Table {
  try {
    return formulaItems(params).reduce(
      (result, item) => withColumn(result, item.name, columnOfVector(evaluate(parseFormula(item.formula), result), table.rowCount)),
      table,
    );
  } catch (error) {
    throw new ProblemError(toProblem(error, { param: 'formulas' }));
  }
}

export const headline = (before: Table, after: Table): Phrase | undefined =>
  after.columns.length > before.columns.length
    ? phrase('result.columns-added', '{columns} added', { columns: columnsOf(after.columns.length - before.columns.length) })
    : undefined;
