/** The application: themes, session, navigation rail, and the page that the address names. */
import { FluentProvider } from '@fluentui/react-components';
import { type ComponentType, lazy, Suspense } from 'react';
import { Rail } from './app-rail.tsx';
import { CommandPalette } from './commands/command-palette.tsx';
import { KeysOverlay } from './commands/keys-overlay.tsx';
import { useShortcuts } from './commands/use-shortcuts.ts';
import { Announcer } from './kit/announcer.tsx';
import { DesignerPage } from './pages/designer.tsx';
import { InsecureBanner, WriterBanner } from './settings/banners.tsx';
import { BackendProvider } from './state/backend.tsx';
import { useRoute } from './state/route.ts';
import { type Session, SessionProvider, usePanels, useSession } from './state/session.ts';
import { darkTheme, lightTheme } from './theme/fluent-theme.ts';
import { useTheme } from './theme/theme-store.ts';
import '@fontsource-variable/inter/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import './kit/kit.css';
import './app.css';

const DataPage = lazy(() => import('./pages/data.tsx').then((m) => ({ default: m.DataPage })));
const RunsPage = lazy(() => import('./pages/runs.tsx').then((m) => ({ default: m.RunsPage })));
const SettingsPage = lazy(() => import('./settings/settings-page.tsx').then((m) => ({ default: m.SettingsPage })));
const ModelsPage = lazy(() => import('./pages/models.tsx').then((m) => ({ default: m.ModelsPage })));

const PAGES: Record<string, ComponentType> = { data: DataPage, runs: RunsPage, models: ModelsPage, settings: SettingsPage };

export function App({ session }: { session: Session }) {
  const theme = useTheme((s) => s.theme);
  return (
    <FluentProvider theme={theme === 'dark' ? darkTheme : lightTheme}>
      {/* Not the provider's own class: Fluent copies that onto every tooltip's and menu's portal. */}
      <div className="mr-root">
        <BackendProvider backend={session.backend}>
          <SessionProvider value={session}>
            <Frame />
          </SessionProvider>
        </BackendProvider>
      </div>
    </FluentProvider>
  );
}

function Frame() {
  const session = useSession();
  const [page] = useRoute();
  const overlay = usePanels((p) => p.overlay);
  const Page = PAGES[page] ?? DesignerPage;
  const designer = Page === DesignerPage;
  useShortcuts(session, designer);
  const close = () => session.panels.getState().set({ overlay: undefined });
  return (
    <div className="mr-app">
      <Rail page={designer ? 'designer' : page} />
      <div className="mr-page">
        <InsecureBanner />
        <WriterBanner />
        <Suspense fallback={null}>
          <Page />
        </Suspense>
      </div>
      {overlay === 'commands' ? <CommandPalette onClose={close} /> : null}
      {overlay === 'keys' ? <KeysOverlay onClose={close} /> : null}
      <Announcer />
    </div>
  );
}
