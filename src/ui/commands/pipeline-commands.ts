/** Commands about whole pipelines and about panels: new, open, file, palette, keys, inspector, theme, language. */

import { canonical } from '../../base/json.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { language, setLanguage, translate } from '../i18n/text.ts';
import { downloadText } from '../kit/download.ts';
import { newPipelineId } from '../state/open-first.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { useTheme } from '../theme/theme-store.ts';
import type { Command } from './command.ts';

async function openNew(session: Session): Promise<void> {
  await session.open(emptyDocument(newPipelineId(), translate('designer.untitled')));
}

const copyOf = (document: PipelineDocument): PipelineDocument => ({
  ...document,
  id: newPipelineId(),
  name: translate('designer.copy-of', { name: document.name }),
});

const page = (name: string): Command => ({ id: `page-${name}`, group: 'pipeline', run: () => go(name) });

export const pipelineCommands: readonly Command[] = [
  { id: 'new', group: 'pipeline', icon: 'add', run: (s) => void openNew(s) },
  { id: 'open', group: 'pipeline', icon: 'browse', keys: ['Mod+O'], run: (s) => s.panels.getState().set({ overlay: 'open' }) },
  { id: 'save', group: 'pipeline', keys: ['Mod+S'], run: (s) => void s.saving.flush() },
  {
    id: 'duplicate-pipeline',
    group: 'pipeline',
    run: (s) => void s.open(copyOf(s.documents.getState().document)),
  },
  {
    id: 'download',
    group: 'pipeline',
    icon: 'download',
    run: (s) => {
      const { document } = s.documents.getState();
      downloadText(`${document.name}.millrace.json`, JSON.stringify(JSON.parse(canonical(document)), null, 2), 'application/json');
    },
  },
  {
    id: 'versions',
    group: 'pipeline',
    icon: 'runs',
    run: (s) => s.panels.getState().set({ versionsOpen: !s.panels.getState().versionsOpen }),
  },
  { id: 'commands', group: 'view', icon: 'search', keys: ['Mod+K'], run: (s) => s.panels.getState().set({ overlay: 'commands' }) },
  { id: 'keys', group: 'view', keys: ['?'], run: (s) => s.panels.getState().set({ overlay: 'keys' }) },
  { id: 'problems', group: 'view', icon: 'failed', run: (s) => s.panels.getState().set({ overlay: 'problems' }) },
  {
    id: 'inspector',
    group: 'view',
    keys: ['Enter'],
    on: 'canvas',
    blocked: (s) => (s.selection.getState().nodes.length === 1 ? undefined : 'choose-one'),
    run: (s) => {
      s.panels.getState().set({ inspectorOpen: true });
      requestAnimationFrame(() => {
        const field = document.querySelector<HTMLElement>('[data-inspector] [data-param] :is(input, select, textarea, button)');
        (field ?? document.querySelector<HTMLElement>('[data-inspector] [role="tab"][aria-selected="true"]'))?.focus();
      });
    },
  },
  { id: 'dock', group: 'view', run: (s) => s.panels.getState().set({ dockOpen: !s.panels.getState().dockOpen }) },
  { id: 'theme-light', group: 'view', run: () => useTheme.getState().choose('light') },
  { id: 'theme-dark', group: 'view', run: () => useTheme.getState().choose('dark') },
  { id: 'theme-system', group: 'view', run: () => useTheme.getState().choose('system') },
  { id: 'language', group: 'view', run: () => void setLanguage(language() === 'en' ? 'zh' : 'en') },
  page('designer'),
  page('data'),
  page('runs'),
  page('models'),
  page('settings'),
  { id: 'keys-settings', group: 'view', run: () => go('settings', 'keys') },
];
