/** The part of a frame's recipe that a model keeps (contracts §1 rules 1, 8): what its features need, and the target's own path. */
import type { Words } from '../base/words.ts';
import { type Raw, type Recipe, type Step, stepName } from './frame.ts';

export interface ScoringPath {
  /** One raw leaf and the steps after it, in order; target steps are `skipped`, row steps have nothing to apply. */
  recipe: Recipe;
  raw: Raw;
  /** Raw columns that the features need, in raw order, the target left out. */
  inputs: string[];
  /** Steps that change the target, in order, each with what the target is called after it. */
  targetSteps: { step: Step; column: string }[];
  /** The raw column that the target comes from; absent when it is computed from several. */
  rawTarget?: string;
  /** Features that are computed from the target, or that the target is computed from, with the step that does it. */
  leaks: { column: string; how: 'made' | 'source'; step: Words }[];
}

/** The leaf and steps that the last entry passes through by `main`. */
export function mainChain(recipe: Recipe): { raw: Raw; steps: Step[] } {
  const steps: Step[] = [];
  let entry = recipe.entries[recipe.entries.length - 1];
  while (entry.type === 'step') {
    steps.unshift(entry);
    entry = recipe.entries[entry.main];
  }
  return { raw: entry, steps };
}

/** Walks the chain backwards from the used feature columns to the raw columns. */
export function scoringPath(recipe: Recipe, features: readonly string[], target: string | undefined): ScoringPath {
  const { raw, steps } = mainChain(recipe);
  let needed = new Set(features);
  let targetName = target;
  const targetSteps: ScoringPath['targetSteps'] = [];
  const leaks: ScoringPath['leaks'] = [];
  const kept: Step[] = [];
  let takesTarget = false;
  for (const step of steps.toReversed()) {
    if (step.picked) continue;
    if (step.rows !== 'keep' || !step.columns) {
      kept.unshift({ ...step, fitted: undefined, frozen: undefined });
      continue;
    }
    const used = step.columns.filter((column) => needed.has(column.name));
    const computed = used.filter((column) => !column.kept);
    const goal = step.columns.find((column) => column.name === targetName);
    const before: string | undefined =
      goal && (goal.from.includes(goal.name) ? goal.name : goal.from.length === 1 ? goal.from[0] : undefined);
    if (goal && !goal.kept) targetSteps.unshift({ step, column: goal.name });
    for (const column of computed) {
      const tells = before !== undefined && column.from.includes(before) && !column.assumed && step.target !== 'reads';
      if (tells) leaks.push({ column: column.name, how: 'made', step: stepName(step) });
    }
    // The target is a new form of a column that is a feature as well: then the feature is the answer.
    const source =
      goal && !goal.kept && before !== undefined && before !== goal.name && used.find((column) => column.kept && column.from[0] === before);
    if (source) {
      leaks.push({ column: source.name, how: 'source', step: stepName(step) });
      takesTarget = true;
    }
    if (goal) targetName = before;
    needed = new Set(used.flatMap((column) => column.from));
    const aside = step.target === 'writes' && computed.length === 0;
    kept.unshift(aside ? { ...step, skipped: true, fitted: undefined, frozen: undefined } : step);
  }
  const rawNames = raw.schema.columns.map((column) => column.name);
  const rawTarget = targetName !== undefined && rawNames.includes(targetName) ? targetName : undefined;
  const leaf: Raw = { type: 'raw', schema: raw.schema, digest: raw.digest };
  return {
    recipe: { entries: [leaf, ...kept.map((step, i): Step => ({ ...step, main: i, sides: [] }))] },
    raw,
    inputs: rawNames.filter((name) => needed.has(name) && (name !== rawTarget || takesTarget)),
    targetSteps,
    ...(rawTarget === undefined ? {} : { rawTarget }),
    leaks,
  };
}
