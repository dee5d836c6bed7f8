/** AutoML's race: the best value over time, a lane of trials per learner, and the leaderboard, whose trials can be opened as nodes. */
import { useCallback } from 'react';
import { metricInfo } from '../../metrics/metric-info.ts';
import type { Race, RaceRow } from '../../recipe/results.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { kindOf } from '../state/kinds.ts';
import { useSession } from '../state/session.ts';
import { useMetricName } from './metric-name.tsx';
import { nodesFromTrial } from './nodes-from-trial.ts';
import { Panel, Panels } from './panel.tsx';
import style from './race-view.module.css';

export function RaceView({ race, nodeId }: { race: Race; nodeId: string }) {
  const t = useText();
  const metricName = useMetricName();
  const ended = race.rows.filter(({ state }) => state === 'complete').length;
  return (
    <Panels>
      <Panel title={t('results.race.best', { metric: metricName(race.metric) })} aside={t('results.race.seconds')} width={320}>
        <BestOverTime race={race} />
      </Panel>
      <Panel title={t('results.race.lanes')} aside={t('results.race.seconds')} width={360}>
        <Lanes race={race} />
      </Panel>
      <Panel title={t('results.race.board')} aside={t('results.race.trials', { count: race.rows.length, ended })} wide>
        <Board race={race} nodeId={nodeId} />
      </Panel>
    </Panels>
  );
}

const valued = (race: Race) =>
  race.rows.filter((row): row is RaceRow & { value: number } => row.state === 'complete' && row.value !== undefined);

function BestOverTime({ race }: { race: Race }) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const option = useCallback<Option>(
    (tokens) => {
      const { higherIsBetter } = metricInfo(race.metric);
      const trials = valued(race).sort((a, b) => a.ended - b.ended);
      let best = trials[0]?.value ?? 0;
      const climb = trials.map(({ ended, value }) => {
        best = higherIsBetter ? Math.max(best, value) : Math.min(best, value);
        return [ended, best] as const;
      });
      return lines(tokens, {
        x: { min: 0, max: Math.max(...race.rows.map(({ ended }) => ended)), name: t('results.race.seconds'), write: format.number },
        y: { write: format.metric, name: metricName(race.metric) },
        lines: [
          { name: t('results.race.soFar'), points: climb, step: true },
          { name: t('results.race.trial'), points: trials.map(({ ended, value }) => [ended, value] as const), look: 'points', dots: true },
        ],
        write: format.metric,
      });
    },
    [race, t, format, metricName],
  );
  return <Chart option={option} label={t('results.race.best', { metric: metricName(race.metric) })} />;
}

/** Each trial from its start to its end, below the name of its learner. */
function Lanes({ race }: { race: Race }) {
  const t = useText();
  const format = useFormat();
  const end = Math.max(...race.rows.map(({ ended }) => ended), Number.MIN_VALUE);
  const kinds = [...new Set(race.rows.toSorted((a, b) => a.began - b.began).map(({ kind }) => kind))];
  return (
    <ul className={style.lanes}>
      {kinds.map((id) => {
        const kind = kindOf(id);
        const own = race.rows.filter((row) => row.kind === id).sort((a, b) => a.began - b.began);
        return (
          <li key={id}>
            <span className="mr-ellipsis">{kind ? kindText(kind, 'title') : id}</span>
            <span
              className={style.lane}
              role="img"
              aria-label={t('results.race.laneSaid', {
                count: own.length,
                seconds: format.number(own.reduce((sum, row) => sum + row.ended - row.began, 0)),
              })}
            >
              {own.map((row) => (
                <span
                  key={`${row.began} ${wordsText(row.name)}`}
                  className={`${style.trial} ${style[row.state]} ${row.weight > 0 ? style.chosen : ''}`}
                  style={{ left: `${(row.began / end) * 100}%`, width: `${Math.max(0.6, ((row.ended - row.began) / end) * 100)}%` }}
                  title={`${wordsText(row.name)}${row.value === undefined ? '' : ` · ${format.metric(row.value)}`} · ${t(`results.race.state.${row.state}`)}`}
                />
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Board({ race, nodeId }: { race: Race; nodeId: string }) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const metricName = useMetricName();
  const openAsNodes = (row: RaceRow) => {
    const made = nodesFromTrial(session.documents.getState().document, nodeId, race, row);
    if (!made || !session.documents.edit(made.edit)) return;
    session.selection.getState().select({ nodes: [made.id] });
    requestAnimationFrame(() => session.canvas.port.reveal(made.id, true));
  };
  return (
    <table className={`mr-table is-dense ${style.board}`}>
      <thead>
        <tr>
          <th className="mr-num">{t('results.race.rank')}</th>
          <th>{t('results.race.trial')}</th>
          <th className="mr-num">{metricName(race.metric)}</th>
          <th className="mr-num">{t('results.race.weight')}</th>
          <th className="mr-num">{t('results.race.seconds')}</th>
          <th>{t('results.race.state.title')}</th>
          <th>
            <span className="mr-hidden">{t('results.race.open')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {race.rows.map((row, i) => (
          <tr key={`${row.began} ${wordsText(row.name)}`}>
            <td className="mr-num mr-dim">{row.state === 'complete' ? format.count(i + 1) : '–'}</td>
            <td title={wordsText(row.name)}>{wordsText(row.name)}</td>
            <td className="mr-num">{row.value === undefined ? '–' : format.metric(row.value)}</td>
            <td className="mr-num">{row.weight > 0 ? format.percent(row.weight) : ''}</td>
            <td className="mr-num mr-dim">{format.number(Math.round((row.ended - row.began) * 100) / 100)}</td>
            <td className="mr-dim" title={row.problem ? problemText(row.problem).message : undefined}>
              {t(`results.race.state.${row.state}`)}
            </td>
            <td>
              <Button look="subtle" title={t('results.race.openHelp')} onClick={() => openAsNodes(row)}>
                {t('results.race.open')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
