/** Any static host will do: the built files below a sub-path, from a server that knows no special headers. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, runAll, startApp, test, waitFresh } from './driver.ts';

const DIST = path.join(import.meta.dirname, '..', 'dist');
const BELOW = '/some/sub/path/';
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Answers from `dist` below the sub-path, and 404 for everything else, which is kept in `missed`. */
async function serve(missed: string[]) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = pathname === BELOW ? 'index.html' : pathname.slice(BELOW.length);
    const body = pathname.startsWith(BELOW)
      ? await readFile(path.join(DIST, path.normalize(`/${file}`))).catch(() => undefined)
      : undefined;
    if (!body) missed.push(pathname);
    response.writeHead(body ? 200 : 404, { 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${BELOW}`, close: () => server.close() };
}

test('the app starts and runs a sample below a sub-path', async () => {
  const missed: string[] = [];
  const host = await serve(missed);
  try {
    const app = await startApp({ url: host.url });
    await app.page.getByRole('button', { name: /^Predict a category/ }).click();
    expect(await runAll(app.page)).toBe('Completed');
    await waitFresh(app.page, 'Evaluate');
    await app.page.reload();
    await waitFresh(app.page, 'Evaluate');
    await app.close();
  } finally {
    host.close();
  }
  expect(missed).toEqual([]);
});
