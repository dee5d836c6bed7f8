/** A Chromium in a process group of its own, on a profile that stays: it can be killed at any moment, as by a power cut of the machine's memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { waitReady } from './driver.ts';

export interface MortalBrowser {
  page: Page;
  browser: Browser;
  /** SIGKILL to all its processes at once: nothing is flushed, no handler runs. What the kernel already has is kept. */
  kill: () => Promise<void>;
}

const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** Opens the app in the profile and waits until it is there. */
export async function startMortal(profile: string, url: string): Promise<MortalBrowser> {
  const args = [...ARGS, '--remote-debugging-port=0', '--window-size=1440,900', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(await findBrowser(), args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const browser = await chromium.connectOverCDP(await devtoolsOf(child));
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.newPage());
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(url);
  await waitReady(page);
  return {
    page,
    browser,
    kill: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-(child.pid as number), 'SIGKILL');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

/** Chromium says its DevTools address on the error stream once it listens. */
function devtoolsOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`Chromium ended at its start:\n${said}`)));
  });
}
