/** Finds the code of steps and learners by kind id in the registries; what recipes and models are replayed with. */
import { ProblemError } from '../base/problem.ts';
import { kindName, phrase } from '../base/words.ts';
import type { Entry } from '../kind/kind.ts';
import type { Services } from '../kind/run.ts';
import { learners } from '../learners/index.ts';
import type { LearnerLookup, Lookups } from '../recipe/model.ts';
import type { StepLookup } from '../recipe/step.ts';
import { transforms } from '../transforms/index.ts';
import { script } from './script/kind.ts';
import { steps } from './steps.ts';

/** Loads an entry's code once; a Problem when this build does not know the kind or only an older version of it. */
function lookupIn<Code>(entries: readonly Entry<Code>[]): (kind: string, version: number) => Promise<Code> {
  const byId = new Map(entries.map((item) => [item.kind.id, item]));
  return async (kind, version) => {
    const found = byId.get(kind);
    if (found && version <= found.kind.version) return found.load();
    throw new ProblemError({
      code: found ? 'recipe.newer-step' : 'recipe.unknown-step',
      args: { kind, version },
      message: found
        ? phrase('check.newer', '“{title}” was made by a newer version of this app.', { title: kindName(found.kind) })
        : phrase('recipe.unknown', 'This app does not know the step “{kind}” that the recipe uses.', { kind }),
      hint: phrase('recipe.open-newest', 'Open it with the newest version of the app.'),
    });
  };
}

export const stepLookup: StepLookup = lookupIn([...steps, ...transforms]);
export const learnerLookup: LearnerLookup = lookupIn(learners);
/** For recipes that hold no script. */
export const lookups: Lookups = { step: stepLookup, learner: learnerLookup };

/** The same with the script step: the only one whose code is not the app's own and has to run in the host's sandbox. */
export const lookupsFor = (services: Pick<Services, 'runScript'>): Lookups => ({
  step: async (kind, version) =>
    kind === script.id && version <= script.version
      ? (await import('./script/step.ts')).scriptStep((...job) => services.runScript(...job))
      : stepLookup(kind, version),
  learner: learnerLookup,
});
