/** Every function of `float.ts` against values to 106 bits (conformance/goldens/float.py), and the special cases. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scaleByPower } from './double-double.ts';
import * as float from './float.ts';
import { hashArrays } from './hash.ts';
import { stream } from './random.ts';

type Golden = Record<string, number[][]>;
const golden = JSON.parse(readFileSync(new URL('../conformance/goldens/float.json', import.meta.url), 'utf8')) as Golden;
const one: Record<string, (x: number) => number> = {
  exp: float.exp,
  expm1: float.expm1,
  log: float.log,
  log2: float.log2,
  log10: float.log10,
  log1p: float.log1p,
  sin: float.sin,
  cos: float.cos,
  tan: float.tan,
  tanh: float.tanh,
  sigmoid: float.sigmoid,
  cbrt: float.cbrt,
};

/** Distance from the true value head + rest in units of the head's last place. */
function ulps(value: number, head: number, rest: number): number {
  const size = Math.max(Math.abs(head), 2.2250738585072014e-308);
  const unit = Math.max(scaleByPower(1, Math.floor(float.log2(size)) - 52), 5e-324);
  return Math.abs((value - head) / unit - rest / unit);
}

describe('within 1 ulp', () => {
  for (const [name, f] of Object.entries(one)) {
    it(name, () => {
      expect(golden[name].length).toBe(60);
      for (const [x, head, rest] of golden[name]) expect(ulps(f(x), head, rest), `${name}(${x}) = ${f(x)}`).toBeLessThanOrEqual(1);
    });
  }
  it('pow', () => {
    for (const [x, y, head, rest] of golden.pow) expect(ulps(float.pow(x, y), head, rest), `${x}^${y}`).toBeLessThanOrEqual(1);
  });
});

describe('special cases', () => {
  const specials = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, 1e-320, -1e-320, 1e308, -1e308, Infinity, -Infinity, Number.NaN];
  it('agree with ECMAScript in kind: NaN, infinities, zeros and their signs', () => {
    const built = Math as unknown as Record<string, (...args: number[]) => number>;
    for (const [name, f] of Object.entries(one)) {
      if (name === 'sigmoid') continue;
      for (const x of specials) {
        const want = built[name](x);
        if (!Number.isFinite(want) || want === 0) expect(f(x), `${name}(${x})`).toBe(want);
        else expect(ulps(f(x), want, 0), `${name}(${x})`).toBeLessThanOrEqual(2);
      }
    }
    for (const x of specials) {
      for (const y of specials) {
        const want = built.pow(x, y);
        const got = float.pow(x, y);
        if (!Number.isFinite(want) || want === 0) expect(got, `${x}^${y}`).toBe(want);
        else expect(ulps(got, want, 0), `${x}^${y}`).toBeLessThanOrEqual(2);
      }
    }
  });
  it('are exact where the value is a number people expect', () => {
    expect(float.pow(10, 2)).toBe(100);
    expect(float.pow(-2, 3)).toBe(-8);
    expect(float.pow(2, 0.5)).toBe(Math.SQRT2);
    expect(float.log2(8)).toBe(3);
    expect(float.log10(1000)).toBe(3);
    expect(float.cbrt(27)).toBe(3);
    expect(float.sigmoid(0)).toBe(0.5);
    expect(float.exp(1)).toBe(Math.E);
    expect([float.sigmoid(Infinity), float.sigmoid(-Infinity), float.sigmoid(Number.NaN)]).toEqual([1, 0, Number.NaN]);
  });
});

describe('floor32', () => {
  it('is the largest float32 not above', () => {
    const random = stream('floor32');
    for (let i = 0; i < 2000; i++) {
      const x = random.normal() * float.pow(10, random.below(60) - 30);
      const f = float.floor32(x);
      expect(Math.fround(f)).toBe(f);
      expect(f <= x).toBe(true);
      const next = new Float32Array([f]);
      new Int32Array(next.buffer)[0] += f >= 0 ? 1 : -1;
      expect(next[0] > x).toBe(true);
    }
    expect(float.floor32(0.1)).toBeLessThan(0.1);
    expect(float.floor32(-1e-60)).toBe(-1.401298464324817e-45);
    expect(float.floor32(2.5)).toBe(2.5);
    expect(float.floor32(1e300)).toBe(3.4028234663852886e38);
    expect(float.floor32(-Infinity)).toBe(-Infinity);
    expect(float.floor32(Infinity)).toBe(Infinity);
  });
});

it('gives the same bits everywhere (digest of 5,000 values per function)', () => {
  const random = stream('float digest');
  const x = Float64Array.from({ length: 5000 }, () => random.normal() * 20);
  const parts = Object.values(one).map((f) => x.map((v) => f(v)));
  const powers = x.map((v, i) => float.pow(Math.abs(v), x[(i + 1) % x.length]));
  for (const part of [...parts, powers]) for (let i = 0; i < part.length; i++) if (Number.isNaN(part[i])) part[i] = -1;
  expect(hashArrays(...parts, powers)).toBe('77e6cd60c49ed9a22aa81e4f5c9df1d7');
});
