/** AutoML's race after it ran: the best value over time, a lane of trials per learner, and the leaderboard, whose trials can be opened as nodes. */
import type { Race, RaceRow } from '../../recipe/results.ts';
import { useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { useSession } from '../state/session.ts';
import { useMetricName } from './metric-name.tsx';
import { nodesFromTrial } from './nodes-from-trial.ts';
import { Panel, Panels } from './panel.tsx';
import { RaceBoard } from './race-board.tsx';
import { BestOverTime, Lanes } from './race-charts.tsx';
import style from './race-view.module.css';

export function RaceView({ race, nodeId }: { race: Race; nodeId: string }) {
  const t = useText();
  const metricName = useMetricName();
  const session = useSession();
  const ended = race.rows.filter(({ state }) => state === 'complete').length;
  const openAsNodes = (row: RaceRow) => {
    const made = nodesFromTrial(session.documents.getState().document, nodeId, race, row);
    if (!made || !session.documents.edit(made.edit)) return;
    session.selection.getState().select({ nodes: [made.id] });
    requestAnimationFrame(() => session.canvas.port.reveal(made.id, true));
  };
  return (
    <Panels>
      <Panel title={t('results.race.best', { metric: metricName(race.metric) })} aside={t('results.race.seconds')} width={320}>
        <BestOverTime race={race} />
      </Panel>
      <Panel title={t('results.race.lanes')} aside={t('results.race.seconds')} width={360}>
        <Lanes race={race} />
        {race.said && race.said.length > 0 ? (
          <p className={style.said}>
            {t('results.race.byHand')} {race.said.map(wordsText).join(' ')}
          </p>
        ) : null}
      </Panel>
      <Panel title={t('results.race.board')} aside={t('results.race.trials', { count: race.rows.length, ended })} wide>
        <RaceBoard
          metric={race.metric}
          rows={race.rows}
          actions={t('results.race.open')}
          action={(row) => (
            <Button look="subtle" title={t('results.race.openHelp')} onClick={() => openAsNodes(row)}>
              {t('results.race.open')}
            </Button>
          )}
        />
      </Panel>
    </Panels>
  );
}
