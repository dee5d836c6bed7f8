/** `npm run bench`: our tables beside npm peers in one process, interleaved; prints medians and ratios, asserts nothing. */
import { csvArea } from './csv.ts';
import { verbsArea } from './verbs.ts';

const AREAS: Record<string, (rows: number) => Promise<void>> = { csv: csvArea, verbs: verbsArea };
const [, , area, rows] = process.argv;
for (const [name, run] of Object.entries(AREAS)) if (!area || area === 'all' || area === name) await run(Number(rows ?? 1_000_000));
