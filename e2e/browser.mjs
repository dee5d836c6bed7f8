// Finds a Chromium to test in: $CHROMIUM, the system's, Playwright's own, then Debian's package when we are root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

export function installedBrowser() {
  return [process.env.CHROMIUM, ...SYSTEM].find((path) => path && existsSync(path));
}

export async function findBrowser() {
  const found = installedBrowser();
  if (found) return found;
  const failures = [];
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const attempts = [['npx', ['playwright', 'install', 'chromium']]];
  if (process.getuid?.() === 0) {
    attempts.unshift(['sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk']]);
  }
  for (const [command, args] of attempts) {
    try {
      console.log('Installing a browser for the end-to-end tests (once) …');
      execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 600_000 });
      const path = installedBrowser() ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
      if (path) return path;
    } catch (error) {
      failures.push(`${command} ${args.join(' ')}: ${String(error.stderr ?? error.message).slice(0, 300)}`);
    }
  }
  throw new Error(`No Chromium was found and none could be installed. Set CHROMIUM to one.\n${failures.join('\n')}`);
}
