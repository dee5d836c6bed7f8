/** Which rows boosting learns from and which it keeps aside to know when to stop. */
import type { Random } from '../../base/random.ts';
import { makeFolds } from '../../metrics/folds.ts';
import type { Training } from '../../recipe/model.ts';

export interface Parts {
  train: Int32Array;
  aside: Int32Array;
}

/** Fewer rows than this are all learned from: a handful cannot judge. */
const LEAST_ROWS = 40;

function weighedRows(count: number, weight: Float64Array | undefined): Int32Array {
  const rows = new Int32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) if (!weight || weight[i] > 0) rows[kept++] = i;
  return rows.slice(0, kept);
}

/** Rows of weight zero are in neither part. Rows given as `aside` are those kept; else classes keep their shares, groups stay whole; `share` 0 keeps nothing aside. */
export function partRows({ y, classCount, weight, groups, aside }: Training, share: number, random: Random): Parts {
  if (aside) return { train: weighedRows(aside[0], weight), aside: share > 0 ? aside : new Int32Array() };
  const rows = weighedRows(y.length, weight);
  const none = { train: rows, aside: new Int32Array() };
  if (share === 0 || rows.length < LEAST_ROWS) return none;
  const k = Math.max(2, Math.round(1 / share));
  const ownGroups = groups && rows.map((i) => groups[i]);
  if (ownGroups && new Set(ownGroups).size < k) return none;
  const fold = makeFolds({
    n: rows.length,
    k,
    random,
    ...(classCount > 0 ? { strata: rows.map((i) => y[i]) } : {}),
    ...(ownGroups ? { groups: ownGroups } : {}),
  });
  return { train: rows.filter((_, r) => fold[r] !== 0), aside: rows.filter((_, r) => fold[r] === 0) };
}
