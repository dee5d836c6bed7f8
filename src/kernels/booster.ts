/**
 * Gradient boosting in WebAssembly. Everything per row and per bin happens in the memory of one fit; the learner decides which leaf is split next, and
 * by small numbers says so. A leaf is a record: its rows are rows[start … end - 1] of the present tree, its sums lie in a slot.
 */
import { scaleByPower } from '../base/double-double.ts';
import { log2 } from '../base/float.ts';
import { type FeatureSetup, fillFeatures, fillRows, type RowSetup } from './boosting-fill.ts';
import { type BoostingSize, boostingArea, codePlan, fours, layBoosting, RECORD, rowsIn, slotsOf } from './boosting-room.ts';
import { openSpace } from './space.ts';

/** Numbers of the losses in `losses.as.ts`; `share` is one class of a softmax. */
const LOSSES = { squared: 0, logistic: 1, absolute: 2, quantile: 3, poisson: 4, tweedie: 5, share: 6 } as const;
export type LossName = keyof typeof LOSSES;

export interface BoosterSetup extends FeatureSetup, RowSetup, Pick<BoostingSize, 'leaves' | 'drawn' | 'symmetric'> {
  loss: LossName;
  /** The quantile, or the power of Tweedie. */
  level: number;
  /** What the raw scores start from, one per output; several outputs are classes. */
  bases: Float32Array;
  /** Where trees are there already: what they say, per output and by row of `values`. */
  scores?: readonly Float32Array[];
}
export interface SearchSettings {
  l1: number;
  l2: number;
  minLeaf: number;
  minHessian: number;
  /** Bounds of the node's value, before the learning rate. */
  lower: number;
  upper: number;
  /** Draws one threshold per feature; undefined = all are tried. */
  seed?: number;
}
export interface BoosterSplit {
  gain: number;
  feature: number;
  /** Codes up to this one go left … */
  bin: number;
  /** … or these categories: 32 bytes of bits. */
  set?: Uint8Array;
  missingLeft: boolean;
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

/** As many rows' worth of hessian hold back sets of categories. */
const SMOOTH_ROWS = 10;
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
  const { edges, train, aside, bases, level } = setup;
  const cols = edges.length;
  const outputs = bases.length;
  const plan = codePlan(edges);
  const size: BoostingSize = {
    ...setup,
    slots: slotsOf(plan, setup.leaves),
    train: train.length,
    aside: aside.length,
    cols,
    outputs,
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
  const search = { doubles: doublesOf(at.search), words: wordsOf(at.search) };
  const totals = wordsOf(at.totals);
  const nodeFloats = new Float32Array(at.nodes.buffer, at.nodes.byteOffset, at.nodes.length);

  /** Whole number = real number · scale, for this tree. */
  let scaleG = 1;
  let scaleH = 1;
  const scales: [number, number][] = Array.from(bases, () => [1, 1]);
  const checkSum = new BigInt64Array(at.checks.buffer, at.checks.byteOffset, 3);
  let taken = 0;
  let allowed = 0;
  const careful = setup.directions.some((direction) => direction !== 0);

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

  const columnBytes = at.columns.length / Math.max(1, cols);
  /** Real gain of a whole one. */
  const gainUnit = () => scaleH / (scaleG * scaleG);
  /** Writes what a leaf with `count` rows is searched with. */
  const prepare = (leaf: number, count: number, { l1, l2, minLeaf, minHessian, lower, upper, seed }: SearchSettings) => {
    const whole = wholeHessian(leaf);
    search.doubles[0] = l2 * scaleH;
    search.doubles[1] = l1 * scaleG;
    search.doubles[2] = Math.max(1, minHessian * scaleH, ((minLeaf - 0.5) * whole) / count);
    search.doubles[3] = (lower * scaleG) / scaleH;
    search.doubles[4] = (upper * scaleG) / scaleH;
    search.doubles[5] = (SMOOTH_ROWS * whole) / count;
    search.words[12] = at.candidates.byteOffset;
    search.words[13] = careful || seed !== undefined ? 1 : 0;
    search.words[14] = seed === undefined ? 0 : 1;
    search.words[15] = seed ?? 0;
  };

  /** Sums are whole numbers, so that taking rows off is exact; for few rows it is faster than passing over all the sums. */
  const few = (rows: number) => rows * cols * 16 < plan.sumsBytes;
  const clean = new Uint8Array(size.slots);
  const addRows = (slot: number, start: number, end: number, sign: 1 | -1) =>
    call.sumRows(
      at.codes.byteOffset,
      plan.rowBytes,
      sign > 0 && end - start === train.length ? 0 : rowAt(start),
      end - start,
      at.packed.byteOffset,
      at.groups.byteOffset,
      plan.groups.length,
      slotAt(slot),
      sign,
    );

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
      if (taken === train.length) at.totals[0] = checkSum[2];
      else call.sumPacked(at.packed.byteOffset, at.rows.byteOffset, taken, totalAt(0));
    },

