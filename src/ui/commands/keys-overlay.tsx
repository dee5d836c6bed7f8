/** `?`: every shortcut from the one list; each can be changed here, conflicts are refused, single keys can be turned off. */
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import { Key } from '../kit/chip.tsx';
import { Modal } from '../kit/modal.tsx';
import { Switch } from '../kit/switch.tsx';
import { allCommands, commandOf } from './all-commands.ts';
import type { CommandGroup } from './command.ts';
import { chordOf, keyLabel, useKeymap } from './keymap.ts';

const GROUPS: readonly CommandGroup[] = ['run', 'edit', 'canvas', 'view', 'pipeline'];

export function KeysOverlay({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { own, singles, setSingles, bind, unbind, keysOf } = useKeymap();
  const [asking, setAsking] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const listen = (event: React.KeyboardEvent) => {
    const command = asking ? commandOf(asking) : undefined;
    if (!command || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setAsking(undefined);
      return;
    }
    const taken = bind(command, chordOf(event.nativeEvent), allCommands);
    setRefused(
      taken === undefined
        ? undefined
        : taken === 'reserved'
          ? t('designer.keys.reserved')
          : t('designer.keys.taken', { title: t(`designer.command.${taken}`) }),
    );
    if (taken === undefined) setAsking(undefined);
  };
  return (
    <Modal title={t('designer.command.keys')} onClose={onClose} wide>
      <div className="mr-modal-scroll" onKeyDownCapture={listen}>
        <div className="mr-keys">
          {GROUPS.map((group) => (
            <section key={group}>
              <h3>{t(`designer.command-group.${group}`)}</h3>
              {allCommands
                .filter((command) => command.group === group && (command.keys || own[command.id]))
                .map((command) => (
                  <div key={command.id} className="mr-keys-row">
                    <span>{t(`designer.command.${command.id}`)}</span>
                    {own[command.id] ? (
                      <IconButton
                        icon="reset"
                        label={t('designer.keys.reset', { title: t(`designer.command.${command.id}`) })}
                        onClick={() => unbind(command)}
                      />
                    ) : null}
                    <button
                      type="button"
                      aria-label={t('designer.keys.change', { title: t(`designer.command.${command.id}`) })}
                      onClick={() => setAsking(command.id)}
                    >
                      {asking === command.id ? (
                        <Key>{t('designer.keys.press')}</Key>
                      ) : (
                        keysOf(command).map((chord) => <Key key={chord}>{keyLabel(chord)}</Key>)
                      )}
                      {asking !== command.id && keysOf(command).length === 0 ? <Key>–</Key> : null}
                    </button>
                  </div>
                ))}
            </section>
          ))}
        </div>
        <p role="status" className="mr-field-problem">
          {refused}
        </p>
        <Switch checked={singles} onChange={setSingles}>
          {t('designer.keys.singles')}
        </Switch>
        <p className="mr-keys-note">{t('designer.keys.note')}</p>
      </div>
    </Modal>
  );
}
