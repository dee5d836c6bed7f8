/** The season that a series itself shows, where its calendar does not say: a peak of its autocorrelation that STL confirms. */
import { autocorrelation, whiteNoiseBand, withoutLine } from './autocorrelation.ts';
import { stl, strengthOf } from './stl.ts';

/** Share of the variation around the trend that the season must explain. */
const CONFIRMED = 0.4;
/** Peaks that are looked at, the highest first. */
const PEAKS = 3;
/** A multiple of the season correlates as well as the season: a shorter peak nearly as high is the season. */
const NEARLY = 0.85;

/** Steps of the strongest season with three whole periods in the series; 1 when there is none. */
export function detectPeriod(y: Float64Array): number {
  const n = y.length;
  const most = Math.floor(n / 3);
  if (most < 2) return 1;
  const r = autocorrelation(withoutLine(y), most + 1);
  const band = whiteNoiseBand(n);
  const peaks: number[] = [];
  for (let lag = 2; lag <= most; lag++) if (r[lag] > 2 * band && r[lag] >= r[lag - 1] && r[lag] > r[lag + 1]) peaks.push(lag);
  const highest = peaks.sort((a, b) => r[b] - r[a]).slice(0, PEAKS);
  for (const lag of highest) {
    const period = Math.min(...peaks.filter((each) => r[each] >= NEARLY * r[lag]));
    const { trend, season } = stl(y, period, { seasonSpan: 11 });
    const rest = y.map((value, i) => value - trend[i] - season[i]);
    if (strengthOf(season, rest) > CONFIRMED) return period;
  }
  return 1;
}
