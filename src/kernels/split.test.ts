/** The search for a split in WebAssembly against trying every split in double. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { boostingArea, codePlan } from './boosting-room.ts';
import { openSpace } from './space.ts';

const random = stream('split test');

interface Node {
  codes: number[];
  categories: boolean[];
  directions: number[];
  /** Whole gradient and hessian of every code of every feature. */
  sums: [number, number][][];
  total: [number, number];
}
interface Settings {
  l1: number;
  l2: number;
  least: number;
  lower: number;
  upper: number;
  smooth: number;
  support: number;
  random: boolean;
  seed: number;
}
const PLAIN: Settings = {
  l1: 0,
  l2: 0,
  least: 1,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  smooth: 0,
  support: 0,
  random: false,
  seed: 0,
};

/** A node of `rows` rows with signal in the features; the last code of each feature is missing. */
function node(codes: number[], rows: number, categories: boolean[] = codes.map(() => false), missing = 0.1): Node {
  const sums = codes.map((count) => Array.from({ length: count }, (): [number, number] => [0, 0]));
  const total: [number, number] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const code = codes.map((count) => (random.uniform() < missing ? count - 1 : random.below(count - 1)));
    const g = Math.round(1000 * (random.normal() + (code[0] % 5 > 2 ? 0.6 : 0) + (code[1] > codes[1] / 2 ? 0.5 : 0)));
    const h = 500 + random.below(500);
    code.forEach((c, f) => {
      sums[f][c][0] += g;
      sums[f][c][1] += h;
    });
    total[0] += g;
    total[1] += h;
  }
  return { codes, categories, directions: codes.map(() => 0), sums, total };
}

function search({ codes, categories, directions, sums, total }: Node, settings: Settings) {
  const plan = codePlan(codes.map((count) => new Float32Array(count - 2)));
  const space = openSpace(boostingArea, (room) => ({
    sums: room.u8(plan.sumsBytes + 64),
    features: room.i32(4 * codes.length),
    list: room.i32(codes.length),
    total: room.i64(1),
    search: room.u8(128),
    found: room.u8(64),
    candidates: room.u8(9216),
  }));
  const { at, call } = space;
  // What lies behind a feature's codes must not matter.
  at.sums.fill(0x55);
  codes.forEach((count, f) => {
    at.list[f] = f;
    at.features.set([plan.offsets[f], count - 2, categories[f] ? 1 : 0, directions[f]], 4 * f);
    const view = new BigInt64Array(at.sums.buffer, at.sums.byteOffset + plan.offsets[f], count);
    sums[f].forEach(([g, h], c) => {
      view[c] = BigInt(g) * 4294967296n + BigInt(h);
    });
  });
  at.total[0] = BigInt(total[0]) * 4294967296n + BigInt(total[1]);
  const { l1, l2, least, lower, upper, smooth, support, seed } = settings;
  new Float64Array(at.search.buffer, at.search.byteOffset, 7).set([l2, l1, least, lower, upper, smooth, support]);
  const careful = settings.random || lower > Number.NEGATIVE_INFINITY || directions.some((d) => d !== 0) ? 1 : 0;
  new Uint32Array(at.search.buffer, at.search.byteOffset + 56, 4).set([at.candidates.byteOffset, careful, settings.random ? 1 : 0, seed]);
  call.findSplit(
    at.features.byteOffset,
    at.list.byteOffset,
    codes.length,
    at.sums.byteOffset,
    at.total.byteOffset,
    at.search.byteOffset,
    at.found.byteOffset,
  );
  const gain = new Float64Array(at.found.buffer, at.found.byteOffset, 1)[0];
  const [feature, bin, missingLeft, bySet] = new Int32Array(at.found.buffer, at.found.byteOffset + 16, 4);
  const set = at.found.slice(32, 64);
  space.close();
  const goesLeft = (code: number) =>
    code === codes[feature] - 1 ? missingLeft === 1 : bySet === 1 ? ((set[code >> 3] >> (code & 7)) & 1) === 1 : code <= bin;
  return { gain, feature, bin, bySet, goesLeft, missingLeft };
}

/** Gain of sending these codes of a feature left, or -Infinity where it is not allowed. */
function gainOf({ sums, total, directions }: Node, settings: Settings, f: number, goesLeft: (code: number) => boolean, l2: number) {
  let [gl, hl] = [0, 0];
  sums[f].forEach(([g, h], c) => {
    if (!goesLeft(c)) return;
    gl += g;
    hl += h;
  });
  const [gr, hr] = [total[0] - gl, total[1] - hl];
  if (hl < settings.least || hr < settings.least) return Number.NEGATIVE_INFINITY;
  const value = (g: number, h: number, l: number) =>
    Math.min(Math.max((-Math.sign(g) * Math.max(Math.abs(g) - settings.l1, 0)) / (h + l), settings.lower), settings.upper);
  const score = (g: number, h: number, l: number) => {
    const w = value(g, h, l);
    return -(2 * g * w + (h + l) * w * w + 2 * settings.l1 * Math.abs(w));
  };
  if (directions[f] * (value(gr, hr, l2) - value(gl, hl, l2)) < 0) return Number.NEGATIVE_INFINITY;
  return score(gl, hl, l2) + score(gr, hr, l2) - score(total[0], total[1], settings.l2);
}

