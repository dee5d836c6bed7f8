/** The columns that a step looks at together, as one matrix: how learners see them, with the Problems of a step. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { ColumnFilter, ColumnPick, ParamValues } from '../kind/params.ts';
import type { Graph, Value } from '../onnx/build.ts';
import { applyFeaturiser, fitFeaturiser } from '../recipe/featurise.ts';
import { lowerFeaturiser } from '../recipe/lower-featuriser.ts';
import type { Featuriser, Matrix } from '../recipe/model.ts';
import type { LoweredTable } from '../recipe/step.ts';
import type { Table } from '../table/table.ts';
import { chosenNames } from '../table/verbs/choose.ts';

/** What can stand in the matrix: numbers, and categories as one column per level. */
export const MATRIX_COLUMNS = { types: ['number', 'integer', 'boolean', 'category'], roles: ['feature'] } as const;

export interface FittedMatrix {
  featuriser: Featuriser;
  X: Matrix;
  /** The chosen columns, also those that are the same in every row and not in the matrix. */
  names: string[];
}

/** Learns fills, scales and levels from the rows. Throws a Problem when there is no row or no column to learn from. */
export function fitMatrix(
  table: Table,
  params: ParamValues,
  numbers: Featuriser['numbers'],
  filter: ColumnFilter = MATRIX_COLUMNS,
): FittedMatrix {
  const names = chosenNames(table, params.columns as ColumnPick, filter);
  const { featuriser, notes } = fitFeaturiser(table, names, numbers);
  if (featuriser.features.length === 0) {
    throw new ProblemError({
      code: 'step.no-columns',
      at: { param: 'columns' },
      args: { notes },
      message: 'There are no columns to look at.',
      hint: notes[0] ?? phrase('step.choose-columns', 'Choose at least one column of numbers, yes/no or categories.'),
    });
  }
  if (table.rowCount === 0) {
    throw new ProblemError({
      code: 'step.no-rows',
      message: 'There are no rows to learn from.',
      hint: 'Check the table on the wire: a filter or a drop step before may leave nothing.',
    });
  }
  const X = applyFeaturiser(featuriser, table, 'float64');
  const bad = X.values.findIndex((value) => Math.abs(value) > MOST);
  if (bad >= 0) {
    const feature = featuriser.features[bad % X.cols];
    throw new ProblemError({
      code: 'step.not-finite',
      at: { column: feature, row: Math.floor(bad / X.cols) },
      args: { feature },
      message: `The column “${feature}” holds a number too large to compute with.`,
      hint: 'Replace extreme values in that column, let numbers be standardised, or leave the column out.',
    });
  }
  return { featuriser, X, names };
}

/** Squares and sums of numbers up to here stay within the doubles. */
const MOST = 1e140;

/** The matrix of other rows. */
export const matrixOf = (featuriser: Featuriser, table: Table): Matrix => applyFeaturiser(featuriser, table, 'float64');

/** Double [batch, features]. */
export const lowerMatrix = (graph: Graph, featuriser: Featuriser, columns: LoweredTable): Value =>
  lowerFeaturiser(graph, featuriser, columns, 'float64');

/** What a coordinate of the matrix is in the column's own units: a number, or the share of a level. */
export function inUnits(featuriser: Featuriser, coordinate: (feature: number) => number): { name: string; value: number }[] {
  let at = 0;
  return featuriser.columns.flatMap(({ name, levels, offset, scale = 1 }) => {
    if (levels) return levels.map((level) => ({ name: `${name}=${level}`, value: coordinate(at++) }));
    const value = coordinate(at++);
    return [{ name, value: offset === undefined ? value : value * scale + offset }];
  });
}
