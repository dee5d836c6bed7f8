/** Scores trees on float32 rows with the additions of onnxruntime: lays trees and rows out for `walk.as.ts`. */
import { kernelArea, openSpace, type Room, type Space } from './space.ts';
import { planStrikes, type StrikePlan } from './strike-plan.ts';
import type { Trees } from './trees.ts';
import { bytes } from './walk.as.ts?wasm';

interface WalkExports {
  predict: (
    rows: number,
    count: number,
    cols: number,
    nodes: number,
    sides: number,
    values: number,
    width: number,
    roots: number,
    depths: number,
    targets: number,
    trees: number,
    base: number,
    outputs: number,
    out: number,
    sets: number,
    strikes: number,
  ) => void;
}
const walkArea = kernelArea<WalkExports>('walk', bytes);

/** Rows that are copied in and scored at a time: large tables are not held twice. */
const CHUNK_ROWS = 4096;
/** 32-bit words of a node. */
const WORDS = 4;
/** As in `strike.as.ts`: words per tree, rows that a tree is asked at a time, codes of a feature, thresholds of a table. */
const STRIKE_WORDS = 5;
const ASKED = 64;
const CODES = 512;
const TABLE = 256;

function layTrees(room: Room, trees: Trees) {
  const nodes = trees.feature.length;
  return {
    // The threshold of an inner node or the value of a leaf is written through the other view.
    nodes: room.u32(nodes * WORDS),
    sides: room.u8(nodes),
    sets: room.u8(trees.sets?.length ?? 0),
    values: room.f32(trees.width === 1 ? 0 : nodes * trees.width),
    roots: room.u32(trees.roots.length),
    depths: room.i32(trees.roots.length),
    targets: room.i32(trees.roots.length),
  };
}
type LaidTrees = ReturnType<typeof layTrees>;

/** Writes nodes with the addresses of their children; a leaf leads to itself. */
function writeTrees(at: LaidTrees, trees: Trees): void {
  const { feature, threshold, left, right, missingLeft, value, width, roots, setOf, sets } = trees;
  if (sets) at.sets.set(sets);
  const start = at.nodes.byteOffset;
  const words = at.nodes;
  const floats = new Float32Array(words.buffer, start, words.length);
  const depth = new Int32Array(feature.length);
  for (let t = 0; t < roots.length; t++) {
    const end = t + 1 < roots.length ? roots[t + 1] : feature.length;
    let deepest = 0;
    for (let i = roots[t]; i < end; i++) {
      const w = i * WORDS;
      if (feature[i] < 0) {
        deepest = Math.max(deepest, depth[i]);
        floats[w] = value[i * width];
        words[w + 1] = 0;
        at.sides[i] = 0;
        words[w + 2] = words[w + 3] = start + i * WORDS * 4;
        continue;
      }
      depth[left[i]] = depth[right[i]] = depth[i] + 1;
      const bySet = setOf !== undefined && setOf[i] >= 0;
      if (bySet) words[w] = at.sets.byteOffset + 32 * setOf[i];
      else floats[w] = threshold[i];
      words[w + 1] = feature[i] * 4;
      words[w + 2] = start + left[i] * WORDS * 4;
      words[w + 3] = start + right[i] * WORDS * 4;
      at.sides[i] = (bySet ? 2 : 0) + 1 - missingLeft[i];
    }
    at.roots[t] = start + roots[t] * WORDS * 4;
    at.depths[t] = deepest;
  }
  at.targets.set(trees.target);
  if (width > 1) at.values.set(value);
}

function layStrikes(room: Room, { leaves, questions, values, asked, kinds, asking, sets, mostSets }: StrikePlan) {
  return {
    all: room.u32(9),
    ways: room.u32(STRIKE_WORDS * leaves.length),
    questions: room.u8(questions.length),
    strikeValues: room.f32(values.length),
    asked: room.u32(2 * asked.length),
    tables: room.f32(TABLE * asked.length),
    kinds: room.u32(kinds.length),
    asking: room.u32(asking.length),
    sets: room.u8(sets.length),
    codes: room.u8(CODES * (asked.length + kinds.length) + (CODES / 2) * mostSets),
    coarse: room.f32(16),
    scratch: room.u8(1024),
  };
}

