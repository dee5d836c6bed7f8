/** Every column of a table at a glance, and one of them in full: shape, range, spread, missing values, most frequent values. */
import { useState } from 'react';
import type { ColumnSummary } from '../../table/summary.ts';
import { MiniHistogram } from '../charts/mini-histogram.tsx';
import { useFormat, useText } from '../i18n/text.ts';
import { useBackend } from '../state/backend.tsx';
import { dateText } from './cell-text.ts';
import { Panel, Panels, ProblemNote, Quiet, Waiting } from './panel.tsx';
import style from './profile.module.css';
import { ProfileDetail } from './profile-detail.tsx';
import { useAnswer } from './use-answer.ts';

export function Profile({ digest }: { digest: string }) {
  const t = useText();
  const backend = useBackend();
  const { value, problem } = useAnswer(`summary ${digest}`, () => backend.tableSummary(digest));
  const [chosen, setChosen] = useState<string>();
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  if (value.length === 0) return <Quiet title={t('results.table.noColumns')} />;
  const current = value.find((column) => column.name === chosen) ?? value[0];
  return (
    <Panels>
      <Panel title={t('results.profile.columns', { count: value.length })}>
        <ProfileTable columns={value} current={current.name} onChoose={setChosen} />
      </Panel>
      <Panel
        title={current.name}
        aside={t('results.profile.about', { type: t(`results.type.${current.type}`), n: current.count - current.missing })}
        width={300}
      >
        <ProfileDetail column={current} />
      </Panel>
    </Panels>
  );
}

/** What the values run from and to, or how many there are. */
export function useRange(): (column: ColumnSummary) => string {
  const t = useText();
  const format = useFormat();
  return (column) => {
    if (column.min === undefined || column.max === undefined)
      return t(column.distinctExact ? 'results.profile.values' : 'results.profile.valuesAtLeast', { count: column.distinct });
    const write = column.type === 'datetime' ? dateText : format.number;
    return column.min === column.max ? write(column.min) : `${write(column.min)} – ${write(column.max)}`;
  };
}

interface TableProps {
  columns: readonly ColumnSummary[];
  current?: string;
  onChoose?: (name: string) => void;
}

export function ProfileTable({ columns, current, onChoose }: TableProps) {
  const t = useText();
  const format = useFormat();
  const range = useRange();
  return (
    <table className={`mr-table is-dense ${style.table}`}>
      <thead>
        <tr>
          <th>{t('results.profile.column')}</th>
          <th>{t('results.profile.type')}</th>
          <th>{t('results.profile.role')}</th>
          <th className="mr-num">{t('results.profile.missing')}</th>
          <th>{t('results.profile.shape')}</th>
          <th className="mr-num">{t('results.profile.range')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => {
          return (
            <tr key={column.name} className={column.name === current ? style.current : undefined}>
              <td>
                {onChoose ? (
                  <button type="button" className={style.name} aria-pressed={column.name === current} onClick={() => onChoose(column.name)}>
                    {column.name}
                  </button>
                ) : (
                  <span className={style.name}>{column.name}</span>
                )}
              </td>
              <td className="mr-dim">{t(`results.type.${column.type}`)}</td>
              <td className="mr-dim">{t(`results.role.${column.role}`)}</td>
              <td className="mr-num">
                {column.missing > 0 ? <strong>{format.count(column.missing)}</strong> : format.count(0)}
                {column.missing > 0 ? <span className="mr-dim"> {format.percent(column.missing / column.count)}</span> : null}
              </td>
              <td>
                <MiniHistogram summary={column} />
              </td>
              <td className="mr-num mr-dim">{range(column)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
