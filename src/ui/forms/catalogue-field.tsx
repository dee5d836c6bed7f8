/** One entry of the workspace: a sample, a registered dataset, a model; listed by the backend. */
import { useEffect, useState } from 'react';
import type { CatalogueParam } from '../../kind/params.ts';
import { sampleText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { useRegistryTick } from '../state/backend.tsx';
import { useSession } from '../state/session.ts';

interface Props {
  param: CatalogueParam;
  value: string;
  /** Several nodes are set together and differ here. */
  mixed?: boolean;
  onChange: (value: string) => void;
  id: string;
  describedBy: string;
}

export function CatalogueField({ param, value, mixed, onChange, id, describedBy }: Props) {
  const t = useText();
  const { backend } = useSession();
  const format = useFormat();
  const tick = useRegistryTick();
  const [names, setNames] = useState<readonly { value: string; label: string; more?: string }[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tick` says that the registry changed
  useEffect(() => {
    let stays = true;
    const load = async () => {
      if (param.of === 'sample')
        return (await backend.samples()).map((s) => ({
          value: s.name,
          label: `${sampleText(s, 'title')} · ${format.count(s.rows)} × ${s.columns} · ${s.licence}`,
          more: `${s.licence}. ${sampleText(s, 'source')}`,
        }));
      if (param.of === 'dataset')
        return [...new Set((await backend.listDatasets()).map((d) => d.name))].map((name) => ({ value: name, label: name }));
      return (await backend.listModels()).map(({ record }) => ({ value: record.name, label: record.name }));
    };
    load().then(
      (found) => stays && setNames(found),
      () => undefined,
    );
    return () => {
      stays = false;
    };
  }, [backend, param.of, tick, format]);
  const known = names.some((n) => n.value === value);
  const first = mixed
    ? [{ value: '', label: t('inspect.mixed') }]
    : known
      ? []
      : [{ value, label: value === '' ? t(`designer.form.choose-${param.of}`) : value }];
  const more = mixed ? undefined : names.find((n) => n.value === value)?.more;
  return (
    <>
      <Select id={id} aria-describedby={describedBy} value={mixed ? '' : value} options={[...first, ...names]} onChange={onChange} />
      {more ? <p className="mr-field-source">{more}</p> : null}
    </>
  );
}
