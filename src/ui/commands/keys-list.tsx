/** Commands with their keys, to read and to change: press new ones, take them away, go back to the default; conflicts are refused by name. */
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import { Key } from '../kit/chip.tsx';
import { allCommands } from './all-commands.ts';
import type { Command, CommandGroup } from './command.ts';
import { chordOf, keyLabel, useKeymap } from './keymap.ts';

export const GROUPS: readonly CommandGroup[] = ['run', 'edit', 'canvas', 'view', 'pipeline'];
const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'];

interface Props {
  /** Commands without keys are listed too. */
  all?: boolean;
  /** Only commands whose title has this. */
  query?: string;
}

export function KeysList({ all, query = '' }: Props) {
  const t = useText();
  const { own } = useKeymap();
  const [asking, setAsking] = useState<string>();
  const [refused, setRefused] = useState<{ command: string; why: string }>();
  const wanted = query.trim().toLowerCase();
  const titleOf = (command: Command) => t(`designer.command.${command.id}`);
  const listed = allCommands.filter(
    (command) => (all || command.keys || own[command.id]) && titleOf(command).toLowerCase().includes(wanted),
  );
  const say = (command: Command, taken: string | undefined) =>
    setRefused(
      taken === undefined
        ? undefined
        : {
            command: command.id,
            why: taken === 'reserved' ? t('designer.keys.reserved') : t('designer.keys.taken', { title: t(`designer.command.${taken}`) }),
          },
    );
  if (listed.length === 0) return <p className="mr-dim">{t('designer.palette.none', { query: query.trim() })}</p>;
  return (
    <div className="mr-keys">
      {GROUPS.map((group) => {
        const rows = listed.filter((command) => command.group === group);
        return rows.length === 0 ? null : (
          <section key={group}>
            <h3>{t(`designer.command-group.${group}`)}</h3>
            {rows.map((command) => (
              <KeysRow
                key={command.id}
                command={command}
                title={titleOf(command)}
                asking={asking === command.id}
                refused={refused?.command === command.id ? refused.why : undefined}
                onAsk={(on) => {
                  setAsking(on ? command.id : undefined);
                  if (on) setRefused(undefined);
                }}
                onAnswer={(taken) => say(command, taken)}
              />
            ))}
          </section>
        );
      })}
    </div>
  );
}

interface RowProps {
  command: Command;
  title: string;
  /** The next press becomes its keys. */
  asking: boolean;
  /** Why the last try was refused. */
  refused: string | undefined;
  onAsk: (on: boolean) => void;
  /** What the keymap said to a change: who has the keys, or nothing. */
  onAnswer: (taken: string | undefined) => void;
}

function KeysRow({ command, title, asking, refused, onAsk, onAnswer }: RowProps) {
  const t = useText();
  const { own, bind, clear, reset, keysOf } = useKeymap();
  const changed = own[command.id] !== undefined;
  const keys = keysOf(command);
  const listen = (event: React.KeyboardEvent) => {
    if (!asking || event.nativeEvent.isComposing || MODIFIERS.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onAsk(false);
    const taken = bind(command, chordOf(event.nativeEvent), allCommands);
    onAnswer(taken);
    if (taken === undefined) onAsk(false);
  };
  return (
    <div className={`mr-keys-row${refused ? ' is-refused' : ''}`} data-command={command.id}>
      <span>
        {title}
        {changed ? <span className="mr-changed-dot" title={t('inspect.keys.changed')} /> : null}
      </span>
      {changed ? (
        <IconButton icon="reset" label={t('designer.keys.reset', { title })} onClick={() => onAnswer(reset(command, allCommands))} />
      ) : null}
      {keys.length > 0 ? <IconButton icon="close" label={t('inspect.keys.clear', { title })} onClick={() => clear(command)} /> : null}
      <button
        type="button"
        className={asking ? 'is-asking' : undefined}
        aria-label={t('designer.keys.change', { title })}
        aria-describedby={refused ? `keys-why-${command.id}` : undefined}
        onClick={() => onAsk(true)}
        onBlur={() => onAsk(false)}
        onKeyDownCapture={listen}
      >
        {asking ? (
          <Key>{t('designer.keys.press')}</Key>
        ) : keys.length > 0 ? (
          keys.map((chord) => <Key key={chord}>{keyLabel(chord)}</Key>)
        ) : (
          <span className="mr-dim">{t('inspect.keys.none')}</span>
        )}
      </button>
      {refused ? (
        <p
          id={`keys-why-${command.id}`}
          role="alert"
          className="mr-field-problem"
          ref={(element) => {
            element?.scrollIntoView({ block: 'nearest' });
          }}
        >
          {refused}
        </p>
      ) : null}
    </div>
  );
}
