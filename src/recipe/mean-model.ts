/** One model of several: the weighted mean of what they say. */
import { phrase, type Words } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import { columnIndex, gatherRows, type Table } from '../table/table.ts';
import type { Model } from './model.ts';
import type { Stack } from './stack.ts';
import { distinctIds } from './track.ts';

export interface Maker {
  kind: string;
  version: number;
  params: ParamValues;
  title: string;
}

/** Of models of the same target; weights add up to 1. One alone stays as it is. */
export function meanModel(members: NonNullable<Model['members']>, maker: Maker, notes: readonly Words[]): Model {
  if (members.length > 1)
    return joinedModel(members, maker, [phrase('note.mean-of', 'The mean of {count} models.', { count: members.length }), ...notes]);
  const [{ model }] = members;
  return { ...model, about: { ...model.about, notes: [...notes, ...model.about.notes] } };
}

/** The say of each of a trial's fold models, when the trial has so much; the same whoever puts them together, to the last bit. */
export const shareOf = (weight: number, models: number): number => weight * (1 / models);

/** One model around one or more others of the same target. */
export function joinedModel(members: NonNullable<Model['members']>, maker: Maker, notes: readonly Words[]): Model {
  const models = members.map(({ model }) => model);
  const [first] = models;
  const classes = first.classes && longest(models.map((model) => model.classes ?? []));
  const inputs = new Map(models.flatMap((model) => model.inputs.map((input) => [input.name, input] as const)));
  const seen = Object.assign({}, ...models.map((model) => model.seen ?? {}));
  const ids = distinctIds(Int32Array.from(models.flatMap((model) => [...model.learned.ids])));
  const shares = importanceShares(members);
  const { importances: _, curve: __, ...about } = first.about;
  const { sample: ___, calibration: ____, vote: _____, stack: ______, ...rest } = first;
  const sample = sampleOf(models, [...inputs.keys()]);
  return {
    ...rest,
    inputs: [...inputs.values()],
    ...(sample ? { sample } : {}),
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
        ...notes,
        ...new Map(models.flatMap((model) => model.about.notes.map((note) => [JSON.stringify(note), note] as const))).values(),
      ],
      ...(shares.length > 0 ? { importances: shares } : {}),
    },
    learned: { source: first.learned.source, ids },
  };
}

/** One model of several by a stack of their answers; `shares` add up to 1, for what hangs on who says how much. */
export function stackedModel(
  models: readonly Model[],
  shares: readonly number[],
  stack: Stack,
  maker: Maker,
  notes: readonly Words[],
): Model {
  const note = phrase('note.stack-of', 'A stack of {count} models: their answers, put together with weights that were learned.', {
    count: models.length,
  });
  return {
    ...joinedModel(
      models.map((model, m) => ({ model, weight: shares[m] })),
      maker,
      [note, ...notes],
    ),
    stack,
  };
}

/** The first's rows; columns that only others need come from their rows, again and again as far as those go. */
function sampleOf(models: readonly Model[], names: readonly string[]): Table | undefined {
  const samples = models.flatMap(({ sample }) => (sample && sample.rowCount > 0 ? [sample] : []));
  const [first] = samples;
  const owners = names.map((name) => samples.find((each) => columnIndex(each, name) >= 0));
  if (!first || owners.some((owner) => !owner)) return undefined;
  const parts = names.map((name, i) => {
    const [owner, at] = [owners[i]!, columnIndex(owners[i]!, name)];
    const one = { rowCount: owner.rowCount, fields: [owner.fields[at]], columns: [owner.columns[at]] };
    return owner === first
      ? one
      : gatherRows(
          one,
          Int32Array.from({ length: first.rowCount }, (_, row) => row % owner.rowCount),
        );
  });
  return { rowCount: first.rowCount, fields: parts.flatMap(({ fields }) => fields), columns: parts.flatMap(({ columns }) => columns) };
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