function writeStrikes(at: ReturnType<typeof layStrikes>, plan: StrikePlan): void {
  const { leaves, lists, places, questions, values, asked, starts } = plan;
  leaves.forEach((room, t) => {
    const [list, own] = [at.questions.byteOffset + lists[t], at.strikeValues.byteOffset + 4 * places[t]];
    at.ways.set([room, list, own, at.asking.byteOffset + 4 * starts[t], (starts[t + 1] - starts[t]) / 3], STRIKE_WORDS * t);
  });
  at.questions.set(questions);
  at.strikeValues.set(values);
  at.tables.fill(Number.POSITIVE_INFINITY);
  asked.forEach(({ feature, thresholds }, k) => {
    at.tables.set(thresholds, TABLE * k);
    at.asked.set([4 * feature, at.tables.byteOffset + 4 * TABLE * k], 2 * k);
  });
  at.kinds.set(plan.kinds.map((feature) => 4 * feature));
  at.asking.set(plan.asking.map((word, i) => (i % 3 === 1 ? at.sets.byteOffset + 32 * word : word)));
  at.sets.set(plan.sets);
  const { ways, asked: features, codes, coarse, scratch, kinds } = at;
  at.all.set([ways.byteOffset, features.byteOffset, asked.length, codes.byteOffset, coarse.byteOffset, scratch.byteOffset]);
  at.all.set([kinds.byteOffset, kinds.length, codes.byteOffset + CODES * asked.length], 6);
}

/**
 * Row-major [rows, outputs]: leaf values summed in float32 in the order of the trees, then `base` added, which is how onnxruntime
 * computes a TreeEnsembleRegressor on one thread. `values` is row-major [rows, cols]. Throws the Problem `kernel.memory`.
 */
export function predictTrees(trees: Trees, base: Float32Array, values: Float32Array, rows: number, cols: number): Float32Array {
  const outputs = base.length;
  const chunk = Math.min(rows, CHUNK_ROWS);
  const plan = planStrikes(trees, rows);
  const space = openSpace(walkArea, (room) => ({
    ...layTrees(room, trees),
    strikes: plan && layStrikes(room, plan),
    rows: room.f32(chunk * cols),
    base: room.f32(outputs),
    out: room.f32(Math.ceil(chunk / ASKED) * ASKED * outputs),
  }));
  try {
    writeTrees(space.at, trees);
    if (plan) writeStrikes(space.at.strikes!, plan);
    space.at.base.set(base);
    const out = new Float32Array(rows * outputs);
    for (let from = 0; from < rows; from += chunk) {
      const count = Math.min(chunk, rows - from);
      space.at.rows.set(values.subarray(from * cols, (from + count) * cols));
      predictChunk(space, trees, count, cols, outputs);
      out.set(space.at.out.subarray(0, count * outputs), from * outputs);
    }
    return out;
  } finally {
    space.close();
  }
}

type Laid = LaidTrees & Record<'rows' | 'base' | 'out', Float32Array> & { strikes?: ReturnType<typeof layStrikes> };
type Walk = Space<WalkExports, Laid>;
function predictChunk({ call, at }: Walk, trees: Trees, count: number, cols: number, outputs: number): void {
  call.predict(
    at.rows.byteOffset,
    count,
    cols,
    at.nodes.byteOffset,
    at.sides.byteOffset,
    at.values.byteOffset,
    trees.width,
    at.roots.byteOffset,
    at.depths.byteOffset,
    at.targets.byteOffset,
    trees.roots.length,
    at.base.byteOffset,
    outputs,
    at.out.byteOffset,
    trees.sets ? 1 : 0,
    at.strikes?.all.byteOffset ?? 0,
  );
}
