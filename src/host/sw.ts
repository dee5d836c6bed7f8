/**
 * The service worker: keeps the app for offline use and gives every worker script the page's security policy. The shell is
 * cached at install; the page asks for the rest when it is idle. A new version waits until all tabs are closed.
 */
import { CONTENT_SECURITY_POLICY, NET_WORKER_POLICY } from './csp.ts';

declare const __BUILD__: string;
declare const __FILES__: { url: string; bytes: number }[];

const scope = self as unknown as ServiceWorkerGlobalScope & typeof globalThis;
const CACHE = `millrace-${__BUILD__}`;
const SHELL_LIMIT_BYTES = 1_500_000;
const isShell = (file: { url: string; bytes: number }) =>
  /\.(html|css|js|svg|webmanifest)$/.test(file.url) && file.bytes < SHELL_LIMIT_BYTES;
/** One file has one content: hosts that say `Vary: Origin` would hide it from module requests. */
const ANY = { ignoreSearch: true, ignoreVary: true };
const absolute = (url: string) => new URL(url, scope.registration.scope).href;

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(__FILES__.filter(isShell).map((file) => absolute(file.url)))));
});

scope.addEventListener('activate', (event) => {
  const clean = caches
    .keys()
    .then((keys) => Promise.all(keys.filter((key) => key.startsWith('millrace-') && key !== CACHE).map((key) => caches.delete(key))));
  event.waitUntil(clean.then(() => scope.clients.claim()));
});

/** Caches one file at a time, so that a cut connection keeps what it had; answers with how much is there. */
async function cacheRest(): Promise<boolean> {
  const cache = await caches.open(CACHE);
  for (const file of __FILES__) {
    const url = absolute(file.url);
    if (await cache.match(url, ANY)) continue;
    const response = await fetch(url).catch(() => undefined);
    if (!response?.ok) return false;
    try {
      await cache.put(url, response);
    } catch {
      // No more space: what people keep here goes first.
      return false;
    }
  }
  return true;
}

scope.addEventListener('message', (event) => {
  const source = event.source;
  if ((event.data as { type?: string })?.type !== 'cache-rest' || !source) return;
  event.waitUntil(cacheRest().then((ready) => source.postMessage({ type: ready ? 'ready-offline' : 'not-offline' })));
});

/** Meta policies do not reach workers loaded by URL; a header does. */
function withPolicy(response: Response, url: string): Response {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', /\/net\.worker-[^/]*$/.test(url) ? NET_WORKER_POLICY : CONTENT_SECURITY_POLICY);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found =
    (await cache.match(request, ANY)) ?? (request.mode === 'navigate' ? await cache.match(absolute('index.html'), ANY) : undefined);
  const response = found ?? (await fetch(request));
  return request.destination === 'worker' || request.destination === 'sharedworker' ? withPolicy(response, request.url) : response;
}

scope.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === 'GET' && url.href.startsWith(scope.registration.scope)) event.respondWith(answer(event.request));
});
