/** The right-click menu of node, wire and empty canvas: the same commands as everywhere, chosen by what is under the pointer. */
import { menuEntries } from '../commands/menu-entries.ts';
import { useText } from '../i18n/text.ts';
import { MenuAt } from '../kit/menu.tsx';
import type { PanelState } from '../state/panel-store.ts';
import { useSession } from '../state/session.ts';

const ON_NODE = [
  'run-to',
  'run-from',
  '-',
  'rename',
  'add-after',
  'connect',
  'move',
  'frame',
  'disable',
  'pin-result',
  '-',
  'copy',
  'duplicate',
  'cut',
  '-',
  'delete',
];
const ON_WIRE = ['peek', '-', 'delete'];
const ON_CANVAS = ['add', 'paste', 'note', 'frame', '-', 'select-all', 'tidy', 'zoom-fit'];

export function CanvasMenu({ on, onClose }: { on: NonNullable<PanelState['contextMenu']>; onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const ids = on.node ? ON_NODE : on.wire ? ON_WIRE : ON_CANVAS;
  const entries = menuEntries(session, ids, t);
  return <MenuAt at={on.at} onClose={onClose} entries={entries} label={t('designer.canvas.menu')} />;
}
