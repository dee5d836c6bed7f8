/** Steps that one trial puts before its learner, behind those that all trials share: ordinary transforms, fitted inside each fold. */
import type { Random } from '../base/random.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { runStep } from '../recipe/apply-step.ts';
import { featuresOf, targetOf } from '../recipe/fit-model.ts';
import type { Frame } from '../recipe/frame.ts';
import type { LearnerSpec, Lookups } from '../recipe/model.ts';
import { transforms } from '../transforms/index.ts';

export interface OwnStep {
  kind: string;
  params: ParamValues;
}

/** The frame with the steps, and the learner with the columns that they made among its features where those are named. */
export async function withSteps(
  given: Frame,
  spec: LearnerSpec,
  steps: readonly OwnStep[],
  lookups: Lookups,
  random: (purpose: string) => Random,
): Promise<{ frame: Frame; spec: LearnerSpec }> {
  let frame = given;
  for (const { kind: id, params } of steps) {
    const { kind } = transforms.find((entry) => entry.kind.id === id)!;
    const code = await lookups.step(id, kind.version);
    frame = await runStep(code, kind, { ...defaults(kind.params), ...params }, [frame], { random, lookup: lookups.step });
  }
  const { features } = spec.params;
  if (frame === given || !features || 'all' in (features as object)) return { frame, spec };
  const known = new Set(given.table.fields.map(({ name }) => name));
  const made = frame.table.fields.flatMap(({ name }) => (known.has(name) ? [] : [name]));
  const kept = featuresOf(given.table, spec.params, targetOf(given.table, spec.params));
  return { frame, spec: { ...spec, params: { ...spec.params, features: { names: [...kept, ...made] } } } };
}
