/** Sums per bin, partition and the search for a split in WebAssembly, against plain counting. */
import { describe, expect, it } from 'vitest';
import { type Random, stream } from '../base/random.ts';
import { boostingArea, codePlan } from './boosting-room.ts';
import { openSpace } from './space.ts';

const random = stream('histogram test');
const HIGH = 4294967296n;

/** Codes of features with the given numbers of codes, the last code of each missing, and packed values of the rows. */
function made(rows: number, codes: readonly number[], of: Random = random) {
  const edges = codes.map((count) => new Float32Array(count - 2));
  const plan = codePlan(edges);
  const code = codes.map((count) => Uint8Array.from({ length: rows }, () => of.below(count)));
  const gradient = Int32Array.from({ length: rows }, () => of.below(200_001) - 100_000);
  const hessian = Int32Array.from({ length: rows }, () => of.below(100_000));
  const space = openSpace(boostingArea, (room) => ({
    codes: room.u8(rows * plan.rowBytes),
    columns: codes.map(() => room.u8(rows)),
    packed: room.i64(rows),
    rows: room.u32(rows),
    spare: room.u32(rows),
    sums: [room.u8(plan.sumsBytes + 64), room.u8(plan.sumsBytes + 64)],
    groups: room.i32(plan.groups.length * 5),
    sides: room.u8(256),
    found: room.u8(64),
  }));
  const { at, call } = space;
  at.codes.fill(0);
  code.forEach((column, f) => {
    at.columns[f].set(column);
    for (let i = 0; i < rows; i++) at.codes[i * plan.rowBytes + plan.places[f]] = column[i];
  });
  for (let i = 0; i < rows; i++) at.packed[i] = BigInt(gradient[i]) * HIGH + BigInt(hessian[i]);
  plan.groups.forEach(({ codes: place, sums, words, half, stride }, g) => {
    at.groups.set([place, sums, words, half, stride], 5 * g);
  });
  const sum = (slot: number, list: Int32Array | undefined, count: number, sign = 1) => {
    if (list) at.rows.set(list);
    if (sign > 0) call.clearSums(at.sums[slot].byteOffset, plan.sumsBytes);
    call.sumRows(
      at.codes.byteOffset,
      plan.rowBytes,
      list ? at.rows.byteOffset : 0,
      count,
      at.packed.byteOffset,
      at.groups.byteOffset,
      plan.groups.length,
      at.sums[slot].byteOffset,
      sign,
    );
  };
  /** A feature's sums by code, as gradients and hessians. */
  const sumsOf = (slot: number, f: number) => {
    const view = new BigInt64Array(at.sums[slot].buffer, at.sums[slot].byteOffset + plan.offsets[f], codes[f]);
    return [...view].map((v) => [Number(v >> 32n), Number(v & 0xffffffffn)]);
  };
  const counted = (f: number, list: ArrayLike<number>) => {
    const sums = Array.from({ length: codes[f] }, () => [0, 0]);
    for (const i of Array.from(list)) {
      sums[code[f][i]][0] += gradient[i];
      sums[code[f][i]][1] += hessian[i];
    }
    return sums;
  };
  return { space, plan, code, sum, sumsOf, counted };
}

const shapes: [string, number[]][] = [
  ['one feature', [256]],
  ['a half word', [256, 200, 3]],
  ['words of all strides', [256, 255, 100, 90, 80, 77, 74, 73, 72, 60, 50, 40, 30, 25, 24, 3, 2, 2, 2]],
  ['many wide features', Array.from({ length: 101 }, (_, f) => 256 - f)],
  ['many narrow features', Array.from({ length: 45 }, () => 3)],
];

describe('sums of a node', () => {
  for (const [name, codes] of shapes) {
    it(`are exact for ${name}, whatever the order of rows`, () => {
      const rows = 2500;
      const { space, sum, sumsOf, counted } = made(rows, codes);
      const all = Int32Array.from({ length: rows }, (_, i) => i);
      const some = random.shuffle(all.slice()).subarray(0, 1133);
      sum(0, undefined, rows);
      for (let f = 0; f < codes.length; f++) expect(sumsOf(0, f)).toEqual(counted(f, all));
      sum(1, some, some.length);
      for (let f = 0; f < codes.length; f++) expect(sumsOf(1, f)).toEqual(counted(f, some));
      space.call.subtractSums(space.at.sums[0].byteOffset, space.at.sums[1].byteOffset, space.at.sums[0].length - 64);
      const rest = all.filter((i) => !some.includes(i));
      for (let f = 0; f < codes.length; f++) expect(sumsOf(0, f)).toEqual(counted(f, rest));
      sum(0, rest, rest.length, -1);
      expect(space.at.sums[0].subarray(0, -64).every((byte) => byte === 0)).toBe(true);
      space.close();
    });
  }
});

describe('a node’s rows', () => {
  it('are parted by a bin or by a set, by columns or by rows of codes, each side in its old order', () => {
    const rows = 1000;
    const { space, code, plan } = made(rows, [256, 40]);
    const { at, call } = space;
    const words = new Int32Array(at.found.buffer, at.found.byteOffset, 16);
    const part = (f: number, edges: number, from: number, to: number) => {
      call.sidesOf(at.found.byteOffset, edges, at.sides.byteOffset);
      const list = random.shuffle(Int32Array.from({ length: rows }, (_, i) => i));
      at.rows.set(list);
      const left = call.partitionRows(
        f === 0 ? at.columns[f].byteOffset : at.codes.byteOffset + plan.places[f],
        f === 0 ? 1 : plan.rowBytes,
        at.sides.byteOffset,
        at.rows.byteOffset + 4 * from,
        to - from,
        at.spare.byteOffset,
      );
      return { list, left };
    };
    for (const missingLeft of [0, 1]) {
      words.set([100, missingLeft, 0], 5);
      const { list, left } = part(0, 254, 100, 900);
      const goes = (i: number) => code[0][i] <= 100 || (missingLeft === 1 && code[0][i] === 255);
      const inside = [...list.subarray(100, 900)];
      expect([...at.rows.subarray(100, 100 + left)]).toEqual(inside.filter(goes));
      expect([...at.rows.subarray(100 + left, 900)]).toEqual(inside.filter((i) => !goes(i)));
      expect([...at.rows.subarray(0, 100), ...at.rows.subarray(900)]).toEqual([...list.subarray(0, 100), ...list.subarray(900)]);
      words.set([0, missingLeft, 1], 5);
      at.found.fill(0, 32).set([0b10100001, 0, 0, 0, 0b100], 32);
      const { list: other, left: inSet } = part(1, 38, 0, rows);
      const chosen = (i: number) => [0, 5, 7, 34].includes(code[1][i]) || (missingLeft === 1 && code[1][i] === 39);
      expect([...at.rows.subarray(0, inSet)]).toEqual([...other].filter(chosen));
      expect([...at.rows.subarray(inSet)]).toEqual([...other].filter((i) => !chosen(i)));
    }
    space.close();
  });
});
