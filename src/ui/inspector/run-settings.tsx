/** How nodes run, apart from what they do: reuse of results, backend, workers, off switch, and a note to oneself; of one or of several. */
import { useState } from 'react';
import type { DocumentNode } from '../../engine/document.ts';
import type { Kind } from '../../kind/kind.ts';
import { integer } from '../../kind/params.ts';
import { NumberField } from '../forms/number-field.tsx';
import { useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { Select } from '../kit/select.tsx';
import { Switch } from '../kit/switch.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { setNode } from '../state/edits.ts';
import { useSession } from '../state/session.ts';

const WORKERS = integer('', null, '', { min: 1, max: 64 });

/** `kind` is left out for nodes of several kinds. */
export function RunSettings({ nodes, kind }: { nodes: readonly DocumentNode[]; kind?: Kind }) {
  const t = useText();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const [node] = nodes;
  const differ = (field: 'disabled' | 'cache' | 'runOn' | 'maxWorkers') => nodes.some((other) => other[field] !== node[field]);
  const change = <F extends Parameters<typeof setNode>[2]>(field: F, value: DocumentNode[F]) =>
    session.documents.edit(
      setNode(
        session.documents.getState().document,
        nodes.map(({ id }) => id),
        field,
        value,
        keptWords('designer.edit.change', { label: keptWords(`designer.run-settings.${field}`) }),
      ),
    );
  const word = (on: boolean, mixed: boolean) => t(mixed ? 'inspect.mixed' : on ? 'designer.form.on' : 'designer.form.off');
  return (
    <section className="mr-run-settings">
      <button type="button" className="mr-form-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} size={12} />
        <strong>{t('designer.run-settings.title')}</strong>
        {nodes.length === 1 && node.comment && !open ? <span className="mr-dim mr-ellipsis">{node.comment}</span> : null}
      </button>
      {open ? (
        <div className="mr-form-grid">
          <Field
            label={t('designer.run-settings.disabled')}
            help={t('designer.run-settings.disabled-help')}
            changed={nodes.some(({ disabled }) => disabled)}
            onReset={() => change('disabled', undefined)}
          >
            {({ id, describedBy }) => (
              <Switch
                id={id}
                aria-describedby={describedBy}
                checked={node.disabled === true}
                mixed={differ('disabled')}
                onChange={(on) => change('disabled', on || undefined)}
              >
                {word(node.disabled === true, differ('disabled'))}
              </Switch>
            )}
          </Field>
          <Field
            label={t('designer.run-settings.cache')}
            help={t('designer.run-settings.cache-help')}
            changed={nodes.some(({ cache }) => cache === false)}
            onReset={() => change('cache', undefined)}
          >
            {({ id, describedBy }) => (
              <Switch
                id={id}
                aria-describedby={describedBy}
                checked={node.cache !== false}
                mixed={differ('cache')}
                onChange={(on) => change('cache', on ? undefined : false)}
              >
                {word(node.cache !== false, differ('cache'))}
              </Switch>
            )}
          </Field>
          {kind?.tags?.gpu ? (
            <Field
              label={t('designer.run-settings.runOn')}
              help={t('designer.run-settings.runOn-help')}
              changed={nodes.some(({ runOn }) => runOn !== undefined && runOn !== 'auto')}
              onReset={() => change('runOn', undefined)}
            >
              {({ id, describedBy }) => (
                <Select
                  id={id}
                  aria-describedby={describedBy}
                  value={differ('runOn') ? '' : (node.runOn ?? 'auto')}
                  options={[
                    ...(differ('runOn') ? [{ value: '', label: t('inspect.mixed') }] : []),
                    ...(['auto', 'cpu', 'gpu'] as const).map((value) => ({ value, label: t(`designer.run-settings.${value}`) })),
                  ]}
                  onChange={(value) => change('runOn', value === 'auto' ? undefined : (value as 'cpu' | 'gpu'))}
                />
              )}
            </Field>
          ) : null}
          <Field
            label={t('designer.run-settings.maxWorkers')}
            help={t('designer.run-settings.maxWorkers-help')}
            changed={nodes.some(({ maxWorkers }) => maxWorkers !== undefined)}
            onReset={() => change('maxWorkers', undefined)}
          >
            {(ids) => (
              <NumberField
                {...ids}
                param={{ ...WORKERS, auto: t('designer.run-settings.auto') }}
                value={node.maxWorkers ?? null}
                mixed={differ('maxWorkers')}
                label={t('designer.run-settings.maxWorkers')}
                onChange={(count) => change('maxWorkers', count ?? undefined)}
              />
            )}
          </Field>
          {nodes.length === 1 ? (
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
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
