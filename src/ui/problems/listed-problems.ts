/** All problems of the pipeline in the order they are walked, and which of them stand at a node or at one of its settings; pure. */
import type { Problem } from '../../base/problem.ts';
import type { Report } from '../../engine/plan-types.ts';
import type { RunState } from '../state/run-store.ts';

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

/** Tells a problem from the others while it lasts. */
export const problemKey = (problem: Problem): string => JSON.stringify([problem.code, problem.at]);

/** Of the check, of leaks, and of the last run of nodes as they are now (why it failed, what it warned of); worst first, one per place and code. */
export function listedProblems(report: Report, runs: RunState): Problem[] {
  const intents = new Map(report.plan.map((step) => [step.node, step.intent]));
  const ofRuns = Object.entries(runs.steps).flatMap(([node, step]) => {
    if (!intents.has(node) || intents.get(node) !== step.intent) return [];
    const said = [
      ...(step.problem && step.state === 'failed' ? [step.problem] : []),
      ...step.notes.filter((note) => note.severity === 'warning'),
    ];
    return said.map((found) => ({ ...found, at: { ...found.at, node } }));
  });
  const leaks = report.badges.flatMap((badge) => (badge.type === 'leak' && badge.problem ? [badge.problem] : []));
  const seen = new Set<string>();
  return [...report.problems, ...ofRuns, ...leaks]
    .filter((found) => {
      const key = problemKey(found);
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

/** The one to go to: after (or before) the one gone to last, else after those of the chosen node, else the first (or last). */
export function stepProblem(
  list: readonly Problem[],
  by: 1 | -1,
  last: string | undefined,
  active: string | undefined,
): Problem | undefined {
  const known = list.findIndex((found) => problemKey(found) === last && (!found.at.node || found.at.node === active));
  const at = known >= 0 ? known : list.findIndex((found) => found.at.node !== undefined && found.at.node === active);
  if (at < 0) return by > 0 ? list[0] : list.at(-1);
  return list[(at + by + list.length) % list.length];
}

/** Splits the problems of a node: those of settings that the form shows, by setting, and all others. */
export function placeProblems(
  list: readonly Problem[],
  node: string,
  shown: readonly string[],
): { byParam: Record<string, Problem[]>; rest: Problem[] } {
  const byParam: Record<string, Problem[]> = {};
  const rest: Problem[] = [];
  for (const found of list) {
    if (found.at.node !== node) continue;
    const { param } = found.at;
    if (param !== undefined && shown.includes(param)) (byParam[param] ??= []).push(found);
    else rest.push(found);
  }
  return { byParam, rest };
}

/** Rows of the node's table that are at fault, counted from 1, where the problem names them. */
export function rowsAtFault(problem: Problem): readonly number[] {
  const { rows } = problem.args;
  return Array.isArray(rows) && rows.every((row) => Number.isInteger(row)) ? (rows as number[]) : [];
}
