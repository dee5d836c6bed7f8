/**
 * Gradient boosting in WebAssembly. Everything per row and per bin happens in the memory of one fit; the learner decides which leaf is split next, and
 * by small numbers says so. A leaf is a record: its rows are rows[start … end - 1] of the present tree, its sums lie in a slot.
 */
import { scaleByPower } from '../base/double-double.ts';
import { log2 } from '../base/float.ts';
import { type FeatureSetup, fillFeatures, fillRows, type RowSetup } from './boosting-fill.ts';
import { type BoosterLeaf, type BoosterSplit, type GrowSettings, type SplitNode, treeRecords, writeJob } from './boosting-job.ts';
import { type BoostingSize, boostingArea, codePlan, fours, layBoosting, RECORD, rowsIn, slotsOf, wantColumns } from './boosting-room.ts';
import { openSpace } from './space.ts';

/** Numbers of the losses in `losses.as.ts`; `share` is one class of a softmax. */
const LOSSES = { squared: 0, logistic: 1, absolute: 2, quantile: 3, poisson: 4, tweedie: 5, share: 6 } as const;
export type LossName = keyof typeof LOSSES;

export interface BoosterSetup extends FeatureSetup, RowSetup, Pick<BoostingSize, 'drawn' | 'symmetric'> {
  loss: LossName;
  /** The quantile, or the power of Tweedie. */
  level: number;
  settings: GrowSettings;
  /** What the raw scores start from, one per output; several outputs are classes. */
  bases: Float32Array;
  /** Where trees are there already: what they say, per output and by row of `values`. */
  scores?: readonly Float32Array[];
}
/** A node of a finished tree; node 0 is the root, a leaf has no children. */
export interface BoosterNode {
  feature: number;
  left: number;
  right: number;
  /** Number of the cut that parted it. */
  cut: number;
  value: number;
}

const NODE_WORDS = 5;

/** The largest power of two within float32 that keeps `sum` below `room`. */
const scaleFor = (room: number, sum: number): number => {
  const most = room / (sum * 1.0001 + 1e-30);
  const power = Math.min(100, Math.max(-100, Math.floor(log2(most))));
  const scale = scaleByPower(1, power);
  return scale > most ? scale / 2 : scale;
};

export type Booster = ReturnType<typeof openBooster>;

