/** Which of many series is drawn; nothing to choose where there is one. */
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';

/** The chosen series, and the control that chooses it. */
export function useSeriesPick<S extends { name: string }>(series: readonly S[], total: number) {
  const t = useText();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, series.length - 1);
  const control =
    series.length > 1 ? (
      <>
        {total > series.length ? t('results.firstOf', { count: series.length, total }) : null}{' '}
        <Select
          aria-label={t('results.series.which')}
          value={String(at)}
          options={series.map(({ name }, i) => ({ value: String(i), label: name }))}
          onChange={(value) => setChosen(Number(value))}
        />
      </>
    ) : null;
  return { one: series[at] as S | undefined, control };
}
