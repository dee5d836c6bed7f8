/** The inside of a candidate's process: builds the tables, then does each work that a line of the input names. */
import { createInterface } from 'node:readline';
import { arqueroWork } from './arquero-peer.ts';
import { danfoWork } from './danfo-peer.ts';
import { benchTable, lookupTables } from './data.ts';
import { duckdbWork } from './duckdb-peer.ts';
import { ourWork, type Tables, type Work } from './verb-cases.ts';

export const CANDIDATES: Readonly<Record<string, (tables: Tables) => Promise<Work> | Work>> = {
  millrace: ourWork,
  danfojs: danfoWork,
  arquero: arqueroWork,
  'DuckDB-WASM': duckdbWork,
};

const SETTLE_MS = 50;
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export async function serve(name: string, rows: number): Promise<void> {
  const work = await CANDIDATES[name]({ main: benchTable(rows), lookups: lookupTables() });
  say({ ready: name });
  for await (const title of createInterface({ input: process.stdin })) {
    try {
      if (!work[title]) {
        say({});
        continue;
      }
      // What earlier work left behind is collected first, so that nobody pays for it; memory is given back beside the main thread, which takes a moment.
      globalThis.gc?.();
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const start = cpuMs();
      const rowCount = await work[title]();
      say({ ms: cpuMs() - start, rows: rowCount });
    } catch (error) {
      say({ error: (error instanceof Error ? error.message : String(error)).split('\n')[0].slice(0, 120) });
    }
  }
}
