/** The benchmark inside a Chromium worker: opens a contest by area and number, then runs and judges its entrants as asked. */
import type { Entered } from './area.ts';
import { AREAS } from './areas.ts';
import { timed } from './time.ts';

export type Ask =
  | { do: 'open'; area: string; contest: number; full: boolean }
  | { do: 'run' | 'quality'; entrant: number }
  | { do: 'notes' | 'close' };

let entered: Entered | undefined;
let runs: (() => Promise<number>)[] = [];

async function answer(ask: Ask): Promise<unknown> {
  if (ask.do === 'open') {
    const area = AREAS.find(({ name }) => name === ask.area)!;
    entered = await area.contests(ask.full)[ask.contest].open();
    runs = entered.entrants.map(timed);
    return entered.entrants.map(({ name, quality }) => ({ name, judged: quality !== undefined }));
  }
  if (ask.do === 'run') return runs[ask.entrant]();
  if (ask.do === 'quality') return entered?.entrants[ask.entrant].quality?.();
  if (ask.do === 'notes') return entered?.notes?.() ?? [];
  await entered?.close?.();
  entered = undefined;
  return undefined;
}

self.onmessage = async ({ data }: MessageEvent<Ask>) => {
  try {
    self.postMessage({ value: await answer(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
