/**
 * Reproducible random streams. A stream is named by its parts (pipeline seed, step seed, purpose), never by node ids, and
 * draws integers only, so that every engine gives the same bits. Generator: sfc32 (Chris Doty-Humphrey, PractRand).
 */
import { hashText } from './hash.ts';

export interface Random {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform integer in [0, n), without bias; n up to 2^32. */
  below(n: number): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal as a sum of 12 uniforms' exact integer form (Irwin-Hall), so no transcendental function is called. */
  normal(): number;
  /** Fisher-Yates in place; returns its argument. */
  shuffle<T extends { length: number; [index: number]: number }>(items: T): T;
}

export function stream(...parts: (string | number)[]): Random {
  const digest = hashText(parts.join('\u0000'));
  let a = Number.parseInt(digest.slice(0, 8), 16) | 0;
  let b = Number.parseInt(digest.slice(8, 16), 16) | 0;
  let c = Number.parseInt(digest.slice(16, 24), 16) | 0;
  let counter = 1;
  const uint32 = () => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();
  const below = (n: number) => {
    const limit = 0x100000000 - (0x100000000 % n);
    let value = uint32();
    while (value >= limit) value = uint32();
    return value % n;
  };
  return {
    uint32,
    below,
    uniform: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992,
    normal: () => {
      let sum = 0;
      for (let i = 0; i < 12; i++) sum += uint32();
      return sum / 4294967296 - 6;
    },
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = items[i];
        items[i] = items[j];
        items[j] = held;
      }
      return items;
    },
  };
}
