/** The page's side of the engine worker: starts it, answers its requests, and gives the UI one `Backend`. */
import { connect, type Service } from '../base/channel.ts';
import type { RunEvent } from '../events/event.ts';
import engineUrl from './engine.worker.ts?worker&url';
import { fileAccess, forgetHandles, readHandle } from './file-handles.ts';
import { watchOffline } from './offline.ts';
import type { PageService } from './page-service.ts';
import type { Backend, EngineApi, OfflineState, WriterState } from './protocol.ts';
import { randomId } from './random-id.ts';
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
  const registry = topic<readonly string[]>();
  const writers = new Set<(state: WriterState) => void | Promise<void>>();
  let writer: WriterState | undefined;
  const offline = topic<OfflineState>(true);
  const worker = new Worker(trustedUrl(engineUrl), { type: 'module', name: document.baseURI });
  const service = {
    event: (event) => events.emit(event),
    registryChanged: (stores) => registry.emit(stores),
    writerChanged: async (state) => {
      writer = state;
      await Promise.all(Array.from(writers, (listener) => listener(state)));
    },
    readHandle,
    forgetHandles,
    saveFile,
    runScript,
  } satisfies PageService;
  const engine = connect<EngineApi & Service>(portOf(worker), service);
  watchOffline(offline.emit);
  const files = fileAccess(randomId);
  const own: Omit<Backend, keyof EngineApi> = {
    subscribe: events.subscribe,
    subscribeRegistry: registry.subscribe,
    subscribeOffline: offline.subscribe,
    subscribeWriter: (listener) => {
      writers.add(listener);
      if (writer) void listener(writer);
      return () => void writers.delete(listener);
    },
    keepData: async () => (await (navigator.storage as StorageManager | undefined)?.persist()) ?? false,
    ...(files ? { files } : {}),
  };
  return new Proxy(own as Backend, {
    get: (target, name) =>
      Object.hasOwn(target, name) || name === 'files' ? target[name as keyof Backend] : engine[name as keyof EngineApi],
  });
}
