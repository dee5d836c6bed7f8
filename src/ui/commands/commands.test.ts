/** Commands are data: titled in both languages, keys without conflict, reasons when blocked. */
import { describe, expect, it } from 'vitest';
import en from '../i18n/en/designer.json';
import zh from '../i18n/zh/designer.json';
import { allCommands, commandOf } from './all-commands.ts';
import { chordOf, keyLabel, useKeymap } from './keymap.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  chordOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('commands', () => {
  it('have unique ids and a title in each language', () => {
    expect(new Set(allCommands.map((c) => c.id)).size).toBe(allCommands.length);
    for (const words of [en, zh]) expect(allCommands.filter((c) => !(c.id in words.command)).map((c) => c.id)).toEqual([]);
  });
  it('share no default keys', () => {
    const keys = allCommands.flatMap((c) => c.keys ?? []);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
  it('take none of the keys that browsers keep', () => {
    const keys = allCommands.flatMap((c) => c.keys ?? []);
    expect(keys.filter((key) => ['Mod+T', 'Mod+N', 'Mod+W', 'Mod+L', 'Mod+R', 'F5', 'F11', 'F12'].includes(key))).toEqual([]);
  });
});

describe('keys', () => {
  it('read presses', () => {
    expect(press('k', { ctrlKey: true })).toBe('Mod+K');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+Z');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('R', { shiftKey: true })).toBe('Shift+R');
    expect(press(' ')).toBe('Space');
    expect(press('ArrowUp', { altKey: true, shiftKey: true })).toBe('Alt+Shift+ArrowUp');
    expect(keyLabel('Mod+Shift+Z')).toBe('Ctrl Shift Z');
    expect(keyLabel('+')).toBe('+');
  });
  it('refuse a conflict and a browser key, take a free one, and give it back', () => {
    const { bind, reset, keysOf } = useKeymap.getState();
    const tidy = commandOf('tidy')!;
    expect(bind(tidy, 'Mod+K', allCommands)).toBe('commands');
    for (const chord of ['Mod+T', 'Mod+V', 'Mod+3', 'Tab', 'F5', 'Escape']) expect(bind(tidy, chord, allCommands), chord).toBe('reserved');
    expect(bind(tidy, 'Mod+Shift+L', allCommands)).toBeUndefined();
    expect(keysOf(tidy)).toEqual(['Mod+Shift+L']);
    expect(reset(tidy, allCommands)).toBeUndefined();
    expect(keysOf(tidy)).toEqual(['Shift+T']);
  });
  it('can be taken away, and do not come back over somebody who has them now', () => {
    const { bind, clear, reset, resetAll, keysOf } = useKeymap.getState();
    const [tidy, note] = [commandOf('tidy')!, commandOf('note')!];
    clear(tidy);
    expect(keysOf(tidy)).toEqual([]);
    expect(bind(note, 'Shift+T', allCommands)).toBeUndefined();
    expect(reset(tidy, allCommands)).toBe('note');
    expect(keysOf(tidy)).toEqual([]);
    resetAll();
    expect(keysOf(tidy)).toEqual(['Shift+T']);
    expect(keysOf(note)).toEqual(['Shift+N']);
  });
  it('rest when single keys are turned off, and still belong to their command', () => {
    const { setSingles, keysOf, bind } = useKeymap.getState();
    setSingles(false);
    expect(keysOf(commandOf('run-to')!)).toEqual([]);
    expect(keysOf(commandOf('run')!)).toEqual(['Mod+Enter']);
    expect(bind(commandOf('tidy')!, 'R', allCommands)).toBe('run-to');
    setSingles(true);
  });
});
