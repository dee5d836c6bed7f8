/** Registers the service worker and, five idle seconds after start, has it cache the rest of the app. */
import type { OfflineState } from './protocol.ts';
import { trustedUrl } from './trusted.ts';

const IDLE_MS = 5000;

/** Reports each change of state. `unavailable` where the browser has no service worker (plain http, private windows). */
export function watchOffline(listener: (state: OfflineState) => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) {
    listener('unavailable');
    return;
  }
  navigator.serviceWorker.addEventListener('message', (event) => {
    const type = (event.data as { type?: string })?.type;
    if (type === 'ready-offline') listener('ready');
    if (type === 'not-offline') listener('unavailable');
  });
  const url = new URL('sw.js', document.baseURI).href;
  navigator.serviceWorker.register(trustedUrl(url)).then(
    async () => {
      listener('caching');
      const registration = await navigator.serviceWorker.ready;
      setTimeout(() => registration.active?.postMessage({ type: 'cache-rest' }), IDLE_MS);
    },
    () => listener('unavailable'),
  );
}
