/** SHAP values of linear scores, features taken as independent: the weight times how far the value is from its mean (Lundberg and Lee 2017, corollary 1). */
import type { Contributions, Matrix } from '../../recipe/model.ts';

/** Weights row-major [cols, outputs]. `means` are those of the matrix's columns over the rows that the score is held against. */
export function linearContributions(
  { weights, intercepts }: { weights: Float64Array; intercepts: Float64Array },
  { rows, cols, values: x }: Matrix,
  means: Float64Array,
  unit: Contributions['unit'],
): Contributions {
  const outputs = intercepts.length;
  const values = new Float64Array(rows * outputs * cols);
  const expected = intercepts.slice();
  for (let k = 0; k < outputs; k++)
    for (let j = 0; j < cols; j++) {
      const weight = weights[j * outputs + k];
      expected[k] += weight * means[j];
      for (let i = 0; i < rows; i++) values[(i * outputs + k) * cols + j] = weight * (x[i * cols + j] - means[j]);
    }
  return { values, expected, unit };
}
