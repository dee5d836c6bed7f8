/** Principal components of a matrix: the eigenvectors of its covariance (Jolliffe, Principal Component Analysis, 1.1 and 3.5). */
import { ProblemError } from '../../base/problem.ts';
import { kernels } from '../../kernels/door.ts';
import { symmetricEigen } from '../../kernels/eigen.ts';
import type { Matrix } from '../../recipe/model.ts';

export interface Principal {
  means: Float64Array;
  /** Along each component, the largest first; as many as there are columns or, with fewer, rows. Divided by rows - 1. */
  variances: Float64Array;
  /** Row-major [components, cols], of length 1; the largest entry of each is positive. */
  directions: Float64Array;
}

/** The eigenvectors take about 10 · size³ steps. */
const MOST_SIZE = 1500;

/** X is changed: its means are taken off. */
export function principal({ rows, cols, values }: Matrix): Principal {
  const size = Math.min(rows, cols);
  if (size > MOST_SIZE) {
    throw new ProblemError({
      code: 'components.too-many',
      at: { param: 'columns' },
      args: { columns: cols, most: MOST_SIZE },
      message: `The components of ${cols} columns take too long to find here; at most ${MOST_SIZE} are possible.`,
      hint: 'Choose fewer columns.',
    });
  }
  const means = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) means[j] += values[at];
  for (let j = 0; j < cols; j++) means[j] /= rows;
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) values[at] -= means[j];
  const wide = cols > rows;
  const gram = kernels.gram(wide ? turned({ rows, cols, values }) : { rows, cols, values });
  const { values: squares, vectors } = symmetricEigen(gram, size);
  const order = Array.from(squares.keys()).sort((a, b) => squares[b] - squares[a] || a - b);
  const directions = new Float64Array(size * cols);
  order.forEach((from, place) => {
    const direction = directions.subarray(place * cols, (place + 1) * cols);
    for (let a = 0; a < size; a++) {
      const weight = vectors[a * size + from];
      if (!wide) direction[a] = weight;
      else for (let j = 0; j < cols; j++) direction[j] += weight * values[a * cols + j];
    }
    orient(direction);
  });
  return { means, variances: Float64Array.from(order, (from) => Math.max(0, squares[from]) / Math.max(1, rows - 1)), directions };
}

function turned({ rows, cols, values }: Matrix): Matrix {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = values[i * cols + j];
  return { rows: cols, cols: rows, values: out };
}

/** Length 1, largest entry positive: a direction and its opposite are the same, and people should see one of them. */
function orient(direction: Float64Array): void {
  let most = 0;
  let squares = 0;
  for (const x of direction) {
    squares += x * x;
    // A direction found by rounding alone may be larger at another place in the last digits.
    if (Math.abs(x) > Math.abs(most) * (1 + 1e-9)) most = x;
  }
  const length = Math.sqrt(squares) * (most < 0 ? -1 : 1);
  if (length !== 0) for (let j = 0; j < direction.length; j++) direction[j] /= length;
}
