/** Where entrants run: in this thread of Node, or in a worker of a Chromium that is started for it. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Area, Entered } from './area.ts';
import type { Row } from './report.ts';
import { timed } from './time.ts';
import type { Ask } from './worker.ts';

export interface Player {
  name: string;
  once: () => Promise<number>;
  quality?: () => Promise<number>;
}
/** A contest on a stage. */
export interface Play {
  players: Player[];
  notes: () => Promise<string[]>;
  close: () => Promise<void>;
}
export interface Stage {
  where: Row['where'];
  open: (area: Area, contest: number, full: boolean, entered: () => Promise<Entered>) => Promise<Play>;
  close: () => Promise<void>;
}

export const nodeStage: Stage = {
  where: 'Node',
  open: async (_area, _contest, _full, enter) => {
    const entered = await enter();
    return {
      players: entered.entrants.map((entrant) => ({
        name: entrant.name,
        once: timed(entrant),
        ...(entrant.quality && { quality: async () => entrant.quality!() }),
      })),
      notes: async () => entered.notes?.() ?? [],
      close: async () => {
        await entered.close?.();
      },
    };
  },
  close: async () => undefined,
};

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves the built worker, its page, and the npm peers under `peers/`, on this machine only. */
function serveFolders(): Promise<{ address: string; close: () => void }> {
  const places: [string, string][] = [
    ['/page.html', path.resolve('src/bench/page.html')],
    ['/peers/', path.resolve('node_modules/.millrace-peers/node_modules')],
    ['/', path.resolve('dist-bench')],
  ];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    const [under, folder] = places.find(([start]) => name.startsWith(start))!;
    const file = under === name ? folder : path.join(folder, name.slice(under.length));
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html`, close: () => server.close() }),
    );
  });
}

/** Each contest gets a new page, so that none pays for what another left in memory. Throws where no Chromium is installed. */
export async function chromiumStage(card: boolean): Promise<Stage> {
  const finder = pathToFileURL(path.resolve('e2e/browser.mjs')).href;
  const { installedBrowser } = (await import(/* @vite-ignore */ finder)) as { installedBrowser: () => string | undefined };
  const executablePath = installedBrowser();
  if (!executablePath) throw new Error('there is no Chromium; set CHROMIUM to one');
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', card ? '--ignore-gpu-blocklist' : '--disable-gpu', '--js-flags=--expose-gc'],
    handleSIGTERM: false,
    handleSIGINT: false,
  });
  const server = await serveFolders();
  return {
    where: 'Chromium',
    open: async (area, contest, full) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.address);
      const ask = async <T>(question: Ask): Promise<T> => {
        const said = await page.evaluate((q) => (window as unknown as { ask: (q: unknown) => Promise<unknown> }).ask(q), question);
        const { value, error } = said as { value: T; error?: string };
        if (error) throw new Error(error);
        return value;
      };
      const names = await ask<{ name: string; judged: boolean }[]>({ do: 'open', area: area.name, contest, full });
      return {
        players: names.map(({ name, judged }, entrant) => ({
          name,
          once: () => ask<number>({ do: 'run', entrant }),
          ...(judged && { quality: () => ask<number>({ do: 'quality', entrant }) }),
        })),
        notes: () => ask<string[]>({ do: 'notes' }),
        close: async () => {
          await ask({ do: 'close' });
          await context.close();
        },
      };
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
