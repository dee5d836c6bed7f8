/** Listens for keys and runs the command they belong to; silent in fields, in open dialogs and while a word is being composed. */
import { useEffect } from 'react';
import { translate } from '../i18n/text.ts';
import { announce } from '../kit/announcer.tsx';
import { importBytes, importFiles } from '../state/import-data.ts';
import type { Session } from '../state/session.ts';
import { allCommands } from './all-commands.ts';
import { pasteText } from './edit-commands.ts';
import { chordOf, useKeymap } from './keymap.ts';

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
/** Keys for the canvas count on it, in the outline, on the bare page, and nowhere else: buttons and lists keep theirs. */
function onCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target === document.body) return true;
  return target.closest('.mr-canvas, .mr-outline') !== null && target.closest('button, [role="menu"], [role="dialog"], .mr-zoom') === null;
}
const inDialog = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="alertdialog"]') !== null;

/** A word is being put together; some browsers say so only by the code of the key. */
const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;
/** Keys that write or move in a field: all without Ctrl, Cmd or Alt, but for the function keys. */
const typesText = (chord: string) => !/^(Mod|Alt)\+/.test(chord) && !/^(Shift\+)?F\d+$/.test(chord);
/** What can be called while one types. */
const IN_FIELDS = new Set(['run', 'stop', 'save', 'commands', 'next-problem', 'previous-problem']);

/** Two lines or more, with the same separator in the first two: cells copied from a sheet or a file. */
const looksLikeTable = (text: string) => {
  const [first = '', second = ''] = text.trim().split(/\r?\n/);
  return ['\t', ';', ','].some((sign) => first.split(sign).length > 1 && first.split(sign).length === second.split(sign).length);
};

export function useShortcuts(session: Session, designer: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented) return;
      const chord = chordOf(event);
      const field = inField(event.target);
      if (field && (typesText(chord) || event.getModifierState('AltGraph'))) return;
      const { keysOf } = useKeymap.getState();
      for (const command of allCommands) {
        if (!keysOf(command).includes(chord)) continue;
        if (field && !IN_FIELDS.has(command.id)) continue;
        if (!designer && command.id !== 'commands' && command.id !== 'keys' && !command.id.startsWith('page-')) continue;
        if (command.on === 'canvas' && (!onCanvas(event.target) || inDialog(event.target))) continue;
        if (command.on !== 'canvas' && inDialog(event.target) && command.id !== 'commands') continue;
        const blocked = command.blocked?.(session);
        // Tab with nothing chosen leaves the canvas: no trap.
        if (blocked && (chord === 'Tab' || chord === 'Enter')) continue;
        if (chord === 'Tab' && !(event.target instanceof HTMLElement && event.target.closest('[data-node], [data-outline]'))) continue;
        event.preventDefault();
        if (blocked) announce(translate(`designer.blocked.${blocked}`));
        else command.run(session);
        return;
      }
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!designer || inField(event.target) || inDialog(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void importFiles(session, files);
      else if (!pasteText(session, text)) {
        if (!looksLikeTable(text)) return;
        void importBytes(session, `${translate('designer.paste.name')}.csv`, new TextEncoder().encode(text));
      }
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('paste', onPaste);
    };
  }, [session, designer]);
}
