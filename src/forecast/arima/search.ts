/** Finds the order of an ARIMA model step by step (Hyndman & Khandakar 2008, as in R's auto.arima). */
import { differencesNeeded } from '../kpss.ts';
import { stl, strengthOf } from '../stl.ts';
import { type Candidate, differenced, finish, fitCandidate, fitExactly } from './fit.ts';
import type { FittedArima } from './fitted.ts';
import { carryOver, type Order } from './order.ts';

const MOST = { p: 5, q: 5, P: 2, Q: 2 };
/** A season stronger than this is removed by a seasonal difference. */
const STRONG = 0.64;
/** Longer than this the search judges by conditional likelihoods. */
const LONG = 150;
const MOST_MODELS = 94;
/** Orders that are fitted again exactly after a conditional search. */
const FINALISTS = 3;

/** `period` 1: no season. When `stopRequested` the best order so far is taken. */
export function fitAutomatic(y: Float64Array, period: number, stopRequested: () => boolean): FittedArima {
  const D = period > 1 && seasonStrength(y, period) > STRONG ? 1 : 0;
  const d = differencesNeeded(differenced(y, { d: 0, D, period }));
  const w = differenced(y, { d, D, period });
  const exact = w.length <= LONG && period <= 12;
  const seen = search(w, { d, D, period }, exact, stopRequested);
  const finalists = exact ? seen : seen.slice(0, FINALISTS).map((candidate) => fitExactly(w, candidate));
  const best = finalists.reduce((a, b) => (b.aicc < a.aicc ? b : a));
  return finish(y, w, best);
}

function seasonStrength(y: Float64Array, period: number): number {
  const { trend, season } = stl(y, period, { seasonSpan: 11 });
  const rest = y.map((value, i) => value - trend[i] - season[i]);
  return strengthOf(season, rest);
}

/** All models that were fitted, best first; never empty. */
function search(
  w: Float64Array,
  { d, D, period }: Pick<Order, 'd' | 'D' | 'period'>,
  exact: boolean,
  stopRequested: () => boolean,
): Candidate[] {
  const seasonal = period > 1;
  const mayHaveConstant = d + D <= 1;
  const third = Math.floor(w.length / 3);
  const most = { p: Math.min(MOST.p, third), q: Math.min(MOST.q, third), P: 0, Q: 0 };
  if (seasonal) {
    most.P = Math.min(MOST.P, Math.floor(third / period));
    most.Q = Math.min(MOST.Q, Math.floor(third / period));
  }
  const seen = new Map<string, Candidate>();
  let best: Candidate | undefined;
  /** Whether this order is better than all before. */
  const attempt = (p: number, q: number, P: number, Q: number, constant: boolean): boolean => {
    if (p < 0 || q < 0 || P < 0 || Q < 0 || p > most.p || q > most.q || P > most.P || Q > most.Q) return false;
    const key = `${p},${q},${P},${Q},${constant}`;
    if (seen.has(key)) return false;
    const order: Order = { p, d, q, P, D, Q, period, constant: constant && mayHaveConstant };
    const start = best && best.x.length > 0 ? carryOver(best.order, best.x, order) : undefined;
    const candidate = fitCandidate(w, order, exact, start);
    seen.set(key, candidate);
    if (best && !(candidate.aicc < best.aicc)) return false;
    best = candidate;
    return true;
  };
  attempt(0, 0, 0, 0, mayHaveConstant);
  if (mayHaveConstant) attempt(0, 0, 0, 0, false);
  attempt(Math.min(1, most.p), 0, Math.min(1, most.P), 0, mayHaveConstant);
  attempt(0, Math.min(1, most.q), 0, Math.min(1, most.Q), mayHaveConstant);
  attempt(Math.min(2, most.p), Math.min(2, most.q), Math.min(1, most.P), Math.min(1, most.Q), mayHaveConstant);
  const around = (): boolean => {
    const { p, q, P, Q, constant } = (best as Candidate).order;
    for (const [dP, dQ] of seasonal ? STEPS : []) if (attempt(p, q, P + dP, Q + dQ, constant)) return true;
    for (const [dp, dq] of STEPS) if (attempt(p + dp, q + dq, P, Q, constant)) return true;
    return mayHaveConstant && attempt(p, q, P, Q, !constant);
  };
  while (seen.size < MOST_MODELS && !stopRequested() && around());
  return [...seen.values()].sort((a, b) => a.aicc - b.aicc);
}

const STEPS: readonly (readonly [number, number])[] = [
  [-1, 0],
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
];
