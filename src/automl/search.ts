/**
 * Local search about the best trial of each learner, by random directions: a step along a direction and one against it, larger steps while
 * that helps and smaller ones when it does not (the FLOW² step of Wu, Wang and Huang 2021, arXiv:2005.01571, over the ranges that the learner's own parameters declare).
 * Learners share the budget by what an improvement will probably cost with each (Wang et al. 2021, "FLAML: a fast and lightweight AutoML library", §4.2).
 */
import { exp, log } from '../base/float.ts';
import type { Random } from '../base/random.ts';
import type { Params, ParamValues } from '../kind/params.ts';
import type { Candidate } from './portfolio.ts';

interface Axis {
  name: string;
  min: number;
  max: number;
  log: boolean;
  integer: boolean;
}
export interface Known {
  candidate: Candidate;
  /** Infinite where it was not completed. */
  loss: number;
  /** In any unit, the same for all. */
  cost: number;
}
interface Thread {
  /** Where the search stands. */
  best: Known;
  /** Spent on this learner in all, when its best was found, and when the best before that one was. */
  spent: number;
  bestAt: number;
  beforeAt: number;
  /** Loss of the best before. */
  before: number;
  step: number;
  /** Proposals since the last improvement. */
  vain: number;
}
export interface Search {
  /** A step of one learner, there and back; the cheaper its next improvement seems, the likelier it is chosen. Less when nothing is left to try. */
  propose: (known: readonly Known[]) => Omit<Candidate, 'id'>[];
}

/** Numbers with a `tune` range that the trial's own settings leave open. */
function axesOf(params: Params, fixed: ReadonlySet<string>): Axis[] {
  return Object.entries(params).flatMap(([name, param]) => {
    if ((param.type !== 'number' && param.type !== 'integer') || !param.tune || fixed.has(name)) return [];
    return [{ name, min: param.tune.min, max: param.tune.max, log: param.tune.log === true, integer: param.type === 'integer' }];
  });
}

const place = ({ min, max, log: logged }: Axis, value: number): number => {
  const inside = Math.min(max, Math.max(min, value));
  return logged ? (log(inside) - log(min)) / (log(max) - log(min)) : (inside - min) / (max - min);
};
const valueAt = ({ min, max, log: logged, integer }: Axis, at: number): number => {
  const inside = Math.min(1, Math.max(0, at));
  const value = logged ? exp(log(min) + inside * (log(max) - log(min))) : min + inside * (max - min);
  return integer ? Math.round(value) : Number(value.toPrecision(4));
};

/** Rounds are the early stopping's to choose. */
const FIXED = new Set(['rounds', 'epochs', 'trees']);
/** What is thought that a learner gains by its next improvement, of its loss, before it has shown any. */
const GAIN = 0.05;
const FIRST_STEP = 0.25;
const LEAST_STEP = 0.02;

/** `paramsOf`: the parameters that a kind of learner declares; `random` draws directions and which learner has its turn. */
export function createSearch(paramsOf: (kind: string) => Params, random: Random): Search {
  const threads = new Map<string, Thread>();
  const tried = new Set<string>();
  const counted = new Set<number>();
  const name = ({ kind, params, steps = [] }: Pick<Candidate, 'kind' | 'params' | 'steps'>) =>
    JSON.stringify([kind, Object.entries(params).sort(), steps]);

  const update = (known: readonly Known[]) => {
    for (const entry of known) {
      tried.add(name(entry.candidate));
      const { id, kind } = entry.candidate;
      if (counted.has(id)) continue;
      counted.add(id);
      const thread = threads.get(kind);
      const spent = (thread?.spent ?? 0) + entry.cost;
      if (thread) thread.spent = spent;
      if (!(entry.loss < (thread?.best.loss ?? Number.POSITIVE_INFINITY))) continue;
      const step = thread ? Math.min(0.5, thread.step * 1.3) : FIRST_STEP;
      const before = { before: thread?.best.loss ?? Number.POSITIVE_INFINITY, beforeAt: thread?.bestAt ?? 0 };
      threads.set(kind, { best: entry, spent, bestAt: spent, ...before, step, vain: 0 });
    }
  };

  /** The threads worth a step, drawn with chances that go against what they cost. */
  const order = (): Thread[] => {
    const open = [...threads.values()].filter(
      (thread) => thread.step >= LEAST_STEP && axesOf(paramsOf(thread.best.candidate.kind), FIXED).length > 0,
    );
    const least = Math.min(...open.map(({ best }) => best.loss));
    const drawn: Thread[] = [];
    while (open.length > 0) {
      const chances = open.map((thread) => 1 / improvementCost(thread, least));
      let at = random.uniform() * chances.reduce((sum, chance) => sum + chance, 0);
      const found = chances.findIndex((chance) => {
        at -= chance;
        return at < 0;
      });
      drawn.push(...open.splice(Math.max(0, found), 1));
    }
    return drawn;
  };

  return {
    propose: (known) => {
      update(known);
      for (const thread of order()) {
        const { candidate } = thread.best;
        const params = paramsOf(candidate.kind);
        const axes = axesOf(params, FIXED);
        const start = axes.map((axis) => place(axis, Number(candidate.params[axis.name] ?? defaultOf(params, axis))));
        for (let attempt = 0; attempt < 8 && thread.step >= LEAST_STEP; attempt++) {
          const direction = unit(axes.length, random);
          const made = [1, -1].map((sign) => move(candidate, axes, start, direction, sign * thread.step));
          const fresh = made.filter((draft) => !tried.has(name(draft)));
          thread.vain++;
          if (thread.vain > 2 * axes.length) [thread.step, thread.vain] = [thread.step * 0.6, 0];
          if (fresh.length === 0) continue;
          for (const draft of fresh) tried.add(name(draft));
          return fresh;
        }
      }
      return [];
    },
  };
}

/** What the next improvement of a learner will probably cost: as much as the last one took, or as was spent since in vain; for one that is behind the best, what it takes to catch up at its pace. */
export function improvementCost({ best, spent, bestAt, beforeAt, before }: Omit<Thread, 'step' | 'vain'>, least: number): number {
  const own = Math.max(bestAt - beforeAt, spent - bestAt, 1e-9);
  const gap = best.loss - least;
  const shown = Number.isFinite(before) ? (before - best.loss) / Math.max(spent - beforeAt, 1e-9) : (GAIN * Math.abs(best.loss)) / own;
  return gap > 0 ? Math.max(own, (2 * gap) / Math.max(shown, 1e-12)) : own;
}

function defaultOf(params: Params, { name, min }: Axis): number {
  const param = params[name];
  return 'default' in param && typeof param.default === 'number' ? param.default : min;
}

function unit(size: number, random: Random): number[] {
  const draws = Array.from({ length: size }, () => random.normal());
  const length = Math.sqrt(draws.reduce((sum, x) => sum + x * x, 0)) || 1;
  return draws.map((x) => (x / length) * Math.sqrt(size) * 0.5);
}

function move(from: Candidate, axes: Axis[], start: number[], direction: number[], by: number): Omit<Candidate, 'id'> {
  const params: ParamValues = { ...from.params };
  axes.forEach((axis, i) => {
    params[axis.name] = valueAt(axis, start[i] + by * direction[i]);
  });
  return { family: from.family, kind: from.kind, variant: 'search', params, ...(from.steps ? { steps: from.steps } : {}) };
}