/** The best gain over all cuts of numbers, missing values on either side. */
function bestCut(made: Node, settings: Settings): number {
  let best = Number.NEGATIVE_INFINITY;
  made.codes.forEach((count, f) => {
    for (let b = 0; b <= count - 2; b++) {
      for (const missingLeft of [false, true])
        best = Math.max(
          best,
          gainOf(made, settings, f, (c) => (c === count - 1 ? missingLeft : c <= b), settings.l2),
        );
    }
  });
  return best;
}

const shapes: [number[], number][] = [
  [[4, 3], 200],
  [[256, 250, 20, 3], 4000],
  [[256, 256], 40],
  [[9, 70, 256, 100, 33, 5, 2], 1000],
];

describe('findSplit of numbers', () => {
  const least = { least: 20 * 750 };
  const settings: [string, Partial<Settings>][] = [
    ['plainly', {}],
    ['with least rows', least],
    ['with many least rows', { least: 90 * 750 }],
    ['with L2', { ...least, l2: 30_000 }],
    ['with L1', { ...least, l1: 2500 }],
    ['with both penalties', { ...least, l1: 1500, l2: 9000 }],
    ['within bounds', { ...least, lower: -0.05, upper: 0.02 }],
  ];
  for (const [name, some] of settings) {
    it(`gains what the best of all cuts gains, ${name}`, () => {
      const chosen = { ...PLAIN, ...some };
      for (const [codes, rows] of shapes) {
        for (const missing of [0, 0.1]) {
          const made = node(codes, rows, undefined, missing);
          const best = bestCut(made, chosen);
          const { gain, feature, goesLeft } = search(made, chosen);
          if (best <= 1e-6) expect(gain).toBe(-1);
          else {
            expect(gain / best).toBeCloseTo(1, 5);
            expect(gainOf(made, chosen, feature, goesLeft, chosen.l2) / best).toBeCloseTo(1, 5);
          }
        }
      }
    });
  }

  it('lets the answer only rise or only fall with a feature', () => {
    for (const direction of [-1, 1]) {
      for (const [codes, rows] of shapes) {
        const made = { ...node(codes, rows), directions: codes.map(() => direction) };
        const best = bestCut(made, PLAIN);
        const { gain, feature, goesLeft } = search(made, PLAIN);
        expect(gain / best).toBeCloseTo(1, 5);
        expect(gainOf(made, PLAIN, feature, goesLeft, 0)).toBeGreaterThan(0);
      }
    }
  });

  it('sends missing values to the heavier side where none are here, and parts them alone where that is best', () => {
    const made = node([10, 10], 500, undefined, 0);
    const { missingLeft, goesLeft, feature } = search(made, PLAIN);
    const left = made.sums[feature].reduce((sum, [, h], c) => sum + (goesLeft(c) ? h : 0), 0);
    expect(missingLeft).toBe(2 * left >= made.total[1] ? 1 : 0);
    const alone: Node = {
      ...made,
      sums: [
        [
          [0, 100],
          [0, 100],
          [500, 100],
        ],
      ],
      codes: [3],
      categories: [false],
      directions: [0],
      total: [500, 300],
    };
    const found = search(alone, PLAIN);
    expect([found.goesLeft(0), found.goesLeft(1), found.goesLeft(2)]).toEqual([true, true, false]);
  });

  it('draws one cut per feature: another seed another cut, all of them cuts between filled bins', () => {
    const made = node([256], 300);
    const cuts = new Set<number>();
    for (let seed = 1; seed <= 60; seed++) {
      const { gain, bin, goesLeft } = search(made, { ...PLAIN, random: true, seed });
      if (gain < 0) continue;
      cuts.add(bin);
      expect(gain).toBeCloseTo(gainOf(made, PLAIN, 0, goesLeft, 0), 2);
    }
    expect(cuts.size).toBeGreaterThan(30);
    expect(search(made, { ...PLAIN, random: true, seed: 5 })).toMatchObject({ bin: search(made, { ...PLAIN, random: true, seed: 5 }).bin });
  });
});

