/** Gradients, hessians and losses in WebAssembly against their formulas in double. */
import { describe, expect, it } from 'vitest';
import { exp, log, log1p } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { boostingArea } from './boosting-room.ts';
import { openSpace } from './space.ts';

const random = stream('losses test');
const p = (raw: number) => 1 / (1 + exp(-raw));
const POWER = 1.3;
const LEVEL = 0.8;

interface Case {
  number: number;
  level: number;
  target: () => number;
  gradient: (s: number, y: number, raw: number) => number;
  hessian: (s: number, y: number, raw: number) => number;
  loss: (s: number, y: number, raw: number) => number;
}
const binary = () => random.below(2);
const count = () => random.below(9);
const any = () => Math.fround(random.normal());
const cases: Record<string, Case> = {
  squared: { number: 0, level: 0, target: any, gradient: (s, y) => s - y, hessian: () => 1, loss: (s, y) => (s - y) ** 2 },
  logistic: {
    number: 1,
    level: 0,
    target: binary,
    gradient: (_, y, raw) => p(raw) - y,
    hessian: (_, _y, raw) => p(raw) * (1 - p(raw)),
    loss: (_, y, raw) => (y === 1 ? log1p(exp(-raw)) : log1p(exp(raw))),
  },
  absolute: {
    number: 2,
    level: 0,
    target: any,
    gradient: (s, y) => Math.sign(s - y),
    hessian: () => 1,
    loss: (s, y) => Math.abs(s - y),
  },
  quantile: {
    number: 3,
    level: LEVEL,
    target: any,
    gradient: (s, y) => (s >= y ? 1 - LEVEL : -LEVEL),
    hessian: () => 1,
    loss: (s, y) => (y > s ? LEVEL * (y - s) : (1 - LEVEL) * (s - y)),
  },
  poisson: {
    number: 4,
    level: 0,
    target: count,
    gradient: (_, y, raw) => exp(raw) - y,
    hessian: (_, _y, raw) => exp(raw),
    loss: (_, y, raw) => exp(raw) - y * raw,
  },
  tweedie: {
    number: 5,
    level: POWER,
    target: count,
    gradient: (_, y, raw) => exp((2 - POWER) * raw) - y * exp((1 - POWER) * raw),
    hessian: (_, y, raw) => (2 - POWER) * exp((2 - POWER) * raw) + (POWER - 1) * y * exp((1 - POWER) * raw),
    loss: (_, y, raw) => (y * exp((1 - POWER) * raw)) / (POWER - 1) + exp((2 - POWER) * raw) / (2 - POWER),
  },
};

/** Runs one loss over made-up rows; sums are of the rows before `count`. */
function run({ number, level, target }: Case, rows: number, weighted: boolean, spread: number) {
  const space = openSpace(boostingArea, (room) => ({
    scores: room.f32(rows + 4),
    targets: room.f32(rows + 4),
    weights: room.f32(rows + 4),
    packed: room.i64(rows + 4),
    checks: room.f64(3),
  }));
  const { at, call } = space;
  for (let i = 0; i < rows + 4; i++) {
    at.scores[i] = random.normal() * spread;
    at.targets[i] = target();
    at.weights[i] = random.uniform() * 2;
  }
  const base = Math.fround(0.3);
  const scale = 2 ** 16;
  const weights = weighted ? at.weights.byteOffset : 0;
  const [scores, targets] = [at.scores.byteOffset, at.targets.byteOffset];
  call.differentiateRows(number, scores, targets, weights, rows, base, level, scale, scale / 2, at.packed.byteOffset, at.checks.byteOffset);
  const loss = call.sumLosses(number, scores, targets, weights, 0, rows, base, level);
  return { space, at, base, scale, loss, weight: (i: number) => (weighted ? at.weights[i] : 1) };
}

describe('losses', () => {
  for (const [name, made] of Object.entries(cases)) {
    for (const weighted of [false, true]) {
      it(`${name}${weighted ? ' with weights' : ''} has the gradient, hessian and sum of its formula`, () => {
        for (const rows of [1, 2, 3, 4, 1025]) {
          const { space, at, base, scale, loss, weight } = run(made, rows, weighted, 2);
          let [sumG, sumH, sumLoss, total] = [0, 0, 0, 0n];
          for (let i = 0; i < rows; i++) {
            const [s, y, raw] = [at.scores[i], at.targets[i], base + at.scores[i]];
            const g = weight(i) * made.gradient(s, y, raw);
            const h = weight(i) * made.hessian(s, y, raw);
            // A few units in the last place of float32, of the larger of the parts.
            const slack = 4e-6 * (1 + exp(Math.abs(raw)) + Math.abs(y) * 3) * weight(i) * scale + 1;
            expect(Math.abs(Number(at.packed[i] >> 32n) - g * scale)).toBeLessThan(slack);
            expect(Math.abs(Number(at.packed[i] & 0xffffffffn) - (h * scale) / 2)).toBeLessThan(slack);
            sumG += Math.abs(g);
            sumH += h;
            sumLoss += weight(i) * made.loss(s, y, raw);
            total += at.packed[i];
          }
          expect(at.checks[0] / sumG).toBeCloseTo(1, 5);
          expect(at.checks[1] / sumH).toBeCloseTo(1, 5);
          expect(new BigInt64Array(at.checks.buffer, at.checks.byteOffset, 3)[2]).toBe(total);
          expect(loss / sumLoss).toBeCloseTo(1, 5);
          space.close();
        }
      });
    }
  }

  it('log-loss stays finite and exact for scores far out', () => {
    const { space, at, base, loss } = run(cases.logistic, 200, false, 40);
    let sum = 0;
    for (let i = 0; i < 200; i++) sum += cases.logistic.loss(0, at.targets[i], base + at.scores[i]);
    expect(loss / sum).toBeCloseTo(1, 5);
    space.close();
  });
});

it('softmax gives the shares of classes, and the share loss is minus the log of the true one', () => {
  const rows = 103;
  const classes = 5;
  const space = openSpace(boostingArea, (room) => ({
    scores: room.f32(104 * classes),
    shares: room.f32(104 * classes),
    bases: room.f32(classes),
    targets: room.f32(104),
  }));
  const { at, call } = space;
  for (let i = 0; i < at.scores.length; i++) at.scores[i] = random.normal() * 5;
  for (let k = 0; k < classes; k++) at.bases[k] = random.normal();
  for (let i = 0; i < 104; i++) at.targets[i] = random.below(classes);
  call.softmaxRows(at.scores.byteOffset, at.bases.byteOffset, classes, 416, rows, at.shares.byteOffset);
  let plain = 0;
  for (let i = 0; i < rows; i++) {
    const e = Array.from({ length: classes }, (_, k) => exp(at.scores[k * 104 + i] + at.bases[k]));
    const sum = e.reduce((a, b) => a + b, 0);
    for (let k = 0; k < classes; k++) expect(at.shares[k * 104 + i]).toBeCloseTo(e[k] / sum, 5);
    plain -= log(e[at.targets[i]] / sum);
  }
  let loss = 0;
  for (let k = 0; k < classes; k++) loss += call.sumLosses(6, at.shares.byteOffset + 416 * k, at.targets.byteOffset, 0, 0, rows, 0, k);
  expect(loss / plain).toBeCloseTo(1, 5);
  space.close();
});
