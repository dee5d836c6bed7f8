/** A command as data: one record feeds menus, the command palette, shortcuts and the `?` overlay. Titles are `designer.command.<id>`. */
import type { RunRequest } from '../../engine/plan-types.ts';
import type { IconName } from '../kit/icon.tsx';
import type { Session } from '../state/session.ts';

export type CommandGroup = 'edit' | 'run' | 'canvas' | 'view' | 'pipeline';

export interface Command {
  id: string;
  group: CommandGroup;
  icon?: IconName;
  /** Default keys, `Mod` = Ctrl or Cmd: `Mod+K`, `Shift+R`, `?`. */
  keys?: readonly string[];
  /** Keys count only while the canvas (or nothing) has the focus. */
  on?: 'canvas';
  /** Key of the reason why it cannot be used now; `undefined` = it can. */
  blocked?: (session: Session) => string | undefined;
  /** What it would run: shown on the canvas while it is pointed at in a menu. */
  previews?: (session: Session) => RunRequest | undefined;
  run: (session: Session) => void;
}