describe('findSplit of categories', () => {
  it('gains what the best of all sets gains, where all can be tried', () => {
    for (const count of [3, 5, 8, 11]) {
      for (const missing of [0, 0.2]) {
        const made = node([count, 2], 400, [true, false], missing);
        const solo = { ...made, codes: [count], sums: [made.sums[0]], categories: [true], directions: [0] };
        let best = Number.NEGATIVE_INFINITY;
        for (let mask = 0; mask < 1 << count; mask++)
          best = Math.max(
            best,
            gainOf(solo, PLAIN, 0, (c) => ((mask >> c) & 1) === 1, 0),
          );
        const found = search(solo, PLAIN);
        // Up to four categories are tried one against the rest, as LightGBM does.
        if (count > 5) expect(found.gain / best).toBeCloseTo(1, 6);
        expect(gainOf(solo, PLAIN, 0, found.goesLeft, 0) / found.gain).toBeCloseTo(1, 6);
      }
    }
  });

  it('puts at most 32 categories into the set, and uses smoothing for the order and as L2', () => {
    const made = node([201, 2], 20_000, [true, false]);
    const solo = { ...made, codes: [201], sums: [made.sums[0]], categories: [true], directions: [0] };
    for (const smooth of [0, 7500]) {
      const chosen = { ...PLAIN, smooth };
      const { gain, goesLeft, bySet } = search(solo, chosen);
      expect(bySet).toBe(1);
      const size = Array.from({ length: 200 }, (_, c) => goesLeft(c)).filter(Boolean).length;
      expect(size).toBeGreaterThan(1);
      expect(size).toBeLessThanOrEqual(32);
      expect(gainOf(solo, chosen, 0, goesLeft, smooth) / gain).toBeCloseTo(1, 6);
    }
  });

  it('finds the best run from either end of many categories, whatever their spread', () => {
    const spreads: [string, (code: number) => number][] = [
      ['even', () => random.normal()],
      ['of five kinds', (code) => (code % 5) - 2],
      ['two kinds', (code) => (code % 3 === 0 ? 1 : -1)],
      ['rising', (code) => code / 100],
      ['falling', (code) => -code / 100],
      ['one far away', (code) => (code === 7 ? 1e6 : random.normal())],
      ['two heaps', (code) => (code % 2) + random.normal() * 1e-4],
    ];
    for (const [name, mean] of spreads) {
      for (const levels of [6, 20, 70, 255]) {
        const sums = Array.from({ length: levels + 1 }, (_, code): [number, number] => {
          const h = 20_000 + random.below(100_000);
          return [Math.round((mean(code) * h) / (name === 'one far away' ? 1e4 : 1)), h];
        });
        const total = [0, 1].map((k) => sums.reduce((sum, pair) => sum + pair[k], 0)) as [number, number];
        const made: Node = { codes: [levels + 1], categories: [true], directions: [0], sums: [sums], total };
        const chosen = { ...PLAIN, smooth: 7500, support: 40_000 };
        const known = [...sums.keys()].filter((c) => sums[c][1] >= chosen.support);
        const orderOf = (c: number) => sums[c][0] / (sums[c][1] + chosen.smooth);
        const order = known.sort((a, b) => orderOf(a) - orderOf(b) || a - b);
        let best = { gain: 0, set: [] as number[] };
        for (const run of [order, order.toReversed()])
          for (let size = 1; size <= Math.min(32, order.length - (order.length === levels + 1 ? 1 : 0)); size++) {
            const set = run.slice(0, size);
            const gain = gainOf(made, chosen, 0, (c) => set.includes(c), chosen.smooth);
            if (gain > best.gain * (1 + 1e-12)) best = { gain, set };
          }
        const { gain, goesLeft } = search(made, chosen);
        // Of equal gains either set is right.
        expect(gainOf(made, chosen, 0, goesLeft, chosen.smooth) / gain, name).toBeCloseTo(1, 6);
        expect(gain / best.gain, name).toBeCloseTo(1, 9);
        if (name === 'even' || name === 'rising') expect([...sums.keys()].filter(goesLeft), name).toEqual(best.set.sort((a, b) => a - b));
      }
    }
  });

  it('leaves categories with too few rows out of the set, whichever end it begins at', () => {
    for (const count of [8, 11]) {
      const made = node([count, 2], 400, [true, false]);
      const solo = { ...made, codes: [count], sums: [made.sums[0]], categories: [true], directions: [0] };
      // The lightest half of the categories.
      const support = solo.sums[0].map(([, h]) => h).sort((a, b) => a - b)[count >> 1];
      const enough = [...Array(count).keys()].filter((c) => solo.sums[0][c][1] >= support);
      let best = Number.NEGATIVE_INFINITY;
      for (let mask = 1; mask < 1 << enough.length; mask++)
        best = Math.max(
          best,
          gainOf(solo, PLAIN, 0, (c) => enough.includes(c) && ((mask >> enough.indexOf(c)) & 1) === 1, 0),
        );
      const { gain, goesLeft } = search(solo, { ...PLAIN, support });
      expect(gain / best).toBeCloseTo(1, 6);
      expect([...Array(count).keys()].filter((c) => goesLeft(c) && !enough.includes(c))).toEqual([]);
    }
  });
});
