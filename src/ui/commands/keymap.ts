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

/** Keys that browsers keep for themselves. */
const RESERVED = new Set(['Mod+T', 'Mod+N', 'Mod+W', 'Mod+Shift+N', 'Mod+Shift+T', 'Mod+R', 'F5', 'Mod+L', 'F11', 'F12']);
const isSingle = (chord: string) => /^(Shift\+)?[\p{L}\p{N}\p{P}\p{S}]$/u.test(chord);

interface KeymapState {
  own: Record<string, string>;
  /** One-letter shortcuts can be turned off (WCAG 2.1.4). */
  singles: boolean;
  keysOf: (command: Command) => readonly string[];
  /** Answers with the id of the command that has these keys already, `reserved`, or nothing when they were taken. */
  bind: (command: Command, chord: string, all: readonly Command[]) => string | undefined;
  unbind: (command: Command) => void;
  setSingles: (on: boolean) => void;
}

export const useKeymap = create<KeymapState>((set, get) => ({
  own: localValues.read('keys', {}),
  singles: localValues.read('single-keys', true),
  keysOf: (command) => {
    const { own, singles } = get();
    const keys = own[command.id] ? [own[command.id]] : (command.keys ?? []);
    return singles ? keys : keys.filter((chord) => !isSingle(chord));
  },
  bind: (command, chord, all) => {
    if (RESERVED.has(chord)) return 'reserved';
    const taken = all.find((other) => other.id !== command.id && get().keysOf(other).includes(chord));
    if (taken) return taken.id;
    const own = { ...get().own, [command.id]: chord };
    localValues.write('keys', own);
    set({ own });
    return undefined;
  },
  unbind: (command) => {
    const { [command.id]: _gone, ...own } = get().own;
    localValues.write('keys', own);
    set({ own });
  },
  setSingles: (singles) => {
    localValues.write('single-keys', singles);
    set({ singles });
  },
}));
