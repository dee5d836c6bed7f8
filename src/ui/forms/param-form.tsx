/** The settings of a node, made from its parameter records: search, changed dots with reset, problems at their field, Advanced folded. */
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { canonical, type Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { DocumentNode } from '../../engine/document.ts';
import { isShown } from '../../kind/fill.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import { countRender } from '../canvas/render-count.ts';
import { kindText, paramText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Chip } from '../kit/chip.tsx';
import { Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { canFix, fixProblem } from '../problems/fix-problem.ts';
import { setParam } from '../state/edits.ts';
import { valuesOf } from '../state/kinds.ts';
import { useCheck, usePanels, useSession } from '../state/session.ts';
import { Control } from './control.tsx';
import { FormProvider, useForm } from './form-context.ts';
import './forms.css';

const SHORT = new Set(['number', 'integer', 'seed']);
const same = (a: Json | undefined, b: unknown) => canonical(a ?? null) === canonical(b ?? null);
/** Two numbers without sliders may stand side by side. */
const isShort = (param: Param) =>
  SHORT.has(param.type) &&
  !(param.type === 'number' && (param.tune || (param.min !== undefined && param.max !== undefined && param.max - param.min <= 1)));

export function ParamForm({ node, kind }: { node: DocumentNode; kind: Kind }) {
  const t = useText();
  const session = useSession();
  const [query, setQuery] = useState('');
  const [advanced, setAdvanced] = useState(false);
  const inputs = useSteady(useCheck(({ report }) => report.inputs[node.id]));
  const outputs = useSteady(useCheck(({ report }) => report.outputs[node.id]));
  const all = useCheck(({ report }) => report.problems);
  const problems = useSteady(all.filter((p) => p.at.node === node.id && p.at.param));
  const focus = usePanels((p) => (p.focusParam?.node === node.id ? p.focusParam.param : undefined));
  const root = useRef<HTMLDivElement>(null);
  const values = useMemo(() => valuesOf(node, kind), [node, kind]);
  const set = useCallback(
    (param: string, value: Json) => session.documents.edit(setParam(session.documents.getState().document, node.id, param, value)),
    [session, node.id],
  );
  const schema = useCallback(
    (port?: string) => {
      const named = port ? inputs?.[port] : Object.values(inputs ?? {}).find((s) => s?.type === 'table');
      const found = named ?? (kind.inputs.length === 0 ? Object.values(outputs ?? {})[0] : undefined);
      return found?.type === 'table' ? found.schema : undefined;
    },
    [inputs, outputs, kind],
  );
  const entries = Object.entries(kind.params).filter(([, param]) => isShown(param, values));
  const changed = entries.filter(([id, param]) => !same(values[id], param.default)).length;
  const wanted = query.trim().toLowerCase();
  const matches = ([id, param]: [string, Param]) =>
    `${paramText(kind, id, param, 'label')} ${param.label} ${param.alias ?? ''} ${paramText(kind, id, param, 'help')}`
      .toLowerCase()
      .includes(wanted);
  const plain = entries.filter(([, param]) => !param.advanced);
  const more = entries.filter(([, param]) => param.advanced);
  const openMore = advanced || wanted !== '' || (focus !== undefined && more.some(([id]) => id === focus));
  useEffect(() => {
    if (!focus) return;
    root.current?.querySelector<HTMLElement>(`[data-param="${CSS.escape(focus)}"] :is(input, select, textarea, button)`)?.focus();
    session.panels.getState().set({ focusParam: undefined });
  }, [focus, session]);
  const show = (list: [string, Param][]) =>
    list
      .filter(matches)
      .map(([id, param]) => (
        <ParamField key={id} name={id} param={param} value={values[id]} problem={problems.find((p) => p.at.param === id)} />
      ));
  const facts = useMemo(() => ({ node: node.id, kind, schema, set }), [node.id, kind, schema, set]);
  return (
    <FormProvider value={facts}>
      <div ref={root} className="mr-form">
        {entries.length > 4 ? (
          <div className="mr-form-find">
            <Icon name="search" />
            <input
              type="search"
              className="mr-input"
              aria-label={t('designer.form.find')}
              placeholder={t('designer.form.find')}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            {changed > 0 ? <Chip>{t('designer.form.changed-count', { count: changed })}</Chip> : null}
          </div>
        ) : null}
        {entries.length === 0 ? <p className="mr-dim">{t('designer.form.nothing', { title: kindText(kind, 'title') })}</p> : null}
        <div className="mr-form-grid">{show(plain)}</div>
        {more.length > 0 ? (
          <section>
            <button type="button" className="mr-form-more" aria-expanded={openMore} onClick={() => setAdvanced(!openMore)}>
              <Icon name={openMore ? 'down' : 'right'} size={12} />
              <strong>{t('designer.form.advanced')}</strong>
              <span className="mr-dim">{t('designer.form.settings', { count: more.length })}</span>
            </button>
            {openMore ? <div className="mr-form-grid">{show(more)}</div> : null}
          </section>
        ) : null}
      </div>
    </FormProvider>
  );
}

/** The same reference while the content is the same: reports arrive anew after each edit, fields must not render for that. */
function useSteady<T>(value: T): T {
  const kept = useRef({ value, text: '' });
  const text = JSON.stringify(value) ?? '';
  if (kept.current.text !== text) kept.current = { value, text };
  return kept.current.value;
}

interface FieldProps {
  name: string;
  param: Param;
  value: Json;
  problem: Problem | undefined;
}

const ParamField = memo(function ParamField({ name, param, value, problem }: FieldProps) {
  countRender('field');
  const t = useText();
  const form = useForm();
  const session = useSession();
  const label = paramText(form.kind, name, param, 'label');
  const help = paramText(form.kind, name, param, 'help');
  const said = problem && problemText(problem);
  return (
    <Field
      name={name}
      label={label}
      help={help}
      alias={param.alias && t('designer.form.also', { alias: param.alias })}
      aside={'log' in param && param.log && param.type === 'number' ? t('designer.form.log-scale') : undefined}
      changed={!same(value, param.default)}
      onReset={() => form.set(name, param.default as Json)}
      half={isShort(param)}
      problem={
        problem && said
          ? {
              message: `${said.message} ${said.hint}`,
              severity: problem.severity,
              action: canFix(problem) ? (
                <button type="button" className="mr-link" onClick={() => fixProblem(session, problem)}>
                  {said.fix}
                </button>
              ) : undefined,
            }
          : undefined
      }
    >
      {(ids) => <Control {...ids} name={name} param={param} value={value} label={label} onChange={(next) => form.set(name, next)} />}
    </Field>
  );
});
