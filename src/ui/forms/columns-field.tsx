/** A choice of columns: everything, all but some, these, by type, or by name pattern; real columns with types, searchable. */
import { useState } from 'react';
import type { ColumnPick, ColumnsParam } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { allowed, useForm } from './form-context.ts';

interface Props {
  param: ColumnsParam;
  value: ColumnPick;
  onChange: (value: ColumnPick) => void;
  id: string;
  describedBy: string;
  label: string;
}
const TYPES: readonly ColumnType[] = ['number', 'integer', 'boolean', 'category', 'text', 'datetime'];
const EXAMPLE = '^age|_id$';
type Rule = 'all' | 'except' | 'names' | 'types' | 'pattern';
const ruleOf = (pick: ColumnPick): Rule =>
  'names' in pick ? 'names' : 'types' in pick ? 'types' : 'pattern' in pick ? 'pattern' : pick.except?.length ? 'except' : 'all';

export function ColumnsField({ param, value, onChange, id, describedBy, label }: Props) {
  const t = useText();
  const form = useForm();
  const [query, setQuery] = useState('');
  const [exceptOpen, setExceptOpen] = useState(false);
  const schema = form.schema(param.filter?.port);
  const columns = (schema?.columns ?? []).filter((c) => allowed(c, param.filter));
  const rule = ruleOf(value) === 'all' && exceptOpen ? 'except' : ruleOf(value);
  const chosen = schema ? resolveColumns(value, schema, param.filter) : 'names' in value ? value.names : [];
  const listed = rule === 'names' ? ('names' in value ? value.names : []) : rule === 'except' && 'all' in value ? (value.except ?? []) : [];
  const gone = 'names' in value ? value.names.filter((name) => schema && !columns.some((c) => c.name === name)) : [];
  const setRule = (next: Rule) => {
    setExceptOpen(next === 'except');
    if (next === 'all' || next === 'except') onChange({ all: true });
    if (next === 'names') onChange({ names: chosen });
    if (next === 'types') onChange({ types: [...new Set(columns.filter((c) => chosen.includes(c.name)).map((c) => c.type))] });
    if (next === 'pattern') onChange({ pattern: '' });
  };
  const toggle = (name: string, on: boolean) => {
    const next = on ? [...listed, name] : listed.filter((other) => other !== name);
    onChange(rule === 'except' ? (next.length > 0 ? { all: true, except: next } : { all: true }) : { names: next });
  };
  return (
    <div className="mr-columns">
      <Select
        id={id}
        aria-describedby={describedBy}
        value={rule}
        options={(['all', 'except', 'names', 'types', 'pattern'] as const).map((r) => ({ value: r, label: t(`designer.columns.${r}`) }))}
        onChange={(next) => setRule(next as Rule)}
      />
      {rule === 'pattern' && 'pattern' in value ? (
        <TextInput
          value={value.pattern}
          aria-label={t('designer.columns.pattern')}
          placeholder={EXAMPLE}
          code
          onCommit={(pattern) => onChange({ pattern })}
        />
      ) : null}
      {rule === 'types' && 'types' in value ? (
        <div className="mr-checks">
          {TYPES.map((type) => (
            <label key={type}>
              <input
                type="checkbox"
                checked={value.types.includes(type)}
                onChange={(event) =>
                  onChange({ types: event.target.checked ? [...value.types, type] : value.types.filter((other) => other !== type) })
                }
              />
              {t(`designer.type.${type}`)}
            </label>
          ))}
        </div>
      ) : null}
      {rule === 'names' || rule === 'except' ? (
        <>
          {columns.length > 8 ? (
            <input
              className="mr-input"
              type="search"
              aria-label={t('designer.columns.find')}
              placeholder={t('designer.columns.find')}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          ) : null}
          <ul className="mr-column-list" aria-label={label}>
            {gone.map((name) => (
              <li key={name} className="is-gone">
                <label>
                  <input type="checkbox" checked onChange={() => toggle(name, false)} />
                  <span className="mr-ellipsis">{name}</span>
                  <span>{t('designer.columns.gone')}</span>
                </label>
              </li>
            ))}
            {columns
              .filter((c) => c.name.toLowerCase().includes(query.toLowerCase()))
              .slice(0, 200)
              .map((c) => (
                <li key={c.name}>
                  <label>
                    <input type="checkbox" checked={listed.includes(c.name)} onChange={(event) => toggle(c.name, event.target.checked)} />
                    <span className="mr-ellipsis">{c.name}</span>
                    <span className="mr-dim">{t(`designer.type.${c.type}`)}</span>
                  </label>
                </li>
              ))}
          </ul>
        </>
      ) : null}
      {schema ? (
        <p className="mr-dim">{t('designer.columns.chosen', { count: chosen.length, of: columns.length })}</p>
      ) : (
        <p className="mr-dim">{t('designer.columns.unknown')}</p>
      )}
    </div>
  );
}
