/** A list of records, one row of small fields each: rename pairs, sort keys, aggregations. */
import type { ReactNode } from 'react';
import type { Json } from '../../base/json.ts';
import { isShown } from '../../kind/fill.ts';
import type { ListParam } from '../../kind/params.ts';
import { paramText, wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.ts';
import { useWiredNames } from './wired-names.ts';

interface Props {
  /** Draws one field of a row. */
  control: (props: ControlProps) => ReactNode;
  param: ListParam;
  value: readonly Record<string, Json>[];
  onChange: (value: Record<string, Json>[]) => void;
  id: string;
}

export function ListField({ control: Control, param, value, onChange, id }: Props) {
  const t = useText();
  const form = useForm();
  const names = useWiredNames(form.nodes, param.rowsOf);
  const fresh = () => Object.fromEntries(Object.entries(param.item).map(([key, p]) => [key, structuredClone(p.default) as Json]));
  const put = (at: number, key: string, next: Json) => onChange(value.map((item, i) => (i === at ? { ...item, [key]: next } : item)));
  const move = (at: number) => onChange(value.map((item, i) => (i === at ? value[at - 1] : i === at - 1 ? value[at] : item)));
  return (
    <div className="mr-list" id={id}>
      {value.map((item, i) => {
        const filled = { ...fresh(), ...item };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a list have no identity but their place
          <div key={i} className="mr-list-row">
            <div className="mr-list-fields">
              {Object.entries(param.item)
                .filter(([, p]) => isShown(p, filled))
                .map(([key, p]) => {
                  const label = names[i] ?? paramText(form.kind, key, p, 'label');
                  return (
                    <label key={key} className="mr-list-cell" htmlFor={`${id}-${i}-${key}`}>
                      <span title={names[i]}>{label}</span>
                      <Control
                        name={key}
                        param={p}
                        value={filled[key]}
                        label={label}
                        id={`${id}-${i}-${key}`}
                        describedBy={id}
                        invalid={false}
                        onChange={(next) => put(i, key, next)}
                      />
                    </label>
                  );
                })}
            </div>
            {i > 0 ? <IconButton icon="up" label={t('designer.list.up')} onClick={() => move(i)} /> : null}
            <IconButton
              icon="close"
              label={t('designer.list.remove', { item: wordText(param.itemLabel) })}
              onClick={() => onChange(value.filter((_item, at) => at !== i))}
            />
          </div>
        );
      })}
      <Button icon="add" onClick={() => onChange([...value, fresh()])}>
        {t('designer.list.add', { item: wordText(param.itemLabel) })}
      </Button>
    </div>
  );
}
