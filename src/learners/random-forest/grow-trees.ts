/** Grows a forest's trees in batches of fixed size, here or in several workers at once: the same trees and the same bits whatever their number. */
import { mapAtOnce } from '../../base/parallel.ts';
import { type ForestCodes, type ForestSettings, kernels, type OutOfBag, type TreeArrays } from '../../kernels/door.ts';
import type { FitRun } from '../../recipe/model.ts';
import { pacer } from '../pacer.ts';

/** What all trees of a forest learn from; `targets` and `weights` by row of the table. */
export interface ForestRows {
  table: ForestCodes;
  rows: Int32Array;
  targets: Float64Array;
  weights: Float64Array;
  settings: ForestSettings;
}
/** Trees grown one after the other, and what they say of rows that they did not learn from. */
export interface Batch extends OutOfBag {
  grown: TreeArrays[];
}
/** Work for another worker: batches of trees, four words of seed each. */
interface Share extends ForestRows {
  batches: Uint32Array[];
}

type Told = (batch: Batch, place: number) => void;

const SEED_WORDS = 4;
/** Batches of a forest: points of its curve, and what can be done at once. Fewer where each holds very many numbers of rows out of bag. */
const MOST_BATCHES = 20;
const LEAST_BATCHES = 4;
const NUMBERS_IN_ALL = 1e8;
const batchesOf = ({ table, settings }: ForestRows): number =>
  Math.max(LEAST_BATCHES, Math.min(MOST_BATCHES, Math.floor(NUMBERS_IN_ALL / (table.rows * Math.max(1, settings.classes)))));
/** Shares per worker, so that a slow one does not keep the others waiting. */
const SHARES = 2;
/** Elementary operations from which on other workers are worth asking. */
const WORTH_SPREADING = 3e7;
export const TREES_PART = 'trees';

/** Operations of one tree, roughly. */
const workOf = ({ rows, settings }: ForestRows): number => rows.length * settings.tries * 40;

/** Grows batches one after the other; stopped, it ends after a tree, the first of all being always grown. */
async function growHere({ batches, ...forest }: Share, run: Pick<FitRun, 'stopRequested'>, told: Told): Promise<void> {
  const { table, rows, targets, weights, settings } = forest;
  const grower = kernels.openForest(table, rows, targets, weights, settings);
  const pace = pacer(run);
  try {
    let stopped = false;
    for (let place = 0; place < batches.length && !stopped; place++) {
      const seeds = batches[place];
      const grown: TreeArrays[] = [];
      for (let at = 0; at < seeds.length && !stopped; ) {
        grown.push(grower.grow({ uint32: () => seeds[at++] }));
        stopped = await pace(workOf(forest));
      }
      told({ grown, ...grower.takeOutOfBag() }, place);
    }
  } finally {
    grower.close();
  }
}

/** The part of a fit that other workers do. */
export async function growShare(args: unknown, run: FitRun): Promise<Batch[]> {
  const done: Batch[] = [];
  await growHere(args as Share, run, (batch) => done.push(batch));
  return done;
}

/** `count` trees in order, or those until the run is stopped; `told` hears of each batch as it comes, in any order, and what rows out of bag are told is not kept. */
export async function growTrees(forest: ForestRows, count: number, run: FitRun, told: Told): Promise<TreeArrays[]> {
  const size = Math.ceil(count / batchesOf(forest));
  const batches: Uint32Array[] = [];
  for (let first = 0; first < count; first += size) {
    const trees = Math.min(size, count - first);
    const seeds = Array.from({ length: trees }, (_, i) => {
      const random = run.random(`tree ${first + i + 1}`);
      return Array.from({ length: SEED_WORDS }, () => random.uint32());
    });
    batches.push(Uint32Array.from(seeds.flat()));
  }
  const trees: TreeArrays[][] = [];
  const hear: Told = (batch, place) => {
    trees[place] = batch.grown;
    told(batch, place);
  };
  const { spread, width = 1 } = run;
  if (!spread || width < 2 || workOf(forest) * count < WORTH_SPREADING) {
    await growHere({ ...forest, batches }, run, hear);
    return trees.flat();
  }
  const shares = Math.min(batches.length, width * SHARES);
  const starts = Array.from({ length: shares + 1 }, (_, s) => Math.round((s * batches.length) / shares));
  await mapAtOnce(starts.slice(0, -1), width, async (first, place) => {
    if (place > 0 && run.stopRequested()) return;
    const own = batches.slice(first, starts[place + 1]);
    const done = (await spread(TREES_PART, { ...forest, batches: own } satisfies Share)) as Batch[];
    done.forEach((batch, i) => {
      hear(batch, first + i);
    });
  });
  return trees.flat();
}
