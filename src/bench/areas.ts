/** The benchmark's areas, in the order of its tables. One line each. */
import type { Area } from './area.ts';
import { boostingArea } from './boosting.ts';
import { csvArea } from './csv.ts';
import { distancesArea } from './distances.ts';
import { forestArea } from './forest.ts';
import { linearArea } from './linear.ts';
import { memoryArea } from './memory.ts';
import { networkArea, networkCardArea } from './network.ts';
import { predictArea } from './predict.ts';
import { verbsArea } from './verbs.ts';

export const AREAS: readonly Area[] = [
  memoryArea,
  csvArea,
  verbsArea,
  boostingArea,
  forestArea,
  linearArea,
  predictArea,
  distancesArea,
  networkArea,
  networkCardArea,
];
