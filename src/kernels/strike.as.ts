/**
 * Scores trees of few leaves on many rows at once, without walking. Every question of a tree is asked of 64 rows, of sixteen by one comparison of
 * bytes; who answers "no" strikes out the leaves below "yes". The first leaf that is left is the row's: it lies below "yes" of every question that it
 * passes, and "no" has struck out all before it (QuickScorer, Lucchese et al. 2015; by bytes as in RapidScorer, Ye et al. 2018).
 *
 * A byte is a value's place among the thresholds that the trees ask of its feature. Missing values come after all or before all: a feature has a row of
 * codes for questions that send them right and another for those that send them left. A question for a set of categories is answered for all rows before
 * its tree is asked.
 */
import { countBelow } from './bins.as.ts';

/** Rows coded at a time, and rows that a tree is asked at a time. */
export const CODED: i32 = 256;
const ASKED: usize = 64;
/** Codes are compared as numbers with a sign. */
const SIGN: i32 = 0x80;

/** A feature that is asked: its first value's place in a row in bytes, and its rising thresholds, a full table with infinity behind them. */
@unmanaged
class Asked {
  place: u32 = 0;
  thresholds: u32 = 0;
}
const ASKED_BYTES: usize = 8;

/** Codes of up to `CODED` rows: of each of `count` features, listed at `asked`, a run with missing as the highest code and one with missing as the lowest. */
export function codeForTrees(rows: usize, size: i32, stride: usize, asked: usize, count: i32, coarse: usize, codes: usize): void {
  for (const end = asked + <usize>count * ASKED_BYTES; asked < end; asked += ASKED_BYTES, codes += 2 * CODED) {
    const feature = changetype<Asked>(asked);
    const table = <usize>feature.thresholds;
    for (let k: usize = 0; k < 16; k++) store<f32>(coarse + (k << 2), load<f32>(table + (k << 6), 60));
    let from = rows + <usize>feature.place;
    for (let i: usize = 0; i < <usize>size; i++, from += stride) {
      const value = load<f32>(from);
      const x = f32x4.splat(value);
      const sixteen = countBelow(coarse, x);
      const code = (sixteen << 4) + countBelow(table + ((<usize>sixteen) << 6), x);
      const known = value === value;
      store<u8>(codes + i, select<i32>(code, 255, known) ^ SIGN);
      store<u8>(codes + i + CODED, select<i32>(code, 0, known) ^ SIGN);
    }
  }
}

/** What categories are coded as that are missing or in no set; sets of higher codes are not asked here. */
const LOST: i32 = 254;
const UNKNOWN: i32 = 255;

/** Of features of categories, whose places in a row are listed at `kinds`: a run that says which byte of a set holds the code, and one which bit. */
export function codeCategories(rows: usize, size: i32, stride: usize, kinds: usize, count: i32, codes: usize): void {
  for (const end = kinds + ((<usize>count) << 2); kinds < end; kinds += 4, codes += 2 * CODED) {
    let from = rows + <usize>load<u32>(kinds);
    for (let i: usize = 0; i < <usize>size; i++, from += stride) {
      const x = load<f32>(from);
      const whole = <i32>x;
      const known = u32(<f32>whole === x) & u32(<u32>whole < <u32>LOST);
      const code = select<i32>(select<i32>(whole, UNKNOWN, known), LOST, x === x);
      store<u8>(codes + i, code >> 3);
      store<u8>(codes + i + CODED, (<i32>1) << (code & 7));
    }
  }
}

/** A question for a set: the runs of its feature and of its answers, from the codes on, and 32 bytes of bits, where what is missing is `LOST`. */
@unmanaged
class Asking {
  kind: u32 = 0;
  set: u32 = 0;
  answers: u32 = 0;
}
const ASKING_BYTES: usize = 12;

/** Answers questions for sets: -1 for codes in the set, else 0. */
function askSets(list: usize, count: i32, codes: usize): void {
  for (const end = list + <usize>count * ASKING_BYTES; list < end; list += ASKING_BYTES) {
    const asking = changetype<Asking>(list);
    const low = v128.load(<usize>asking.set);
    const high = v128.load(<usize>asking.set, 16);
    let at = codes + <usize>asking.kind;
    let to = codes + <usize>asking.answers;
    for (const last = at + CODED; at < last; at += 16, to += 16) {
      const place = v128.load(at);
      // A place beyond 15 gives zero.
      const byte = v128.or(i8x16.swizzle(low, place), i8x16.swizzle(high, i8x16.sub(place, i8x16.splat(16))));
      v128.store(to, i8x16.ne(v128.and(byte, v128.load(at, CODED)), i8x16.splat(0)));
    }
  }
}

/**
 * Asks the questions that reach eight leaves of 64 rows; a byte per row of struck leaves goes to `out`. At `list` stands their number in 8 bytes, then per
 * question 8: where its codes lie from `codes` on, u32, the code of its threshold with a sign, and the leaves that "no" strikes out. Gives where the list ends.
 */
