/** The page's side of the engine worker: starts it, answers its requests, and gives the UI one `Backend`. */
import { connect, type Service } from '../base/channel.ts';
import type { RunEvent } from '../events/event.ts';
import engineUrl from './engine.worker.ts?worker&url';
import { watchOffline } from './offline.ts';
import type { PageService } from './page-service.ts';
import type { Backend, EngineApi, OfflineState } from './protocol.ts';
import { runScript } from './sandbox.ts';
import { saveFile } from './save-file.ts';
import { allowEmptyHtml, trustedUrl } from './trusted.ts';
import { portOf } from './worker-port.ts';

/** A set of listeners; late ones hear the last value when `keep` is set. */
function topic<T>(keep = false) {
  const listeners = new Set<(value: T) => void>();
  let last: { value: T } | undefined;
  return {
    emit: (value: T) => {
      if (keep) last = { value };
      for (const listener of listeners) listener(value);
    },
    subscribe: (listener: (value: T) => void) => {
      listeners.add(listener);
      if (last) listener(last.value);
      return () => void listeners.delete(listener);
    },
  };
}

export function createBackend(): Backend {
  allowEmptyHtml();
  const events = topic<RunEvent>();
  const registry = topic<void>();
  const offline = topic<OfflineState>(true);
  const worker = new Worker(trustedUrl(engineUrl), { type: 'module', name: document.baseURI });
  const service = {
    event: (event) => events.emit(event),
    registryChanged: () => registry.emit(),
    saveFile,
    runScript,
  } satisfies PageService;
  const engine = connect<EngineApi & Service>(portOf(worker), service);
  watchOffline(offline.emit);
  const own: Pick<Backend, 'subscribe' | 'subscribeRegistry' | 'subscribeOffline'> = {
    subscribe: events.subscribe,
    subscribeRegistry: (listener) => registry.subscribe(listener),
    subscribeOffline: (listener) => void offline.subscribe(listener),
  };
  return new Proxy(own as Backend, {
    get: (target, name) => (Object.hasOwn(target, name) ? target[name as keyof Backend] : engine[name as keyof EngineApi]),
  });
}
