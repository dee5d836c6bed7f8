/** Fills the memory of a boosting fit before its first round: how features lie, all rows as codes, targets and weights. */
import { BLOCK_ROWS, type BoostingExports, type BoostingRoom, type CodePlan, fours } from './boosting-room.ts';
import { copyRows, type Edges } from './edges.ts';

export interface FeatureSetup {
  edges: Edges;
  /** Which features are categories, with the codes 0, 1 …. */
  categories: readonly boolean[];
  /** Which way the answer must go with a feature: -1, 1, or 0 for either. */
  directions: readonly number[];
}
export interface RowSetup {
  /** Row-major [rows, cols]. */
  values: Float32Array;
  /** The rows of `values` that are learned from and those kept aside. */
  train: Int32Array;
  aside: Int32Array;
  /** By row of `values`. */
  targets: Float32Array;
  weights?: Float32Array;
}

/** Describes every feature to `findSplit` and to `codeRows`. */
export function fillFeatures(
  call: BoostingExports,
  at: BoostingRoom,
  plan: CodePlan,
  { edges, categories, directions }: FeatureSetup,
): void {
  at.places.set(plan.places);
  plan.groups.forEach(({ codes, sums, words, half, stride }, g) => {
    at.groups.set([codes, sums, words, half, stride], 5 * g);
  });
  edges.forEach((list, f) => {
    at.features.set([plan.offsets[f], list.length, categories[f] ? 1 : 0, directions[f]], 4 * f);
    at.counts[f] = list.length;
    at.tables.set(list, 256 * f);
    call.fillEdges(at.tables.byteOffset + 1024 * f, list.length);
  });
}

/** Codes the rows block by block, so that the table is not held twice. Rows kept aside begin at a multiple of four. */
export function fillRows(call: BoostingExports, at: BoostingRoom, plan: CodePlan, rows: RowSetup): void {
  const cols = plan.places.length;
  const columnBytes = at.columns.length / Math.max(1, cols);
  // What pads the rows is read with them.
  at.codes.fill(0);
  for (const [part, first] of [
    [rows.train, 0],
    [rows.aside, fours(rows.train.length)],
  ] as const) {
    for (let from = 0; from < part.length; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, part.length - from);
      copyRows(rows.values, cols, part, from, count, at.block);
      const to = first + from;
      call.codeRows(
        at.block.byteOffset,
        count,
        cols,
        at.tables.byteOffset,
        at.counts.byteOffset,
        at.places.byteOffset,
        at.codes.byteOffset + to * plan.rowBytes,
        plan.rowBytes,
        at.columns.length > 0 ? at.columns.byteOffset + to : 0,
        columnBytes,
        at.coarse.byteOffset,
      );
    }
    for (let i = 0; i < part.length; i++) {
      at.targets[first + i] = rows.targets[part[i]];
      if (rows.weights) at.weights[first + i] = rows.weights[part[i]];
    }
  }
}
