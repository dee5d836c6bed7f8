/** End-to-end journeys against the production build, in the Chromium that `e2e/browser.mjs` finds. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4179);
export default defineConfig({
  testDir: './e2e',
  // What takes long has its own script: NIGHTLY=1.
  testIgnore: process.env.NIGHTLY ? [] : ['**/*.nightly.spec.ts'],
  globalSetup: './e2e/set-up.ts',
  // Journeys wait more than they compute; what one needs for itself (a browser, a profile, a port) it makes for itself.
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    // A control that is not there fails the journey in half a minute, not in five.
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: true,
  },
});
