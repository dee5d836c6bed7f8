/** The registry of fitted column transforms: one line per folder. */
import { type Entry, entry } from '../kind/kind.ts';
import type { StepCode } from '../recipe/step.ts';
import { anomalies } from './anomalies/kind.ts';
import { bin } from './bin/kind.ts';
import { clusters } from './clusters/kind.ts';
import { components } from './components/kind.ts';
import { encode } from './encode/kind.ts';
import { fillMissing } from './fill-missing/kind.ts';
import { normalise } from './normalise/kind.ts';
import { polynomial } from './polynomial/kind.ts';
import { targetEncode } from './target-encode/kind.ts';
import { textToNumbers } from './text/kind.ts';

export const transforms: Entry<StepCode>[] = [
  entry(fillMissing, () => import('./fill-missing/step.ts')),
  entry(normalise, () => import('./normalise/step.ts')),
  entry(encode, () => import('./encode/step.ts')),
  entry(targetEncode, () => import('./target-encode/step.ts')),
  entry(textToNumbers, () => import('./text/step.ts')),
  entry(bin, () => import('./bin/step.ts')),
  entry(polynomial, () => import('./polynomial/step.ts')),
  entry(components, () => import('./components/step.ts')),
  entry(clusters, () => import('./clusters/step.ts')),
  entry(anomalies, () => import('./anomalies/step.ts')),
];
