/** Which values leave memory first: bytes × age ÷ time to compute them again, largest first. */
import type { Digest } from '../base/hash.ts';
import { type Packed, packedBytes } from '../base/pack.ts';

export interface Candidate {
  digest: Digest;
  packed: Packed;
  costMs: number;
  usedAt: number;
}

/** Calls `evict` for one candidate after another until `tooFull` is false or none is left. */
export function chooseVictims(
  candidates: readonly Candidate[],
  now: number,
  tooFull: () => boolean,
  evict: (digest: Digest) => void,
): void {
  if (!tooFull()) return;
  const score = ({ packed, usedAt, costMs }: Candidate) => (packedBytes(packed) * (now - usedAt + 1)) / (costMs + 1);
  const ranked = candidates.map((candidate) => ({ digest: candidate.digest, score: score(candidate) })).sort((a, b) => b.score - a.score);
  for (const { digest } of ranked) {
    if (!tooFull()) return;
    evict(digest);
  }
}
