/** How a node runs, apart from what it does: reuse of results, backend, workers, off switch, and a note to oneself. */

import { useState } from 'react';
import type { DocumentNode } from '../../engine/document.ts';
import type { Kind } from '../../kind/kind.ts';
import { useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { Select } from '../kit/select.tsx';
import { Switch } from '../kit/switch.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { setNode } from '../state/edits.ts';
import { useSession } from '../state/session.ts';

export function RunSettings({ node, kind }: { node: DocumentNode; kind: Kind }) {
  const t = useText();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const change = <F extends Parameters<typeof setNode>[2]>(field: F, value: DocumentNode[F]) =>
    session.documents.edit(
      setNode(
        session.documents.getState().document,
        [node.id],
        field,
        value,
        keptWords('designer.edit.change', { label: keptWords(`designer.run-settings.${field}`) }),
      ),
    );
  return (
    <section className="mr-run-settings">
      <button type="button" className="mr-form-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} size={12} />
        <strong>{t('designer.run-settings.title')}</strong>
        {node.comment && !open ? <span className="mr-dim mr-ellipsis">{node.comment}</span> : null}
      </button>
      {open ? (
        <div className="mr-form-grid">
          <Field
            label={t('designer.run-settings.disabled')}
            help={t('designer.run-settings.disabled-help')}
            changed={node.disabled}
            onReset={() => change('disabled', undefined)}
          >
            {({ id, describedBy }) => (
              <Switch
                id={id}
                aria-describedby={describedBy}
                checked={node.disabled === true}
                onChange={(on) => change('disabled', on || undefined)}
              >
                {t(node.disabled ? 'designer.form.on' : 'designer.form.off')}
              </Switch>
            )}
          </Field>
          <Field
            label={t('designer.run-settings.cache')}
            help={t('designer.run-settings.cache-help')}
            changed={node.cache === false}
            onReset={() => change('cache', undefined)}
          >
            {({ id, describedBy }) => (
              <Switch
                id={id}
                aria-describedby={describedBy}
                checked={node.cache !== false}
                onChange={(on) => change('cache', on ? undefined : false)}
              >
                {t(node.cache !== false ? 'designer.form.on' : 'designer.form.off')}
              </Switch>
            )}
          </Field>
          {kind.tags?.gpu ? (
            <Field
              label={t('designer.run-settings.runOn')}
              help={t('designer.run-settings.runOn-help')}
              changed={node.runOn !== undefined && node.runOn !== 'auto'}
              onReset={() => change('runOn', undefined)}
            >
              {({ id, describedBy }) => (
                <Select
                  id={id}
                  aria-describedby={describedBy}
                  value={node.runOn ?? 'auto'}
                  options={(['auto', 'cpu', 'gpu'] as const).map((value) => ({ value, label: t(`designer.run-settings.${value}`) }))}
                  onChange={(value) => change('runOn', value === 'auto' ? undefined : (value as 'cpu' | 'gpu'))}
                />
              )}
            </Field>
          ) : null}
          <Field
            label={t('designer.run-settings.maxWorkers')}
            help={t('designer.run-settings.maxWorkers-help')}
            changed={node.maxWorkers !== undefined}
            onReset={() => change('maxWorkers', undefined)}
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                inputMode="numeric"
                value={node.maxWorkers === undefined ? '' : String(node.maxWorkers)}
                placeholder={t('designer.run-settings.auto')}
                onCommit={(text) => {
                  const count = Math.round(Number(text));
                  change('maxWorkers', text.trim() === '' || !(count >= 1) ? undefined : Math.min(64, count));
                }}
              />
            )}
          </Field>
          <Field label={t('designer.run-settings.comment')} help="">
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                multiline
                rows={3}
                value={node.comment ?? ''}
                onCommit={(text) => change('comment', text.trim() || undefined)}
              />
            )}
          </Field>
        </div>
      ) : null}
    </section>
  );
}
