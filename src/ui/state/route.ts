/** Where the page is, as a hash route (`#/models/titanic/7`), so that any static host under any path serves it. */
import { useSyncExternalStore } from 'react';

/** Decoded parts after `#/`: `['models', 'titanic', '7']`; `['designer']` when there is no hash. */
export function routeOf(hash: string): readonly string[] {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
  return parts.length > 0 ? parts : ['designer'];
}

/** The hash of a path of raw parts. */
export const hashOf = (...parts: (string | number)[]): string => `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;

export function go(...parts: (string | number)[]): void {
  window.location.hash = hashOf(...parts);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): readonly string[] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return routeOf(hash);
}
