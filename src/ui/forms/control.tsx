/** The control of one parameter, chosen by its type; values go out as plain JSON. */
import type { Json } from '../../base/json.ts';
import type { ColumnPick, FileRef } from '../../kind/params.ts';
import { optionText, wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { Switch } from '../kit/switch.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { CatalogueField } from './catalogue-field.tsx';
import { ColumnField } from './column-field.tsx';
import { ColumnsField } from './columns-field.tsx';
import type { ControlProps } from './control-props.ts';
import { FileField } from './file-field.tsx';
import { useForm } from './form-context.ts';
import { GridField } from './grid-field.tsx';
import { ListField } from './list-field.tsx';
import { NumberField } from './number-field.tsx';

export function Control({ name, param, value, onChange, id, describedBy, invalid, label, mixed, onPreview }: ControlProps) {
  const t = useText();
  const form = useForm();
  const ids = { id, describedBy };
  switch (param.type) {
    case 'number':
    case 'integer':
    case 'seed':
      return (
        <NumberField
          {...ids}
          param={param}
          value={value as number | null}
          mixed={mixed}
          invalid={invalid}
          label={label}
          onChange={onChange}
          onPreview={onPreview}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          aria-describedby={describedBy}
          value={mixed ? '' : String(value)}
          options={[
            ...(mixed ? [{ value: '', label: t('inspect.mixed') }] : []),
            ...param.options.map((option) => ({ value: option.value, label: optionText(form.kind, name, option) })),
          ]}
          onChange={onChange}
        />
      );
    case 'flag':
      return (
        <Switch id={id} aria-describedby={describedBy} checked={value === true} mixed={mixed} onChange={onChange}>
          {t(mixed ? 'inspect.mixed' : value === true ? 'designer.form.on' : 'designer.form.off')}
        </Switch>
      );
    case 'text':
      return (
        <TextInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          value={mixed ? '' : String(value ?? '')}
          placeholder={mixed ? t('inspect.mixed') : param.placeholder && wordText(param.placeholder)}
          multiline={param.multiline}
          code={param.language !== undefined}
          rows={param.language ? 12 : 4}
          onCommit={onChange}
        />
      );
    case 'formula':
      return (
        <TextInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          value={mixed ? '' : String(value ?? '')}
          placeholder={mixed ? t('inspect.mixed') : undefined}
          multiline
          code
          rows={3}
          onCommit={onChange}
        />
      );
    case 'column':
      return <ColumnField {...ids} param={param} name={name} value={value as string | null} mixed={mixed} onChange={onChange} />;
    case 'columns':
      return (
        <ColumnsField
          {...ids}
          param={param}
          value={value as unknown as ColumnPick}
          label={label}
          onChange={(pick) => onChange(pick as unknown as Json)}
        />
      );
    case 'list':
      return <ListField control={Control} id={id} param={param} value={(value ?? []) as Record<string, Json>[]} onChange={onChange} />;
    case 'grid':
      return <GridField id={id} value={value} onChange={onChange} />;
    case 'file':
      return <FileField {...ids} param={param} value={value as unknown as FileRef | null} onChange={onChange} />;
    case 'catalogue':
      return <CatalogueField {...ids} param={param} value={String(value ?? '')} mixed={mixed} onChange={onChange} />;
  }
}
