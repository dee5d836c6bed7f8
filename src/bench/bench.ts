/** `npm run bench -- [AREA] [ROWS] [PEERS]`: our tables beside their peers, interleaved; prints medians and ratios, asserts nothing. */
import { boostingArea } from './boosting.ts';
import { csvArea } from './csv.ts';
import { distancesArea } from './distances.ts';
import { memoryArea } from './memory.ts';
import { serve } from './serve.ts';
import { verbsArea } from './verbs.ts';

const AREAS: Record<string, (rows: number, peers: readonly string[]) => Promise<void>> = {
  memory: memoryArea,
  csv: csvArea,
  verbs: verbsArea,
  boosting: boostingArea,
  distances: distancesArea,
};
const [, , area, ...rest] = process.argv;
if (area === 'serve') await serve(rest[0], Number(rest[1]));
for (const [name, run] of Object.entries(AREAS))
  if (!area || area === 'all' || area === name) await run(Number(rest[0] ?? 1_000_000), rest[1]?.split(',') ?? []);
