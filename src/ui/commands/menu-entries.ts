/** Menu entries from command ids; `-` draws a line. Disabled ones say why. */
import type { Translate } from '../i18n/text.ts';
import type { MenuEntry } from '../kit/menu.tsx';
import type { Session } from '../state/session.ts';
import { commandOf } from './all-commands.ts';
import { keyLabel, useKeymap } from './keymap.ts';

export function menuEntries(session: Session, ids: readonly string[], t: Translate): MenuEntry[] {
  const entries: MenuEntry[] = [];
  let divided = false;
  for (const id of ids) {
    const command = commandOf(id);
    if (!command) {
      divided = true;
      continue;
    }
    const blocked = command.blocked?.(session);
    const [keys] = useKeymap.getState().keysOf(command);
    entries.push({
      id,
      label: t(`designer.command.${id}`),
      icon: command.icon,
      divided,
      ...(keys ? { keys: keyLabel(keys) } : {}),
      ...(blocked ? { disabledBecause: t(`designer.blocked.${blocked}`) } : {}),
      ...(command.previews && !blocked
        ? { onPoint: (on: boolean) => session.preview.point(on ? command.previews?.(session) : undefined) }
        : {}),
      run: () => command.run(session),
    });
    divided = false;
  }
  return entries;
}