/** Bins the rows and opens the memory of a fit; throws the Problem `kernel.memory`. Close it in a `finally`. */
export function openBooster(setup: BoosterSetup) {
  const { edges, train, aside, bases, level, settings } = setup;
  const cols = edges.length;
  const outputs = bases.length;
  const plan = codePlan(edges);
  const size: BoostingSize = {
    ...setup,
    leaves: setup.settings.leaves,
    slots: slotsOf(plan, setup.settings.leaves),
    train: train.length,
    aside: aside.length,
    cols,
    outputs,
    columns: wantColumns(plan, rowsIn({ train: train.length, aside: aside.length })),
    weighted: setup.weights !== undefined,
    sorted: setup.loss === 'absolute' || setup.loss === 'quantile',
  };
  const space = openSpace(boostingArea, (room) => layBoosting(room, size, plan));
  const { call, at } = space;
  try {
    fillFeatures(call, at, plan, setup);
    fillRows(call, at, plan, setup);
  } catch (error) {
    space.close();
    throw error;
  }
  at.scores.fill(0);
  at.clean.fill(0);
  const job = writeJob(at, plan, { ...setup, ...size, quantile: size.sorted });
  const records = treeRecords(at);
  const { scores: known } = setup;
  at.bases.set(bases);
  const asideFrom = fours(train.length);
  const scoreBytes = fours(rowsIn(size)) * 4;
  const weights = size.weighted ? at.weights.byteOffset : 0;
  const loss = outputs > 1 ? LOSSES.share : LOSSES[setup.loss];
  const even = loss <= LOSSES.quantile && loss !== LOSSES.logistic && !size.weighted;

  const wordsOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    new Int32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4);
  const doublesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    new Float64Array(buffer as ArrayBuffer, byteOffset, byteLength / 8);
  const found = { doubles: doublesOf(at.found), words: wordsOf(at.found) };
  const totals = wordsOf(at.totals);
  const nodeFloats = new Float32Array(at.nodes.buffer, at.nodes.byteOffset, at.nodes.length);

  /** Whole number = real number · scale, for this tree. */
  let scaleG = 1;
  let scaleH = 1;
  const scales: [number, number][] = Array.from(bases, () => [1, 1]);
  const checkSum = new BigInt64Array(at.checks.buffer, at.checks.byteOffset, 3);
  let taken = 0;
  let allowed = 0;

  const scoresOf = (output: number) => at.scores.byteOffset + output * scoreBytes;
  known?.forEach((column, output) => {
    const padded = scoreBytes / 4;
    train.forEach((row, i) => {
      at.scores[output * padded + i] = column[row];
    });
    aside.forEach((row, i) => {
      at.scores[output * padded + asideFrom + i] = column[row];
    });
  });
  const sharesOf = (output: number) => at.shares.byteOffset + output * scoreBytes;
  const rowAt = (place: number) => at.rows.byteOffset + 4 * place;
  const slotAt = (slot: number) => at.sums.byteOffset + slot * plan.sumsBytes;
  const totalAt = (leaf: number) => at.totals.byteOffset + 8 * leaf;
  const recordAt = (leaf: number) => at.found.byteOffset + RECORD * leaf;
  const sidesAt = (cut: number) => at.sides.byteOffset + 256 * cut;
  const wholeHessian = (leaf: number) => totals[2 * leaf] >>> 0;

  /** The codes of a feature: where the first lies, and how far apart they are. */
  const codesOf = (feature: number): [Uint8Array, number, number] =>
    at.columns.length > 0 ? [at.columns, (feature * at.columns.length) / cols, 1] : [at.codes, plan.places[feature], plan.rowBytes];

  return {
    bytes: space.bytes,
    /** Nodes whose sums can be held at once, numbered from 0. */
    slots: size.slots,
    close: space.close,

    /** The rows of the next trees: all, or each with chance `share`, at least one. Gives how many. */
    takeRows: (share: number, seed: number): number => {
      taken = train.length;
      if (share < 1) {
        taken = call.drawRows(train.length, seed, share * 4294967296, at.rows.byteOffset, at.left.byteOffset);
        if (taken > 0) return taken;
        taken = train.length;
      }
      call.countUp(at.rows.byteOffset, taken);
      return taken;
    },

    /** Before a round with several outputs: the share of each class from the present scores, of all rows. */
    shareOut: (): void => {
      if (outputs > 1) call.softmaxRows(scoresOf(0), at.bases.byteOffset, outputs, scoreBytes, rowsIn(size), sharesOf(0));
    },

    /** Gradients of output k on the rows learned from, as whole numbers; the sum over the taken rows goes to leaf 0. */
    differentiate: (k: number): void => {
      const scores = outputs > 1 ? sharesOf(k) : scoresOf(0);
      const stage = outputs > 1 ? k : level;
      // Rounding adds at most a half per row, so no sum reaches 2^31.
      const room = 2147483647 - train.length;
      // Powers of two, the largest that fit, so that they do not depend on what came before. Those of the last tree mostly serve again.
      for (let attempt = 0, fits = false; attempt < 2 && !fits; attempt++) {
        [scaleG, scaleH] = scales[k];
        call.differentiateRows(
          loss,
          scores,
          at.targets.byteOffset,
          weights,
          train.length,
          bases[0],
          stage,
          scaleG,
          scaleH,
          at.packed.byteOffset,
          at.checks.byteOffset,
        );
        scales[k] = [scaleFor(room, at.checks[0]), even ? 1 : scaleFor(room, at.checks[1])];
        fits = scales[k][0] === scaleG && scales[k][1] === scaleH;
      }
      job.setScales(scaleG, scaleH);
      if (taken === train.length) at.totals[0] = checkSum[2];
      else call.sumPacked(at.packed.byteOffset, at.rows.byteOffset, taken, totalAt(0));
    },

    /** Features that splits may ask, in rising order. */
    allow: (features: Int32Array): void => {
      at.list.set(features);
      allowed = features.length;
      job.setAllowed(allowed);
    },

    /** Grows a tree leaf by leaf on the taken rows, whose gradients are ready; with a seed thresholds are drawn. `make` gets every node. */
    grow: <N>(make: (node: SplitNode) => N, seed?: number): { nodes: N[]; leaves: BoosterLeaf[]; work: number } => {
      const count = call.growTree(job.address, taken, seed === undefined ? 0 : 1, seed ?? 0);
      const nodes: N[] = [];
      for (let i = 0; i < 2 * count - 1; i++) nodes.push(make(records.node(i)));
      const leaves: BoosterLeaf[] = [];
      for (let i = 0; i < count; i++) leaves.push(records.leaf(i));
      return { nodes, leaves, work: job.work() };
    },
    /** The best value of a leaf within its bounds, before the learning rate. */
    leafValue: ({ record, start, end, lower, upper }: Omit<BoosterLeaf, 'node'>): number =>
      call.leafValue(job.address, record, start, end, lower, upper),

    /** For trees that grow otherwise: sums the rows [start, end) into a slot … */
    sumNode: (slot: number, start: number, end: number): void => call.sumNode(job.address, slot, start, end),
    /** … puts the sibling's sums in the place of the parent's, where `child` holds those of the rows [start, end) … */
    subtract: (parent: number, child: number, start: number, end: number): void => call.takeSums(job.address, parent, child, start, end),
    /** … and says that the sums of the rows [start, end) in a slot are not needed any more. */
    giveUp: (slot: number, start: number, end: number): void => call.giveUpSums(job.address, slot, start, end),

    /** For symmetric trees: forgets the gains of the last level … */
    clearGains: (): void => call.clearSums(at.gains.byteOffset, at.gains.byteLength),
    /** … adds those of a leaf's splits … */
    addGains: (slot: number, { record, start, end, lower, upper }: Omit<BoosterLeaf, 'node'>, seed?: number): void => {
      const [random, from] = seed === undefined ? [0, 0] : [1, seed];
      call.prepareSearch(job.address, record, end - start, settings.minLeaf, lower, upper, random, from);
      call.addGains(
        at.features.byteOffset,
        at.list.byteOffset,
        allowed,
        slotAt(slot),
        totalAt(record),
        at.search.byteOffset,
        at.gains.byteOffset,
        plan.sumsBytes,
      );
    },
    /** … and gives the best sum, with its split as found for leaf 0; a gain ≤ 0 means none. */
    bestGain: (): number => {
      call.bestGain(at.features.byteOffset, at.list.byteOffset, allowed, at.gains.byteOffset, plan.sumsBytes, recordAt(0));
      return found.doubles[0] * (scaleH / (scaleG * scaleG));
    },
    /** Whether any row learned from lacks the feature. */
    lacks: (feature: number): boolean => {
      const missing = edges[feature].length + 1;
      const [codes, from, step] = codesOf(feature);
      for (let i = 0; i < train.length; i++) if (codes[from + i * step] === missing) return true;
      return false;
    },

    /** What the last search of a leaf found. */
    found: (leaf: number): BoosterSplit => {
      const w = (leaf * RECORD) / 4;
      const { words } = found;
      return {
        feature: words[w + 4],
        bin: words[w + 5],
        missingLeft: words[w + 6] === 1,
        ...(words[w + 7] === 1 ? { set: at.found.slice(leaf * RECORD + 32, leaf * RECORD + 64) } : {}),
      };
    },

    /**
     * Parts the rows [start, end) by the split last found for a leaf; gives where the right side begins. Who goes where stays for
     * `addToOthers` under the number `cut`.
     */
    part: (record: number, cut: number, start: number, end: number): number => call.partLeaf(job.address, record, cut, start, end),

    /** Changes where missing values go in a cut that parted no row without the feature. */
    sendMissing: (cut: number, feature: number, left: boolean): void => {
      at.sides[256 * cut + edges[feature].length + 1] = left ? 1 : 0;
    },

    /** Sums of the children, to the records `left` and `right`, either of which may be the parent's: rows before `middle` are the left child's. */
    passOnRows: (parent: number, left: number, right: number, start: number, middle: number): void => {
      const sum = at.totals[parent];
      call.sumPacked(at.packed.byteOffset, rowAt(start), middle - start, totalAt(left));
      at.totals[right] = sum - at.totals[left];
    },

    /** Real sums of a leaf's gradients and hessians. */
    sumsOf: (leaf: number): { gradient: number; hessian: number } => ({
      gradient: totals[2 * leaf + 1] / scaleG,
      hessian: wholeHessian(leaf) / scaleH,
    }),

    /** Weight of the rows [start, end) that are of class `code`, and of all of them. */
    weigh: (start: number, end: number, code: number): { hits: number; all: number } => {
      call.weighTargets(at.targets.byteOffset, weights, rowAt(start), end - start, code, at.checks.byteOffset);
      return { hits: at.checks[0], all: at.checks[1] };
    },

    /** Adds a value per leaf to the scores of the rows that the leaves hold. */
    addToLeaves: (output: number, leaves: readonly BoosterLeaf[], values: Float32Array): void => {
      for (let i = 0; i < leaves.length; i++) records.setLeaf(i, leaves[i], values[i]);
      call.addLeaves(job.address, leaves.length, scoresOf(output));
    },

    /** Adds a finished tree to the scores of the rows that did not grow it: those not drawn, and those kept aside. */
    addToOthers: (output: number, nodes: readonly BoosterNode[]): void => {
      nodes.forEach(({ feature, left, right, cut, value }, i) => {
        const w = i * NODE_WORDS;
        const inner = left !== right;
        at.nodes[w] = inner ? plan.places[feature] : 0;
        at.nodes[w + 1] = inner ? sidesAt(cut) : 0;
        at.nodes[w + 2] = at.nodes.byteOffset + left * NODE_WORDS * 4;
        at.nodes[w + 3] = at.nodes.byteOffset + right * NODE_WORDS * 4;
        nodeFloats[w + 4] = value;
      });
      const walk = (rows: number, first: number, count: number) =>
        call.addByCodes(at.codes.byteOffset, plan.rowBytes, rows, first, count, at.nodes.byteOffset, scoresOf(output));
      if (taken < train.length) walk(at.left.byteOffset, 0, train.length - taken);
      walk(0, asideFrom, aside.length);
    },

    /** Sum of the loss over rows [from, to) of those kept aside or learned from; see `losses.as.ts` for what it leaves out. With several outputs after `shareOut`. */
    lossOver: (part: 'train' | 'aside', from: number, to: number): number => {
      const first = part === 'train' ? 0 : asideFrom;
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        const scores = outputs > 1 ? sharesOf(k) : scoresOf(0);
        const stage = outputs > 1 ? k : level;
        sum += call.sumLosses(loss, scores, at.targets.byteOffset, weights, first + from, first + to, bases[0], stage);
      }
      return sum;
    },
  };
}
