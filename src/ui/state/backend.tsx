/** The engine behind the page, handed down by React context; made by `host/` and mounted in `main.tsx`. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Backend } from '../../host/protocol.ts';

const BackendContext = createContext<Backend | undefined>(undefined);

export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  return <BackendContext value={backend}>{children}</BackendContext>;
}

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) throw new Error('no backend above this component');
  return backend;
}

/** Grows by one each time the registry changed, here or in another tab: a dependency for whatever lists it. */
export function useRegistryTick(): number {
  const backend = useBackend();
  const [tick, setTick] = useState(0);
  useEffect(() => backend.subscribeRegistry(() => setTick((n) => n + 1)), [backend]);
  return tick;
}
