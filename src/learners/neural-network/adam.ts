/** Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) on plain arrays; only exact arithmetic and square roots. */
const BETA1 = 0.9;
const BETA2 = 0.999;
export const EPSILON = 1e-7;

export interface Adam {
  /** Moves every parameter array by its gradient; `decay` says which arrays shrink. */
  step: (
    parameters: readonly Float32Array[],
    gradients: readonly ArrayLike<number>[],
    decay: readonly number[],
    learningRate: number,
  ) => void;
}

export function newAdam(sizes: readonly number[]): Adam {
  const first = sizes.map((size) => new Float32Array(size));
  const second = sizes.map((size) => new Float32Array(size));
  let power1 = 1;
  let power2 = 1;
  return {
    step: (parameters, gradients, decay, learningRate) => {
      power1 *= BETA1;
      power2 *= BETA2;
      parameters.forEach((values, p) => {
        const gradient = gradients[p];
        const m = first[p];
        const v = second[p];
        const keep = 1 - learningRate * decay[p];
        for (let i = 0; i < values.length; i++) {
          const g = gradient[i];
          m[i] = BETA1 * m[i] + (1 - BETA1) * g;
          v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
          values[i] = values[i] * keep - (learningRate * (m[i] / (1 - power1))) / (Math.sqrt(v[i] / (1 - power2)) + EPSILON);
        }
      });
    },
  };
}
