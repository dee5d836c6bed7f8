/** A race under way as its progress tells it: the trials so far, those that run, and how much of the budget is spent. */

import type { Words } from '../base/words.ts';
import type { LiveRace, LiveRow, TogetherPoint } from '../recipe/results.ts';
import type { Objective } from './objective.ts';
import { type OpenTrial, type Trial, trialLoss } from './race.ts';
import type { Steering } from './steering.ts';

export interface LiveAsk {
  objective: Objective;
  titleOf: (trial: Pick<Trial, 'candidate'>) => Words;
  steering: Steering;
  /** Folds of a trial. */
  folds: number;
  /** Seconds; infinite without a limit. */
  seconds: number;
  trials: number;
  ensemble: boolean;
  /** What those that ended give together. */
  together: (ended: readonly Trial[]) => readonly TogetherPoint[];
  workers: number;
  stopRequested: () => boolean;
}

/** Rows by number; times in seconds from the start of the race. `finishing`: trials are over, and the model is being made. */
export function liveRace(ask: LiveAsk, open: readonly OpenTrial[], ended: readonly Trial[], finishing: boolean): LiveRace {
  const { objective, steering } = ask;
  const common = ({ candidate, began }: Pick<OpenTrial, 'candidate' | 'began'>) => ({
    id: candidate.id,
    name: ask.titleOf({ candidate }),
    kind: candidate.kind,
    began: began / 1000,
    weight: 0,
    pinned: steering.isPinned(candidate.id),
  });
  const spent = steering.now() / 1000;
  const rows = [
    ...ended.map(
      (trial): LiveRow => ({
        ...common(trial),
        state: trial.state,
        ...shown(objective, trial.loss),
        ended: trial.ended / 1000,
        folds: trial.folds.length,
      }),
    ),
    ...open.map((trial): LiveRow => {
      const folds = trial.folds.filter((fold) => fold !== undefined);
      const state = steering.isEnded(trial.candidate.id) ? 'ended' : 'running';
      return { ...common(trial), state, ...shown(objective, trialLoss(objective, folds)), ended: spent, folds: folds.length };
    }),
  ];
  return {
    type: 'race',
    metric: objective.metric,
    rows: rows.sort((a, b) => a.id - b.id),
    folds: ask.folds,
    spent,
    budget: Number.isFinite(ask.seconds) ? ask.seconds + steering.extraMs() / 1000 : null,
    trials: Number.isFinite(ask.trials) ? ask.trials : null,
    phase: finishing ? 'finishing' : ask.stopRequested() ? 'stopping' : steering.paused() ? 'paused' : 'racing',
    ...(ask.ensemble ? { together: ask.together(ended) } : {}),
    ensemble: ask.ensemble,
    workers: ask.workers,
  };
}

const shown = ({ sign }: Objective, loss: number): { value?: number } => (Number.isFinite(loss) ? { value: sign * loss } : {});