/* inline */ function strikeEight(list: usize, codes: usize, out: usize): usize {
  let a = i8x16.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = list + 8 + ((<usize>load<u32>(list)) << 3);
  for (list += 8; list < end; list += 8) {
    const at = codes + <usize>load<u32>(list);
    const threshold = v128.load_splat<u8>(list, 4);
    const struck = v128.load_splat<u8>(list, 5);
    a = v128.or(a, v128.and(i8x16.gt_s(v128.load(at), threshold), struck));
    b = v128.or(b, v128.and(i8x16.gt_s(v128.load(at, 16), threshold), struck));
    c = v128.or(c, v128.and(i8x16.gt_s(v128.load(at, 32), threshold), struck));
    d = v128.or(d, v128.and(i8x16.gt_s(v128.load(at, 48), threshold), struck));
  }
  v128.store(out, v128.not(a));
  v128.store(out, v128.not(b), 16);
  v128.store(out, v128.not(c), 32);
  v128.store(out, v128.not(d), 48);
  return end;
}

/* inline */ function lowBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
/* inline */ function highBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
/* inline */ function lowPairs(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
/* inline */ function highPairs(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Of four runs of 64 bytes at `left` a word per row, to `out`. */
/* inline */ function wordsOf(left: usize, out: usize): void {
  for (const end = left + ASKED; left < end; left += 16, out += 64) {
    const p = v128.load(left);
    const q = v128.load(left, 64);
    const r = v128.load(left, 128);
    const s = v128.load(left, 192);
    const pq = lowBytes(p, q);
    const rs = lowBytes(r, s);
    const PQ = highBytes(p, q);
    const RS = highBytes(r, s);
    v128.store(out, lowPairs(pq, rs));
    v128.store(out, highPairs(pq, rs), 16);
    v128.store(out, lowPairs(PQ, RS), 32);
    v128.store(out, highPairs(PQ, RS), 48);
  }
}

/* inline */ function valueAt(values: usize, word: usize): usize {
  return values + ((<usize>ctz(load<u32>(word))) << 2);
}
/** The first leaf of 64 of which the lower half lies at `word`, the upper 256 bytes on. */
/* inline */ function valueOf64(values: usize, word: usize): usize {
  return values + ((<usize>ctz(((<u64>load<u32>(word, 256)) << 32) | <u64>load<u32>(word))) << 2);
}

/** Adds the value of each row's leaf to the outputs of 64 rows, `step` bytes apart. */
/* inline */ function addValues(words: usize, values: usize, out: usize, step: usize, wide: bool): void {
  if (step === 4) {
    for (const end = words + 4 * ASKED; words < end; words += 16, out += 16) {
      let v = v128.load32_zero(wide ? valueOf64(values, words) : valueAt(values, words));
      v = v128.load_lane<u32>(wide ? valueOf64(values, words + 4) : valueAt(values, words + 4), v, 1);
      v = v128.load_lane<u32>(wide ? valueOf64(values, words + 8) : valueAt(values, words + 8), v, 2);
      v = v128.load_lane<u32>(wide ? valueOf64(values, words + 12) : valueAt(values, words + 12), v, 3);
      v128.store(out, f32x4.add(v128.load(out), v));
    }
    return;
  }
  for (const end = words + 4 * ASKED; words < end; words += 4, out += step)
    store<f32>(out, load<f32>(out) + load<f32>(wide ? valueOf64(values, words) : valueAt(values, words)));
}

/** How a tree is scored: 0 leaves = it is walked; else room for 32 or 64, its questions for each eight of them, and a value for each. */
@unmanaged
export class Strike {
  leaves: i32 = 0;
  list: u32 = 0;
  values: u32 = 0;
  /** Its questions for sets. */
  asking: u32 = 0;
  sets: i32 = 0;
}
export const STRIKE_BYTES: usize = 20;

/** Adds a tree's values to the outputs of `size` rows, rounded up to whole 64, whose codes lie at `codes`; `scratch` has 1,024 bytes. */
export function addByStriking(strike: Strike, size: i32, codes: usize, out: usize, step: usize, scratch: usize): void {
  const words = scratch + 512;
  const values = <usize>strike.values;
  const leaves = <usize>strike.leaves;
  askSets(strike.asking, strike.sets, codes);
  for (let from = 0; from < size; from += <i32>ASKED, codes += ASKED, out += ASKED * step) {
    let at = <usize>strike.list;
    for (let eight: usize = 0; eight < leaves; eight += 8) at = strikeEight(at, codes, scratch + (eight << 3));
    wordsOf(scratch, words);
    if (leaves > 32) {
      wordsOf(scratch + 256, words + 256);
      addValues(words, values, out, step, true);
    } else addValues(words, values, out, step, false);
  }
}
