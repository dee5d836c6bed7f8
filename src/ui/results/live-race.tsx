/** AutoML's race while it runs: how much of the budget is spent, what a person may do to it, and the same pictures as afterwards. */
import { useEffect, useState } from 'react';
import type { LiveRace, LiveRow } from '../../recipe/results.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { useSession } from '../state/session.ts';
import { useMetricName } from './metric-name.tsx';
import { Panel, Panels } from './panel.tsx';
import { RaceBoard } from './race-board.tsx';
import { BestOverTime, Lanes } from './race-charts.tsx';
import { climbOf } from './race-lines.ts';
import style from './race-view.module.css';

interface Props {
  race: LiveRace;
  /** When it was told. */
  at: number;
  nodeId: string;
}
const TICK_MS = 500;
const MORE_SECONDS = 60;

export function LiveRaceView({ race, at, nodeId }: Props) {
  const t = useText();
  const metricName = useMetricName();
  const spent = useSpent(race, at);
  const until = race.budget === null ? spent : Math.max(spent, Math.min(race.budget, Math.ceil(2 * spent) + 5));
  const now = { ...race, rows: race.rows.map((row) => (row.state === 'running' ? { ...row, ended: Math.max(row.ended, spent) } : row)) };
  const ended = race.rows.filter(({ state }) => state === 'complete').length;
  return (
    <div className={style.live}>
      <Bar race={race} spent={spent} nodeId={nodeId} />
      <div className={`${style.rest} ${style.whole}`}>
        <Panels>
          <Panel title={t('results.race.board')} aside={t('results.race.trials', { count: race.rows.length, ended })} width={600}>
            <RaceBoard
              metric={race.metric}
              rows={now.rows}
              folds={race.folds}
              actions={t('results.race.steer')}
              action={(row) => <RowActions race={race} row={row} nodeId={nodeId} />}
            />
          </Panel>
          <div className={style.pictures}>
            <Panel title={t('results.race.best', { metric: metricName(race.metric) })} aside={t('results.race.seconds')} width={300}>
              <BestOverTime race={now} until={until} />
            </Panel>
            <Panel title={t('results.race.lanes')} aside={t('results.race.seconds')} width={340}>
              <Lanes race={now} until={until} />
            </Panel>
          </div>
        </Panels>
      </div>
    </div>
  );
}

/** Seconds that count, also between two reports. */
function useSpent(race: LiveRace, at: number): number {
  const [now, setNow] = useState(() => Date.now());
  const runs = race.phase === 'racing' || race.phase === 'stopping';
  useEffect(() => {
    if (!runs) return;
    const clock = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(clock);
  }, [runs]);
  return runs ? race.spent + Math.max(0, now - at) / 1000 : race.spent;
}

function Bar({ race, spent, nodeId }: { race: LiveRace; spent: number; nodeId: string }) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const session = useSession();
  const running = race.rows.filter(({ state }) => state === 'running').length;
  const best = climbOf(race).at(-1)?.best;
  const together = race.together?.at(-1)?.value;
  const ended = race.rows.length - running;
  const share = race.budget === null ? (race.trials === null ? undefined : ended / race.trials) : spent / race.budget;
  const of =
    race.budget === null
      ? race.trials === null
        ? t('results.race.noLimit')
        : t('results.race.ofTrials', { count: race.trials, ended })
      : t('results.race.ofTime', { spent: format.duration(Math.floor(spent) * 1000), budget: format.duration(race.budget * 1000) });
  const over = race.phase === 'stopping' || race.phase === 'finishing';
  return (
    <div className={style.bar} data-phase={race.phase}>
      <span className={style.phase}>{t(`results.race.phase.${race.phase}`)}</span>
      {share === undefined ? null : (
        <progress className={style.budget} max={1} value={Math.min(1, share)} aria-label={t('results.race.budget')} />
      )}
      <span className="mr-dim">{of}</span>
      <span className="mr-dim">{t('results.race.busy', { running, count: race.workers })}</span>
      {best === undefined ? null : (
        <span>
          {metricName(race.metric)} <strong>{format.metric(best)}</strong>
        </span>
      )}
      {together === undefined ? null : (
        <span title={t('results.race.weighedHelp')}>
          {t('results.race.weighed')} <strong>{format.metric(together)}</strong>
        </span>
      )}
      <span className={style.controls}>
        {race.budget === null ? null : (
          <Button
            look="subtle"
            icon="add"
            disabled={over}
            onClick={() => session.steer(nodeId, { name: 'add-time', args: { seconds: MORE_SECONDS } })}
          >
            {t('results.race.addTime', { seconds: MORE_SECONDS })}
          </Button>
        )}
        <Button
          icon={race.phase === 'paused' ? 'play' : 'pause'}
          disabled={over}
          onClick={() => session.steer(nodeId, { name: race.phase === 'paused' ? 'resume' : 'pause' })}
        >
          {t(race.phase === 'paused' ? 'results.race.resume' : 'results.race.pause')}
        </Button>
        <Button icon="stop" disabled={over} title={t('results.race.keepBestHelp')} onClick={() => session.keepBest(nodeId)}>
          {t('results.race.keepBest')}
        </Button>
      </span>
    </div>
  );
}

function RowActions({ race, row, nodeId }: { race: LiveRace; row: LiveRow; nodeId: string }) {
  const t = useText();
  const session = useSession();
  const name = wordsText(row.name);
  return (
    <>
      {race.ensemble && (row.state === 'running' || row.state === 'complete') ? (
        <IconButton
          icon={row.pinned ? 'pinned' : 'pin'}
          tipSide="before"
          label={t('results.race.pin', { name })}
          aria-pressed={row.pinned === true}
          disabled={race.phase === 'finishing'}
          onClick={() => session.steer(nodeId, { name: 'pin-trial', args: { trial: row.id, on: !row.pinned } })}
        />
      ) : null}
      {row.state === 'running' ? (
        <IconButton
          icon="close"
          tipSide="after"
          label={t('results.race.end', { name })}
          onClick={() => session.steer(nodeId, { name: 'end-trial', args: { trial: row.id } })}
        />
      ) : null}
    </>
  );
}
