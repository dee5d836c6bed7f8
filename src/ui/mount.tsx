/** Puts the application into the page: opens the last pipeline, or a new one, and renders. */
import { createRoot } from 'react-dom/client';
import type { Backend } from '../host/protocol.ts';
import { App } from './app.tsx';
import { textReady } from './i18n/text.ts';
import { openFirst } from './state/open-first.ts';
import { createSession } from './state/session.ts';
import { inWorkspace, localValues } from './state/storage.ts';
import { startTheme } from './theme/theme-store.ts';

/** What is taken where the browser does not tell. */
const UNKNOWN_GIB = 4;

export async function mount(backend: Backend, element: HTMLElement): Promise<void> {
  startTheme();
  await textReady();
  const workspace = (await backend.workspaces()).find((one) => one.open)?.id ?? 'default';
  const storage = inWorkspace(localValues, workspace);
  const { opened, problem } = await openFirst(backend, storage);
  const memoryGib = (navigator as { deviceMemory?: number }).deviceMemory ?? UNKNOWN_GIB;
  const session = createSession({ backend, opened, storage, memoryGib });
  if (problem) session.documents.setState({ refused: problem });
  window.addEventListener('pagehide', () => void session.saving.flush());
  createRoot(element).render(<App session={session} />);
}
