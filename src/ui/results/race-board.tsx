/** The leaderboard of a race, under way or ended; what can be done with a trial stands at the end of its row. */
import type { ReactNode } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { Icon } from '../kit/icon.tsx';
import { useMetricName } from './metric-name.tsx';
import { type RaceLine, rankLines } from './race-lines.ts';
import style from './race-view.module.css';

interface Props<T extends RaceLine> {
  metric: string;
  rows: readonly T[];
  /** Folds of a whole trial, while it runs. */
  folds?: number;
  /** Lets trials be marked, where they can be taken. */
  mark?: { marked: ReadonlySet<number>; change: (id: number, on: boolean) => void; can: (row: T) => boolean };
  /** What the last column holds, said to screen readers. */
  actions: string;
  action: (row: T) => ReactNode;
}

export function RaceBoard<T extends RaceLine>({ metric, rows, folds, mark, actions, action }: Props<T>) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const ranked = rankLines(metric, rows);
  return (
    <table className={`mr-table is-dense ${style.board}`}>
      <thead>
        <tr>
          {mark ? (
            <th>
              <span className="mr-hidden">{t('results.race.mark')}</span>
            </th>
          ) : null}
          <th className="mr-num">{t('results.race.rank')}</th>
          <th>{t('results.race.trial')}</th>
          <th className="mr-num">{metricName(metric)}</th>
          {folds === undefined ? <th className="mr-num">{t('results.race.weight')}</th> : null}
          <th className="mr-num">{t('results.race.seconds')}</th>
          <th>
            <span className="mr-hidden">{t('results.race.state.title')}</span>
          </th>
          <th>
            <span className="mr-hidden">{actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ranked.map((row, i) => (
          <tr key={row.id} data-trial={row.id}>
            {mark ? (
              <td>
                <input
                  type="checkbox"
                  checked={mark.marked.has(row.id)}
                  disabled={!mark.can(row)}
                  aria-label={wordsText(row.name)}
                  title={mark.can(row) ? undefined : t('results.race.notKept')}
                  onChange={(event) => mark.change(row.id, event.target.checked)}
                />
              </td>
            ) : null}
            <td className="mr-num mr-dim">{row.state === 'complete' ? format.count(i + 1) : '–'}</td>
            <td className={style.name} title={wordsText(row.name)}>
              {wordsText(row.name)}
            </td>
            <td className="mr-num">{row.value === undefined ? '–' : format.metric(row.value)}</td>
            {folds === undefined ? <td className="mr-num">{row.weight > 0 ? format.percent(row.weight) : ''}</td> : null}
            <td className="mr-num mr-dim">{format.number(Math.round((row.ended - row.began) * 100) / 100)}</td>
            <td className="mr-dim" title={'problem' in row && row.problem ? problemText(row.problem).message : undefined}>
              <State row={row} folds={folds} />
            </td>
            <td className={style.actions}>{action(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Most rows are completed: a tick says so in less room. */
function State({ row, folds }: { row: RaceLine; folds?: number }) {
  const t = useText();
  const word =
    row.state === 'running' && folds !== undefined
      ? t('results.race.foldOf', { fold: Math.min(folds, row.folds + 1), folds })
      : t(`results.race.state.${row.state}`);
  if (row.state !== 'complete') return word;
  return (
    <span title={word}>
      <Icon name="check" size={13} />
      <span className="mr-hidden">{word}</span>
    </span>
  );
}
