/** What the command palette offers: commands, nodes of the canvas with their settings, kinds to add, settings of the app, and stored things. */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { placeAfterActive } from '../canvas/place-node.ts';
import { sharedValues } from '../forms/shared-values.ts';
import { kindText, paramText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { nodeTitle } from '../state/edits.ts';
import { allKinds, familyOf, kindOf } from '../state/kinds.ts';
import { go } from '../state/route.ts';
import { type Session, useSession } from '../state/session.ts';
import { allCommands } from './all-commands.ts';
import { keyLabel, useKeymap } from './keymap.ts';
import type { Findable } from './rank-items.ts';

export interface Item extends Findable {
  icon: ReactNode;
  keys?: string;
  /** Why it cannot be used now. */
  blocked?: string;
  /** It works on the canvas: the designer is opened first. */
  onCanvas?: boolean;
  run: () => void;
}

/** Sections of the Settings page, with the text that heads each. */
const SETTINGS = {
  look: 'settings.appearance',
  keys: 'designer.command.keys',
  workspaces: 'settings.workspaces.title',
  storage: 'settings.storage.title',
  offline: 'settings.offline.title',
  net: 'settings.net.title',
  delete: 'settings.delete.title',
} as const;
/** Moves of one step are for keys; a list of them would bury the rest. */
const isStep = (id: string) => /^(walk|nudge|leap|extend|back)/.test(id);
const isAnywhere = (id: string) => /^(page|theme|language|commands|keys)/.test(id);

/** All of them as things are when the palette opens. */
export function usePaletteItems(): readonly Item[] {
  const t = useText();
  const session = useSession();
  const stored = useStored(session);
  const fixed = useMemo(() => {
    const { keysOf } = useKeymap.getState();
    const commands = allCommands
      .filter((command) => !isStep(command.id))
      .map((command): Item => {
        const [keys] = keysOf(command);
        const blocked = command.blocked?.(session);
        return {
          id: command.id,
          title: t(`designer.command.${command.id}`),
          area: t(`designer.command-group.${command.group}`),
          more: '',
          icon: command.icon ? <Icon name={command.icon} /> : null,
          keys: keys && keyLabel(keys),
          blocked: blocked && t(`designer.blocked.${blocked}`),
          onCanvas: !isAnywhere(command.id),
          run: () => command.run(session),
        };
      });
    const kinds = allKinds().map(
      (kind): Item => ({
        id: `kind:${kind.id}`,
        title: kindText(kind, 'title'),
        area: t('designer.palette.add-node'),
        more: kind.synonyms.join(' '),
        icon: <KindTile icon={kind.icon} family={familyOf(kind)} size={20} />,
        onCanvas: true,
        run: () => {
          const id = placeAfterActive(session, kind);
          if (id) requestAnimationFrame(() => session.canvas.port.reveal(id, true));
        },
      }),
    );
    const settings = Object.entries(SETTINGS).map(
      ([id, title]): Item => ({
        id: `settings:${id}`,
        title: t(title),
        area: t('settings.title'),
        more: '',
        icon: <Icon name="settings" />,
        run: () => go('settings', id),
      }),
    );
    const nodes = Object.values(session.documents.getState().document.nodes).map((node): Item => {
      const kind = kindOf(node.kind);
      return {
        id: `node:${node.id}`,
        title: nodeTitle(node),
        area: t('designer.palette.go-to-node'),
        more: kind ? kindText(kind, 'title') : '',
        icon: kind ? <KindTile icon={kind.icon} family={familyOf(kind)} size={20} /> : <Icon name="right" />,
        onCanvas: true,
        run: () => {
          session.selection.getState().select({ nodes: [node.id] });
          session.canvas.port.reveal(node.id, true);
        },
      };
    });
    return [...commands, ...nodeSettings(session, (title) => t('inspect.setting-of', { title })), ...nodes, ...kinds, ...settings];
  }, [session, t]);
  return useMemo(() => [...fixed, ...stored], [fixed, stored]);
}

/** Settings of the chosen node: choosing one leads to its field. */
function nodeSettings(session: Session, areaOf: (title: string) => string): Item[] {
  const { nodes } = session.selection.getState();
  const node = nodes.length === 1 ? session.documents.getState().document.nodes[nodes[0]] : undefined;
  const kind = node && kindOf(node.kind);
  if (!node || !kind) return [];
  return sharedValues([node], kind).entries.map(([id, param]) => ({
    id: `param:${kind.id}.${id}`,
    title: paramText(kind, id, param, 'label'),
    area: areaOf(nodeTitle(node)),
    more: `${param.label} ${param.alias ?? ''}`,
    icon: <KindTile icon={kind.icon} family={familyOf(kind)} size={20} />,
    onCanvas: true,
    run: () => session.panels.getState().set({ inspectorOpen: true, inspectorTab: 'settings', focusParam: { node: node.id, param: id } }),
  }));
}

/** Pipelines, models and datasets arrive a moment later; the list does not wait for them. */
function useStored(session: Session): readonly Item[] {
  const t = useText();
  const [items, setItems] = useState<readonly Item[]>([]);
  useEffect(() => {
    let stays = true;
    const load = async () => {
      const { backend } = session;
      const [pipelines, models, datasets] = await Promise.all([backend.listPipelines(), backend.listModels(), backend.listDatasets()]);
      if (!stays) return;
      setItems([
        ...pipelines.map((p) => ({
          id: `pipeline:${p.id}`,
          title: p.name,
          area: t('designer.palette.open-pipeline'),
          more: '',
          icon: <Icon name="template" />,
          run: () => void session.openStored(p.id).then((there) => there && go('designer')),
        })),
        ...models.map(({ record }) => ({
          id: `model:${record.name}`,
          title: record.name,
          area: t('designer.palette.open-model'),
          more: '',
          icon: <Icon name="models" />,
          run: () => go('models', record.name),
        })),
        ...[...new Set(datasets.map((d) => d.name))].map((name) => ({
          id: `dataset:${name}`,
          title: name,
          area: t('inspect.open-data'),
          more: '',
          icon: <Icon name="data" />,
          run: () => go('data', name),
        })),
      ]);
    };
    load().catch(() => undefined);
    return () => {
      stays = false;
    };
  }, [session, t]);
  return items;
}