    /** Sums the rows [start, end) into a slot. */
    sumNode: (slot: number, start: number, end: number): void => {
      if (clean[slot] === 0) call.clearSums(slotAt(slot), plan.sumsBytes);
      clean[slot] = 0;
      addRows(slot, start, end, 1);
    },

    /** The sibling's sums in the place of the parent's: `child` holds those of the rows [start, end). */
    subtract: (parent: number, child: number, start: number, end: number): void => {
      if (few(end - start)) addRows(parent, start, end, -1);
      else call.subtractSums(slotAt(parent), slotAt(child), plan.sumsBytes);
    },

    /** Says that the sums of the rows [start, end) in a slot are not needed any more. */
    giveUp: (slot: number, start: number, end: number): void => {
      if (!few(end - start)) return;
      addRows(slot, start, end, -1);
      clean[slot] = 1;
    },

    /** Features that splits may ask, in rising order. */
    allow: (features: Int32Array): void => {
      at.list.set(features);
      allowed = features.length;
    },

    /** Looks for the best split of a leaf with `count` rows; a gain ≤ 0 means none. */
    search: (leaf: number, slot: number, count: number, settings: SearchSettings): number => {
      prepare(leaf, count, settings);
      call.findSplit(
        at.features.byteOffset,
        at.list.byteOffset,
        allowed,
        slotAt(slot),
        totalAt(leaf),
        at.search.byteOffset,
        recordAt(leaf),
      );
      return found.doubles[(leaf * RECORD) / 8] * gainUnit();
    },

    /** For symmetric trees: forgets the gains of the last level … */
    clearGains: (): void => call.clearSums(at.gains.byteOffset, at.gains.byteLength),
    /** … adds those of a leaf's splits … */
    addGains: (leaf: number, slot: number, count: number, settings: SearchSettings): void => {
      prepare(leaf, count, settings);
      call.addGains(
        at.features.byteOffset,
        at.list.byteOffset,
        allowed,
        slotAt(slot),
        totalAt(leaf),
        at.search.byteOffset,
        at.gains.byteOffset,
        plan.sumsBytes,
      );
    },
    /** … and gives the best sum, with its split as found for leaf 0; a gain ≤ 0 means none. */
    bestGain: (): number => {
      call.bestGain(at.features.byteOffset, at.list.byteOffset, allowed, at.gains.byteOffset, plan.sumsBytes, recordAt(0));
      return found.doubles[0] * gainUnit();
    },
    /** Whether any row learned from lacks the feature. */
    lacks: (feature: number): boolean =>
      at.columns.subarray(feature * columnBytes, feature * columnBytes + train.length).includes(edges[feature].length + 1),

    /** What the last search of a leaf found. */
    found: (leaf: number): Omit<BoosterSplit, 'gain'> => {
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
    part: (leaf: number, cut: number, start: number, end: number): number => {
      const feature = found.words[(leaf * RECORD) / 4 + 4];
      call.sidesOf(recordAt(leaf), edges[feature].length, sidesAt(cut));
      const column = at.columns.byteOffset + feature * columnBytes;
      return start + call.partitionRows(column, sidesAt(cut), rowAt(start), end - start, at.spare.byteOffset);
    },

    /** Changes where missing values go in a cut that parted no row without the feature. */
    sendMissing: (cut: number, feature: number, left: boolean): void => {
      at.sides[256 * cut + edges[feature].length + 1] = left ? 1 : 0;
    },

    /** Sums of the children, as found: to the records `left` and `right`; either may be the parent's. */
    passOn: (parent: number, left: number, right: number): void => {
      const sum = at.totals[parent];
      const share = new BigInt64Array(at.found.buffer, recordAt(parent) + 8, 1)[0];
      at.totals[left] = share;
      at.totals[right] = sum - share;
    },

    /** The same from the rows: those before `middle` are the left child's. */
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

    /** Quantile of target - score over the rows [start, end). */
    residual: (start: number, end: number, quantile: number): number =>
      call.residualQuantile(
        scoresOf(0),
        at.targets.byteOffset,
        weights,
        rowAt(start),
        end - start,
        quantile,
        at.residuals.byteOffset,
        at.spare.byteOffset,
        at.sortCounts.byteOffset,
      ),

    addToLeaf: (output: number, start: number, end: number, value: number): void =>
      call.addToRows(scoresOf(output), rowAt(start), end - start, value),

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
