/** What AutoML's parts bring: the same race with one part taken out, and a table of what that does to the score. */

import type { ParamValues } from '../kind/params.ts';
import { meanError } from '../metrics/mean-error.ts';
import { markdown, meanOf } from './mean.ts';

export interface Variant {
  name: string;
  params: ParamValues;
}

export const WHOLE: Variant = { name: 'all', params: {} };
/** Each list is one race: its first entry is raced, the others are made of what it found. */
export const ABLATIONS: readonly (readonly Variant[])[] = [
  [
    WHOLE,
    { name: 'no ensemble', params: { ensemble: false } },
    { name: 'no calibration', params: { calibrate: false } },
    { name: 'stacked', params: { stack: true } },
    { name: 'learned anew from all rows', params: { final: 'all' } },
  ],
  [{ name: 'no featurisation', params: { dates: false, texts: false, categories: false, evening: false, crossed: false } }],
  [{ name: 'no search', params: { tries: 'known' } }],
  [{ name: 'no portfolio', params: { tries: 'search' } }],
  [{ name: 'boosting only', params: { forest: false, linear: false, network: false, kernel: false, neighbours: false } }],
];
/** Sets with fewer rows are asked for. */
export const ABLATE_ROWS = 2000;

interface Shared {
  set: string;
  fold: number;
  variant: string;
  share: number;
}

/**
 * A markdown table with a row per variant: sets and folds, the mean share of the best peer, the mean difference to the whole on the same sets and folds with
 * its standard error, on how many it is worse by more than 0.005 and on how many better, and where it loses most.
 */
export function ablationTable(lines: readonly Shared[]): string {
  const key = ({ set, fold }: Shared) => `${set} ${fold}`;
  const whole = new Map(lines.filter(({ variant }) => variant === WHOLE.name).map((line) => [key(line), line.share]));
  const rows = [...new Set(lines.map(({ variant }) => variant))].map((name) => {
    const own = lines.filter((line) => line.variant === name && whole.has(key(line)));
    const gaps = own.map((line) => ({ line, gap: line.share - whole.get(key(line))! }));
    const { mean, error } = meanError(gaps.map(({ gap }) => gap));
    const worst = gaps.toSorted((a, b) => a.gap - b.gap)[0];
    const counted = `${gaps.filter(({ gap }) => gap < -NEAR).length} / ${gaps.filter(({ gap }) => gap > NEAR).length}`;
    return name === WHOLE.name
      ? [name, own.length, meanOf(own.map(({ share }) => share)).toFixed(3), '', '', '']
      : [
          name,
          own.length,
          meanOf(own.map(({ share }) => share)).toFixed(3),
          `${mean < 0 ? '' : '+'}${mean.toFixed(4)} ± ${error.toFixed(4)}`,
          counted,
          worst && worst.gap < 0 ? `${worst.line.set} ${worst.gap.toFixed(3)}` : '',
        ];
  });
  const head = ['taken out', 'runs', 'mean share', 'against the whole', 'worse / better', 'worst'];
  return markdown([head, ...rows]);
}
/** Shares nearer than this are said to be level. */
const NEAR = 0.005;
