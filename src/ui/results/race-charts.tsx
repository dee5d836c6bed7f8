/** A race as pictures, while it runs and afterwards: the best value over time, and a lane of trials per learner. */
import { useCallback } from 'react';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { kindOf } from '../state/kinds.ts';
import { useMetricName } from './metric-name.tsx';
import { Quiet } from './panel.tsx';
import { climbOf, endOf, isLate, type RaceLine, type RaceLines } from './race-lines.ts';
import style from './race-view.module.css';

/** A chart of one value alone would run from half of it to half as much again. */
const around = (values: readonly number[]): { min?: number; max?: number; interval?: number } => {
  const [first] = values;
  if (first === undefined || values.some((value) => value !== first)) return {};
  const unit = 10 ** Math.floor(Math.log10(Math.max(0.05 * Math.abs(first), 0.001)));
  return { min: unit * (Math.floor(first / unit) - 1), max: unit * (Math.ceil(first / unit) + 1), interval: unit };
};

interface Props {
  race: RaceLines;
  /** Seconds at the right edge; the end of the last trial when not given. */
  until?: number;
}

export function BestOverTime({ race, until }: Props) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const option = useCallback<Option>(
    (tokens) => {
      const climb = climbOf(race);
      const last = climb.at(-1);
      const end = endOf(race.rows);
      return lines(tokens, {
        // The panel's head says that these are seconds.
        x: { min: 0, max: until ?? end, write: format.number },
        y: { write: format.metric, name: metricName(race.metric), ...around(climb.map(({ value }) => value)) },
        lines: [
          {
            name: t('results.race.soFar'),
            points: [...climb.map(({ ended, best }) => [ended, best] as const), ...(last ? [[end, last.best] as const] : [])],
            step: true,
          },
          ...(race.together && race.together.length > 0
            ? [
                {
                  name: t('results.race.weighed'),
                  points: [...race.together.map(({ at, value }) => [at, value] as const), [end, race.together.at(-1)?.value ?? 0] as const],
                  step: true,
                },
              ]
            : []),
          { name: t('results.race.trial'), points: climb.map(({ ended, value }) => [ended, value] as const), look: 'points', dots: true },
        ],
        write: format.metric,
      });
    },
    [race, until, t, format, metricName],
  );
  if (climbOf(race).length === 0) return <Quiet title={t('results.race.noneYet')} />;
  return <Chart option={option} label={t('results.race.best', { metric: metricName(race.metric) })} />;
}

/** Each trial from its start to its end, below the name of its learner. */
export function Lanes({ race, until }: Props) {
  const t = useText();
  const format = useFormat();
  const end = Math.max(until ?? endOf(race.rows), Number.MIN_VALUE);
  const inOrder = race.rows.toSorted((a, b) => a.began - b.began);
  // Forecasting methods are settings of one kind: each has a lane of its own.
  const oneKind = inOrder.every(({ kind }) => kind === inOrder[0].kind);
  const titleOf = ({ kind: id, name }: RaceLine) => {
    const kind = kindOf(id);
    return oneKind && inOrder.length > 1 ? wordsText(name) : kind ? kindText(kind, 'title') : id;
  };
  const lanes = [...new Set(inOrder.map(titleOf))];
  const said = (row: RaceLine) =>
    [
      wordsText(row.name),
      row.value === undefined ? '' : format.metric(row.value),
      t(`results.race.state.${isLate(row) ? 'late' : row.state}`),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <ul className={style.lanes}>
      {lanes.map((title) => {
        const own = inOrder.filter((row) => titleOf(row) === title);
        return (
          <li key={title}>
            <span className="mr-ellipsis" title={title}>
              {title}
            </span>
            <span
              className={style.lane}
              role="img"
              aria-label={t('results.race.laneSaid', {
                count: own.length,
                seconds: format.number(Math.round(own.reduce((sum, row) => sum + row.ended - row.began, 0) * 10) / 10),
              })}
            >
              {own.map((row) => (
                <span
                  key={row.id}
                  className={`${style.trial} ${style[isLate(row) ? 'ended' : row.state]} ${row.weight > 0 || row.pinned ? style.chosen : ''}`}
                  style={{ left: `${(row.began / end) * 100}%`, width: `${Math.max(0.6, ((row.ended - row.began) / end) * 100)}%` }}
                  title={said(row)}
                />
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
