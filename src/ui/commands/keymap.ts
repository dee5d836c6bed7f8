/** Which keys call which command: defaults from the records, the person's own choices over them; conflicts are refused. */
import { create } from 'zustand';
import { localValues } from '../state/storage.ts';
import type { Command } from './command.ts';

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform ?? '');
const NAMED: Record<string, string> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete' };

/** `Mod+Shift+Z` of a key press. Letters and digits go by what is printed; a shifted sign (`?`, `+`) carries no `Shift`. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>): string {
  const raw = NAMED[event.key] ?? event.key;
  const letter = raw.length === 1;
  const key = event.altKey && letter && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : letter ? raw.toUpperCase() : raw;
  const sign = letter && !/[\p{L}\p{N}]/u.test(key);
  return [
    ((MAC ? event.metaKey : event.ctrlKey) && 'Mod') || '',
    (event.altKey && 'Alt') || '',
    (event.shiftKey && !sign && 'Shift') || '',
    key,
  ]
    .filter(Boolean)
    .join('+');
}

const PRINTED: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Mod: MAC ? '⌘' : 'Ctrl',
  Delete: 'Del',
  Escape: 'Esc',
};
/** The chord as printed on keys: `Ctrl Shift Z`. */
export const keyLabel = (chord: string): string =>
  chord
    .split(/\+(?!$)/)
    .map((part) => PRINTED[part] ?? part)
    .join(MAC ? '' : ' ');

/** Keys that browsers and systems keep for themselves, clipboard keys, and those that move the focus. */
const RESERVED = new Set(
  [
    'Mod+T Mod+N Mod+W Mod+Q Mod+L Mod+R Mod+P Mod+F Mod+H Mod+J Mod+U Mod+Tab Mod+Shift+Tab',
    'Mod+Shift+N Mod+Shift+T Mod+Shift+W Mod+Shift+R Mod+Shift+I Mod+Shift+J Mod+Shift+C Mod+Shift+P Mod+Shift+B Mod+Shift+O',
    'Mod+C Mod+V Mod+X Mod+A Mod++ Mod+- Mod+0',
    'Alt+ArrowLeft Alt+ArrowRight Alt+F4 Alt+D Alt+Tab',
    'F1 F3 F5 F6 F7 F10 F11 F12 Shift+F10 Tab Shift+Tab Enter Space Escape',
  ]
    .join(' ')
    .split(' '),
);
/** With one of the digits a browser goes to a tab. */
const isTabKey = (chord: string) => /^Mod\+\d$/.test(chord);
export const isSingle = (chord: string) => /^(Shift\+)?[\p{L}\p{N}\p{P}\p{S}]$/u.test(chord);

interface KeymapState {
  /** The person's own keys by command; `null` = none. */
  own: Record<string, string | null>;
  /** One-letter shortcuts can be turned off (WCAG 2.1.4). */
  singles: boolean;
  /** Keys that call the command now. */
  keysOf: (command: Command) => readonly string[];
  /** Answers with the id of the command that has these keys already, `reserved`, or nothing when they were taken. */
  bind: (command: Command, chord: string, all: readonly Command[]) => string | undefined;
  /** The command has no keys any more. */
  clear: (command: Command) => void;
  /** Back to the default keys; refused like `bind` when another command has got one of them since. */
  reset: (command: Command, all: readonly Command[]) => string | undefined;
  resetAll: () => void;
  setSingles: (on: boolean) => void;
}

export const useKeymap = create<KeymapState>((set, get) => {
  const chosen = (command: Command): readonly string[] => {
    const own = get().own[command.id];
    return own === undefined ? (command.keys ?? []) : own === null ? [] : [own];
  };
  // Keys that rest with the single ones are still somebody's.
  const holder = (command: Command, chord: string, all: readonly Command[]) =>
    all.find((other) => other.id !== command.id && chosen(other).includes(chord))?.id;
  const keep = (own: KeymapState['own']) => {
    localValues.write('keys', own);
    set({ own });
  };
  return {
    own: localValues.read('keys', {}),
    singles: localValues.read('single-keys', true),
    keysOf: (command) => (get().singles ? chosen(command) : chosen(command).filter((chord) => !isSingle(chord))),
    bind: (command, chord, all) => {
      const own = get().own[command.id] === undefined && command.keys?.includes(chord);
      if (own) return undefined;
      if (!command.keys?.includes(chord) && (RESERVED.has(chord) || isTabKey(chord))) return 'reserved';
      const taken = holder(command, chord, all);
      if (taken === undefined) keep({ ...get().own, [command.id]: chord });
      return taken;
    },
    clear: (command) => keep({ ...get().own, [command.id]: null }),
    reset: (command, all) => {
      const taken = (command.keys ?? []).map((chord) => holder(command, chord, all)).find((id) => id !== undefined);
      if (taken !== undefined) return taken;
      const { [command.id]: _gone, ...own } = get().own;
      keep(own);
      return undefined;
    },
    resetAll: () => keep({}),
    setSingles: (singles) => {
      localValues.write('single-keys', singles);
      set({ singles });
    },
  };
});
