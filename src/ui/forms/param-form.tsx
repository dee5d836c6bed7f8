/** The settings of one node, or of several of one kind at once: search, changed dots with reset, problems at their field, Advanced folded. */
import { Fragment, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { DocumentNode } from '../../engine/document.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import { kindText, paramText, wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { listedProblems, placeProblems } from '../problems/listed-problems.ts';
import { setParams } from '../state/edits.ts';
import { useCheck, usePanels, useSession } from '../state/session.ts';
import { FormProvider } from './form-context.ts';
import { ParamField } from './param-field.tsx';
import { commonSchema, sharedValues } from './shared-values.ts';
import { useGuesses } from './use-guesses.ts';
import './forms.css';

export function ParamForm({ nodes, kind }: { nodes: readonly DocumentNode[]; kind: Kind }) {
  const t = useText();
  const session = useSession();
  const [query, setQuery] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const [advanced, setAdvanced] = useState(false);
  const ids = useSteady(nodes.map((node) => node.id));
  const { inputs: allInputs, outputs: allOutputs } = useCheck(({ report }) => report);
  const ports = useSteady(ids.map((id) => ({ inputs: allInputs[id], outputs: allOutputs[id] })));
  const focus = usePanels((p) => (p.focusParam && ids.includes(p.focusParam.node) ? p.focusParam.param : undefined));
  const root = useRef<HTMLDivElement>(null);
  const { entries, values, differs, changed } = useMemo(() => sharedValues(nodes, kind), [nodes, kind]);
  const byParam = useFieldProblems(
    ids,
    entries.map(([id]) => id),
  );
  const set = useCallback(
    (param: string, value: Json) => session.documents.edit(setParams(session.documents.getState().document, ids, param, value)),
    [session, ids],
  );
  const schema = useCallback(
    (port?: string) =>
      commonSchema(
        ports.map(({ inputs, outputs }) => {
          const named = port ? inputs?.[port] : Object.values(inputs ?? {}).find((s) => s?.type === 'table');
          const found = named ?? (kind.inputs.length === 0 ? Object.values(outputs ?? {})[0] : undefined);
          return found?.type === 'table' ? found.schema : undefined;
        }),
      ),
    [ports, kind],
  );
  const wanted = query.trim().toLowerCase();
  const onlyChanged = changedOnly && changed.size > 0;
  const matches = ([id, param]: [string, Param]) =>
    (!onlyChanged || changed.has(id)) &&
    `${paramText(kind, id, param, 'label')} ${param.label} ${param.alias ?? ''} ${paramText(kind, id, param, 'help')}`
      .toLowerCase()
      .includes(wanted);
  const found = entries.filter(matches);
  const plain = found.filter(([, param]) => !param.advanced);
  const more = found.filter(([, param]) => param.advanced);
  const openMore = advanced || wanted !== '' || onlyChanged || more.some(([id]) => id === focus || id in byParam);
  useEffect(() => {
    if (!focus) return;
    // What a search hides must come out first.
    setQuery('');
    setChangedOnly(false);
    requestAnimationFrame(() => {
      const field = root.current?.querySelector<HTMLElement>(`[data-param="${CSS.escape(focus)}"] :is(input, select, textarea, button)`);
      field?.focus();
      session.panels.getState().set({ focusParam: undefined });
    });
  }, [focus, session]);
  const show = (list: [string, Param][]) =>
    list.map(([id, param], i) => (
      <Fragment key={id}>
        {param.section && param.section !== list[i - 1]?.[1].section ? (
          <h3 className="mr-form-section">{wordText(param.section)}</h3>
        ) : null}
        <ParamField
          name={id}
          param={param}
          value={values[id]}
          differs={differs[id] ?? 1}
          changed={changed.has(id)}
          problems={byParam[id]}
        />
      </Fragment>
    ));
  const guesses = useGuesses(ids, kind, values, ports[0]?.inputs);
  const facts = useMemo(() => ({ nodes: ids, kind, schema, guesses, set }), [ids, kind, schema, guesses, set]);
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
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || query === '' || event.nativeEvent.isComposing) return;
                event.stopPropagation();
                setQuery('');
              }}
            />
            {changed.size > 0 ? (
              <button
                type="button"
                className="mr-chip mr-chip-button"
                aria-pressed={onlyChanged}
                title={t('inspect.changed-only')}
                onClick={() => setChangedOnly(!onlyChanged)}
              >
                {t('designer.form.changed-count', { count: changed.size })}
              </button>
            ) : null}
          </div>
        ) : null}
        {entries.length === 0 ? <p className="mr-dim">{t('designer.form.nothing', { title: kindText(kind, 'title') })}</p> : null}
        {entries.length > 0 && found.length === 0 ? <p className="mr-dim">{t('inspect.no-setting', { query: query.trim() })}</p> : null}
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

/** Problems at settings, of all the nodes together; the same reference while they stay. */
function useFieldProblems(nodes: readonly string[], shown: readonly string[]) {
  const session = useSession();
  const report = useCheck((s) => s.report);
  const runs = useStore(session.runs, (s) => s);
  const list = listedProblems(report, runs);
  const placed = nodes.map((node) => placeProblems(list, node, shown).byParam).reverse();
  return useSteady<Record<string, Problem[]>>(Object.assign({}, ...placed));
}

/** The same reference while the content is the same: reports arrive anew after each edit, fields must not render for that. */
function useSteady<T>(value: T): T {
  const kept = useRef({ value, text: '' });
  const text = JSON.stringify(value) ?? '';
  if (kept.current.text !== text) kept.current = { value, text };
  return kept.current.value;
}
