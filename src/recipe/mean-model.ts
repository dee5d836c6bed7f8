/** One model of several: the weighted mean of what they say. */
import { phrase, type Words } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Model } from './model.ts';
import { distinctIds } from './track.ts';

export interface Maker {
  kind: string;
  version: number;
  params: ParamValues;
  title: string;
}

/** Of models of the same target; weights add up to 1. One alone stays as it is. */
export function meanModel(members: NonNullable<Model['members']>, maker: Maker, notes: readonly Words[]): Model {
  if (members.length === 1) {
    const [{ model }] = members;
    return { ...model, about: { ...model.about, notes: [...notes, ...model.about.notes] } };
  }
  const models = members.map(({ model }) => model);
  const [first] = models;
  const classes = first.classes && longest(models.map((model) => model.classes ?? []));
  const inputs = new Map(models.flatMap((model) => model.inputs.map((input) => [input.name, input] as const)));
  const seen = Object.assign({}, ...models.map((model) => model.seen ?? {}));
  const ids = distinctIds(Int32Array.from(models.flatMap((model) => [...model.learned.ids])));
  const shares = importanceShares(members);
  const { importances: _, curve: __, ...about } = first.about;
  return {
    ...first,
    inputs: [...inputs.values()],
    ...(classes ? { classes, outputs: longest(models.map((model) => model.outputs)) } : {}),
    title: maker.title,
    learner: { kind: maker.kind, version: maker.version, params: maker.params },
    featuriser: { numbers: 'native', columns: [], features: [] },
    fitted: null,
    members,
    seen,
    about: {
      ...about,
      rowCount: ids.length,
      notes: [
        phrase('note.mean-of', 'The mean of {count} models.', { count: members.length }),
        ...notes,
        ...new Map(models.flatMap((model) => model.about.notes.map((note) => [JSON.stringify(note), note] as const))).values(),
      ],
      ...(shares.length > 0 ? { importances: shares } : {}),
    },
    learned: { source: first.learned.source, ids },
  };
}

const longest = <T>(lists: readonly (readonly T[])[]): readonly T[] => lists.reduce((a, b) => (b.length > a.length ? b : a));

/** Of the members that have importances, by column, weighted as the members are. */
function importanceShares(members: NonNullable<Model['members']>): { name: string; value: number }[] {
  const sums = new Map<string, number>();
  let all = 0;
  for (const { model, weight } of members) {
    if (!model.about.importances) continue;
    all += weight;
    for (const { name, value } of model.about.importances) sums.set(name, (sums.get(name) ?? 0) + weight * value);
  }
  return [...sums].map(([name, value]) => ({ name, value: value / all })).sort((a, b) => b.value - a.value);
}
