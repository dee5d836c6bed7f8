/** Filter rows as a table step: the indices of the rows that meet the conditions. */
import { ProblemError, toProblem } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { evaluate } from '../../table/formula/evaluate.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { rowsWhere } from '../../table/verbs/missing.ts';
import { conditionFlags } from './conditions.ts';
import { conditions, notCondition } from './kind.ts';

/** 1 where the formula is true; false and missing are 0. */
function formulaFlags(source: string, table: Table): Uint8Array {
  try {
    const result = evaluate(parseFormula(source), table);
    if (result.type !== 'boolean') throw new ProblemError(notCondition(result.type));
    const { values } = result;
    return Uint8Array.from({ length: table.rowCount }, (_, i) => (values[values.length === 1 ? 0 : i] === 1 ? 1 : 0));
  } catch (error) {
    throw new ProblemError(toProblem(error, { param: 'formula' }));
  }
}

/** No condition at all keeps every row. */
export function select(table: Table, params: ParamValues): Int32Array {
  const tests = conditions(params).map((condition) => conditionFlags(condition, columnNamed(table, condition.column as string)));
  const source = (params.formula as string).trim();
  if (source) tests.push(formulaFlags(source, table));
  if (tests.length === 1) return rowsWhere(tests[0], 1);
  const any = params.match === 'any' && tests.length > 0;
  const met = new Uint8Array(table.rowCount).fill(any ? 0 : 1);
  for (const flags of tests) {
    if (any) for (let i = 0; i < met.length; i++) met[i] |= flags[i];
    else for (let i = 0; i < met.length; i++) met[i] &= flags[i];
  }
  return rowsWhere(met, 1);
}

export const headline = (before: Table, after: Table): Phrase =>
  phrase('result.rows-of', '{after} of {before} rows', { after: after.rowCount, before: before.rowCount });
