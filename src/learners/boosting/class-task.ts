/** What boosting descends for classes: log-odds of the second of two, or a softmax over those that occur. */
import { log } from '../../base/float.ts';
import type { Training } from '../../recipe/model.ts';
import { ASKING, type BoostingTask, NEVER } from './task.ts';

const PLAIN = { level: 0, unit: 1, hessian: 1, asking: ASKING.full };

/** Classes that have no rows are left out of the loss, and never answered. With `given` the scores start from there, not from the shares. */
export function classTask(data: Training, rows: Int32Array, given?: Float32Array): BoostingTask {
  const { y, classCount } = data;
  const shares = classShares(data, rows);
  const present = [...shares.keys()].filter((k) => shares[k] > 0);
  const learns = present.length > 1;
  if (classCount === 2) {
    const base = given ?? Float32Array.of(learns ? log(shares[1] / shares[0]) : present[0] === 1 ? NEVER : -NEVER);
    return { loss: 'logistic', targets: new Float32Array(y), starts: base, base, place: [0], ...PLAIN, learns };
  }
  const base = given ?? new Float32Array(classCount).fill(-NEVER);
  const code = new Float32Array(classCount);
  present.forEach((k, i) => {
    if (!given) base[k] = log(shares[k]);
    code[k] = i;
  });
  const starts = Float32Array.from(present, (k) => base[k]);
  return { loss: 'share', targets: new Float32Array(y).map((k) => code[k]), starts, base, place: present, ...PLAIN, learns };
}

/** Share of the weight of the rows that each class has. */
function classShares({ y, weight, classCount }: Training, rows: Int32Array): Float64Array {
  const shares = new Float64Array(classCount);
  let all = 0;
  for (let r = 0; r < rows.length; r++) {
    const w = weight ? weight[rows[r]] : 1;
    shares[y[rows[r]]] += w;
    all += w;
  }
  return shares.map((share) => share / all);
}
