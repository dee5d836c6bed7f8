/** What people say about a version: its description and tags, edited in place. */
import { useState } from 'react';
import type { ModelVersion } from '../../registry/records.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { useBackend } from '../state/backend.tsx';
import type { Listed } from './listed-models.ts';
import style from './model-detail.module.css';
import { Section } from './page-frame.tsx';

export function ModelCard({ listed, model }: { listed: Listed; model: ModelVersion }) {
  const t = useText();
  const backend = useBackend();
  const [tag, setTag] = useState('');
  const save = (change: { description?: string; tags?: Record<string, string> }) =>
    void backend.describeModel(model.name, model.version, change);
  const addTag = () => {
    const [key, ...value] = tag.split('=');
    if (key.trim()) save({ tags: { ...model.tags, [key.trim()]: value.join('=').trim() } });
    setTag('');
  };
  const without = (key: string) => Object.fromEntries(Object.entries(model.tags).filter(([name]) => name !== key));
  return (
    <Section title={t('pages.models.card')}>
      <TextInput
        multiline
        rows={4}
        aria-label={t('pages.models.description')}
        placeholder={listed.record.description || t('pages.models.describe')}
        value={model.description}
        onCommit={(description) => save({ description })}
      />
      <div className={style.tags}>
        {Object.entries(model.tags).map(([key, value]) => (
          <Chip key={key} onRemove={() => save({ tags: without(key) })} removeLabel={t('pages.models.removeTag', { tag: key })}>
            {value ? `${key} = ${value}` : key}
          </Chip>
        ))}
      </div>
      <form
        className={style.addTag}
        onSubmit={(event) => {
          event.preventDefault();
          addTag();
        }}
      >
        <input
          className="mr-input"
          aria-label={t('pages.models.tag')}
          placeholder={t('pages.models.tagHint')}
          value={tag}
          onChange={(event) => setTag(event.target.value)}
        />
        <Button disabled={!tag.trim()} onClick={addTag}>
          {t('pages.models.addTag')}
        </Button>
      </form>
    </Section>
  );
}
