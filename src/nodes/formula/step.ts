/** Formula as a table step: each formula writes one column. */
import type { ParamValues } from '../../kind/params.ts';
import { evaluate } from '../../table/formula/evaluate.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { columnOfVector } from '../../table/formula/vector.ts';
import type { Table } from '../../table/table.ts';
import { withColumn } from '../../table/table.ts';
import { formulaItems } from './kind.ts';

export { lower } from './lower.ts';

export const apply = (table: Table, params: ParamValues): Table =>
  formulaItems(params).reduce(
    (result, item) => withColumn(result, item.name, columnOfVector(evaluate(parseFormula(item.formula), result), table.rowCount)),
    table,
  );
