/** What every journey starts with: the built app in a browser profile of its own, watched for errors and for requests to anywhere else. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, test as base, chromium, expect, type Locator, type Page } from '@playwright/test';

export interface App {
  page: Page;
  context: BrowserContext;
  /** Where the app is served. */
  url: string;
  /** Page errors, console errors, policy violations and requests to other origins, in order. A journey ends with none. */
  problems: string[];
  /** A further tab of the same profile, watched like the first. */
  newPage: (hash?: string) => Promise<Page>;
  /** Closes the browser and checks that there were no problems. */
  close: () => Promise<void>;
}
export interface StartOptions {
  /** Address of the app; the web server of playwright.config.ts when left out. */
  url?: string;
  /** Part after `#/`: `models`, `runs`. */
  hash?: string;
  /** localStorage entries, set before the app starts. */
  storage?: Record<string, string>;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  locale?: string;
  reducedMotion?: 'reduce' | 'no-preference';
  permissions?: string[];
}

const address = (url: string, hash: string) => (hash ? `${url}#/${hash}` : url);

/** Opens the app in a new persistent profile (OPFS and IndexedDB need one) and waits until it is there. */
export async function startApp(options: StartOptions = {}): Promise<App> {
  const use = test.info().project.use;
  const url = options.url ?? use.baseURL ?? '';
  const profile = await mkdtemp(path.join(os.tmpdir(), 'millrace-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...use.launchOptions,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-GB',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    permissions: options.permissions ?? ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
  });
  const problems: string[] = [];
  watch(context, new URL(url).origin, problems);
  if (options.storage)
    await context.addInitScript((entries) => {
      for (const [key, value] of Object.entries(entries)) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    }, options.storage);
  const open = async (page: Page, hash = '') => {
    await page.goto(address(url, hash));
    await waitReady(page);
    return page;
  };
  const page = context.pages()[0] ?? (await context.newPage());
  await open(page, options.hash);
  return {
    page,
    context,
    url,
    problems,
    newPage: async (hash) => open(await context.newPage(), hash),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      expect(problems, 'errors in the page, or requests to elsewhere').toEqual([]);
    },
  };
}

function watch(context: BrowserContext, origin: string, problems: string[]) {
  context.on('weberror', (event) => problems.push(`page error: ${event.error().stack ?? event.error()}`));
  // Policy violations are console errors too.
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(asked.protocol) && asked.origin !== origin)
      problems.push(`request to ${request.url()}`);
  });
}

/** The first screen is drawn: the canvas, the three doors or a page. */
export async function waitReady(page: Page): Promise<void> {
  await expect(page.locator('#root > *').first()).toBeVisible();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** `test` with an app started for it, closed and checked for problems afterwards. */
export const test = base.extend<{ start: StartOptions; app: App }>({
  start: [{}, { option: true }],
  app: async ({ start }, use) => {
    const app = await startApp(start);
    await use(app);
    await app.close();
  },
});
export { expect };

/** Drops a file on the page, as from the desktop. */
export async function dropFile(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], fileName));
      return data;
    },
    [name, Buffer.from(content).toString('base64')] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer });
}

/** Pastes text as Ctrl+V on the canvas does: a pipeline or a part of one becomes nodes. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** Opens a pipeline file through the Open dialog, and waits until its nodes are drawn and checked. */
export async function openPipeline(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Pipeline menu' }).click();
  await page.getByRole('menuitem', { name: /^Open a pipeline/ }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('dialog').getByRole('button', { name: 'From a file' }).click();
  await (await choosing).setFiles(file);
  await expect(page.locator('[data-node]').first()).toBeVisible();
  await waitSaved(page);
}

/** The face of a node, by its title. */
export const nodeFace = (page: Page, title: string): Locator =>
  page.locator('[data-node]').filter({ has: page.locator('.mr-node-title').getByText(title, { exact: true }) });

/** Waits until a node has its result; a failed node fails the test at once, with what it says. */
export async function waitFresh(page: Page, title: string, timeout = 60_000): Promise<void> {
  const face = nodeFace(page, title);
  await expect(face).toHaveAttribute('data-state', /^(fresh|reused|failed|blocked)$/, { timeout });
  const state = await face.getAttribute('data-state');
  expect(['fresh', 'reused'], `${title}: ${await face.getAttribute('aria-label')}`).toContain(state);
}

/** Every node's state by title; nodes of one title get their order added. */
export const nodeStates = (page: Page): Promise<Record<string, string>> =>
  page.locator('[data-node]').evaluateAll((faces) => {
    const states: Record<string, string> = {};
    for (const face of faces) {
      const title = face.querySelector('.mr-node-title')?.textContent ?? face.getAttribute('data-node') ?? '';
      const count = Object.keys(states).filter((key) => key === title || key.startsWith(`${title} #`)).length;
      states[count === 0 ? title : `${title} #${count + 1}`] = face.getAttribute('data-state') ?? '';
    }
    return states;
  });

/** Presses Run and waits until that run has ended; answers with how: Completed, Failed or Canceled. */
export async function runAll(page: Page, timeout = 60_000): Promise<string> {
  const button = page.getByTestId('run');
  const before = await button.getAttribute('data-run');
  await button.click();
  await expect.poll(() => button.getAttribute('data-run'), { timeout }).not.toBe(before);
  return waitRunEnd(page, timeout);
}

/** Waits until the run under way has ended; answers with how. */
export async function waitRunEnd(page: Page, timeout = 60_000): Promise<string> {
  const button = page.getByTestId('run');
  await expect(button).toHaveAttribute('data-status', /^(Completed|Failed|Canceled)$/, { timeout });
  return (await button.getAttribute('data-status')) ?? '';
}

/** The document is written to the workspace. */
export async function waitSaved(page: Page): Promise<void> {
  await expect(page.getByTestId('saved')).toHaveAttribute('data-status', 'saved');
}

/** Goes to a page by the rail: `Data`, `Runs`, `Models`, `Designer`. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').first().getByRole('link', { name, exact: true }).click();
}
