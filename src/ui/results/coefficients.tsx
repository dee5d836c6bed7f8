/** What a linear model learned: one signed bar per feature and class, and the intercept. */
import { useState } from 'react';
import type { Inspection } from '../../recipe/model.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { BarsList, bySize } from './bars-list.tsx';
import { Panel, Panels } from './panel.tsx';
import style from './results.module.css';

export function Coefficients({ inspection }: { inspection: Extract<Inspection, { type: 'coefficients' }> }) {
  const t = useText();
  const format = useFormat();
  const { classes, rows, intercepts } = inspection;
  const sets = rows[0]?.values.length ?? 0;
  const [shown, setShown] = useState(sets - 1);
  const nameOf = (set: number) => (sets === 1 ? (classes.at(-1) ?? '') : (classes[set] ?? ''));
  return (
    <Panels>
      <Panel
        title={t('results.coefficients.title')}
        aside={
          sets > 1 ? (
            <Select
              aria-label={t('results.coefficients.class')}
              value={String(shown)}
              options={intercepts.map((_, set) => ({ value: String(set), label: nameOf(set) }))}
              onChange={(value) => setShown(Number(value))}
            />
          ) : (
            nameOf(0)
          )
        }
      >
        <p className={style.caption}>{t('results.coefficients.intercept', { value: format.metric(intercepts[shown] ?? 0) })}</p>
        <div className={style.wide}>
          <BarsList signed items={bySize(rows.map((row) => ({ name: row.name, value: row.values[shown] })))} />
        </div>
      </Panel>
    </Panels>
  );
}
