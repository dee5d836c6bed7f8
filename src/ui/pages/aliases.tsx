/** Names that point at a version ("champion"): those of this version as chips, and a field to add or move one here. */
import { useState } from 'react';
import type { ModelRecord } from '../../registry/records.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { useBackend } from '../state/backend.tsx';
import style from './model-detail.module.css';

export function Aliases({ record, version }: { record: ModelRecord; version: number }) {
  const t = useText();
  const backend = useBackend();
  const [adding, setAdding] = useState(false);
  const here = Object.entries(record.aliases).filter(([, at]) => at === version);
  const add = async (alias: string) => {
    setAdding(false);
    const name = alias.trim();
    if (name) await backend.setAlias(record.name, name, version);
  };
  return (
    <>
      {here.map(([alias]) => (
        <Chip
          key={alias}
          tone="accent"
          onRemove={() => void backend.setAlias(record.name, alias, null)}
          removeLabel={t('pages.models.removeAlias', { alias })}
        >
          {alias}
        </Chip>
      ))}
      {adding ? (
        <input
          className={`mr-input ${style.alias}`}
          aria-label={t('pages.models.aliasName')}
          placeholder={t('pages.models.aliasHint')}
          // biome-ignore lint/a11y/noAutofocus: the field appears because its button was pressed
          autoFocus
          onBlur={(event) => void add(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') {
              event.currentTarget.value = '';
              event.currentTarget.blur();
            }
          }}
        />
      ) : (
        <Button look="subtle" icon="add" onClick={() => setAdding(true)}>
          {t('pages.models.alias')}
        </Button>
      )}
    </>
  );
}
