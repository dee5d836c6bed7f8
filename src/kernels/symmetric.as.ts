/**
 * One question for all nodes of a level: gains of every split, added up over the nodes. A split of numbers sends codes up to a bin left, one of categories a
 * single category; two planes of gains have missing values right and left. An entry lies where the feature's sums do.
 */
import { below, gainOf, mix, ownScore } from './split-careful.as.ts';
import { FEATURE_BYTES, Feature, Found, hessianOf, SET_OFFSET, Search } from './split-parts.as.ts';

/** The cut of a feature that is looked at when thresholds are drawn: the same for all nodes of a level. */
/* inline */ function drawn(f: i32, feature: Feature, search: Search): i32 {
  return search.random === 0 ? -1 : below(mix(search.seed, <u32>f), max(1, feature.edges + i32(feature.categories !== 0)));
}

/**
 * Adds the node's gains to the planes. A side with too little hessian is left as it is, so that its node gains nothing; a wrong direction rules the
 * split out for the whole level.
 */
export function addGains(
  features: usize,
  list: usize,
  count: i32,
  sums: usize,
  total: usize,
  search: Search,
  gains: usize,
  planeBytes: usize,
): void {
  const all = load<i64>(total);
  const own = ownScore(all, search, search.l2);
  for (let i = 0; i < count; i++) {
    const f = load<i32>(list + ((<usize>i) << 2));
    const feature = changetype<Feature>(features + <usize>f * FEATURE_BYTES);
    const at = sums + feature.sums;
    const to = gains + feature.sums;
    const missing = load<i64>(at + ((<usize>(feature.edges + 1)) << 3));
    const only = drawn(f, feature, search);
    let left: i64 = 0;
    for (let b = 0; b <= feature.edges; b++) {
      const place = (<usize>b) << 3;
      const here = load<i64>(at + place);
      left = feature.categories !== 0 ? here : left + here;
      if (only >= 0 && only !== b) continue;
      addGain(left, all, own, feature, search, to + place);
      addGain(left + missing, all, own, feature, search, to + place + planeBytes);
    }
  }
}

/* inline */ function addGain(left: i64, total: i64, own: f64, feature: Feature, search: Search, at: usize): void {
  const right = total - left;
  if (hessianOf(left) < search.least || hessianOf(right) < search.least) return;
  const gain = gainOf(left, total, own, feature.direction, search, search.l2);
  store<f64>(at, load<f64>(at) + (gain === -Infinity ? gain : max<f64>(gain, 0)));
}

/** The split with the greatest gain over the level, to `found`; its gain is -1 where none gains. */
export function bestGain(features: usize, list: usize, count: i32, gains: usize, planeBytes: usize, found: Found): void {
  found.gain = -1;
  found.feature = -1;
  found.bySet = 0;
  let best: f64 = 0;
  for (let i = 0; i < count; i++) {
    const f = load<i32>(list + ((<usize>i) << 2));
    const feature = changetype<Feature>(features + <usize>f * FEATURE_BYTES);
    for (let plane = 0; plane < 2; plane++) {
      for (let b = 0; b <= feature.edges; b++) {
        const gain = load<f64>(gains + feature.sums + ((<usize>b) << 3) + <usize>plane * planeBytes);
        if (!(gain > best)) continue;
        best = gain;
        found.gain = gain;
        found.feature = f;
        found.bin = b;
        found.missingLeft = plane;
        found.bySet = i32(feature.categories !== 0);
      }
    }
  }
  if (found.bySet === 0 || found.feature < 0) return;
  const set = changetype<usize>(found) + SET_OFFSET;
  memory.fill(set, 0, 32);
  store<u8>(set + (<usize>found.bin >> 3), <u8>((<i32>1) << (found.bin & 7)));
}
