/** Every learner of the catalogue goes through `.millrace-model` into another workspace and answers with the same bits there. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { hashArrays } from '../base/hash.ts';
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import { learners } from '../learners/index.ts';
import { lookups } from '../nodes/lookup.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { rawFrame } from '../recipe/frame.ts';
import { predictModel } from '../recipe/predict.ts';
import { type AnyModel, rowModel } from '../recipe/series-model.ts';
import { type Cell, cellsOf } from '../table/column.ts';
import { tableOf } from '../table/table.ts';
import { exportModel, importModel, packagedModel } from './model-package.ts';
import { readModel, registerModel } from './models.ts';
import { ABOUT, ORIGIN, testRegistry } from './test-registry.ts';

const draw = stream('every learner');
const weight = Array.from({ length: 90 }, () => (draw.below(9) === 0 ? null : draw.below(50)));
const place = weight.map(() => (draw.below(11) === 0 ? null : 'xyz'[draw.below(3)]));
const mark = weight.map((value, i) => (value ?? 20) + (place[i] === 'x' ? 20 : 0) + draw.below(9));
/** The third kind of target has three classes. */
const targets: [string, Cell[]][] = [
  ['numbers', mark.map((value) => value / 3)],
  ['two classes', mark.map((value) => (value > 35 ? 'heavy' : 'light'))],
  ['three classes', mark.map((value) => (value > 45 ? 'heavy' : value > 25 ? 'middling' : 'light'))],
];
const learning = (cells: Cell[]) =>
  tableOf({
    weight: ['integer', weight],
    place: ['category', place],
    answer: [typeof cells[0] === 'number' ? 'number' : 'category', cells],
  });
/** Fractions where training had whole numbers, gaps, and a place that training never saw. */
const fresh = tableOf({
  weight: ['number', [30.5, null, 12, 49, 0, 1e6]],
  place: ['category', ['x', 'z', 'nowhere', null, 'y', 'x']],
});

describe.each(learners.map(({ kind }) => [kind.id, kind] as const))('%s', (_id, kind) => {
  it.each(targets)('%s', async (_what, cells) => {
    const { tasks = ['classify', 'regress'] } = await lookups.learner(kind.id, kind.version);
    if (!tasks.includes(typeof cells[0] === 'number' ? 'regress' : 'classify')) return;
    const spec = { kind: kind.id, version: kind.version, title: kind.title, params: { ...defaults(kind.params), target: 'answer' } };
    const run = { progress: () => {}, log: () => {}, stopRequested: () => false, backend: 'cpu' as const };
    const random = (purpose: string) => stream(1, purpose);
    const model = await fitModel(rawFrame(learning(cells)), spec, lookups, { ...run, random });

    const [here, there] = [testRegistry(), testRegistry()];
    await registerModel(here, 'one', model, ABOUT, ORIGIN);
    const file = await exportModel(here, 'one', 'latest');
    await importModel(there, file);
    const answer = async (from: AnyModel) => {
      const { labels, codes, probabilities } = await predictModel(rowModel(from), fresh, lookups);
      return { labels: cellsOf(labels), codes: hashArrays(codes), probabilities: probabilities && hashArrays(probabilities) };
    };
    const wanted = await answer(model);
    expect(wanted.labels).toHaveLength(6);
    expect(wanted.labels).not.toContain(null);
    expect(await answer(await readModel(here, 'one', 1))).toEqual(wanted);
    expect(await answer(await readModel(there, 'one', 1))).toEqual(wanted);
    expect(await answer(await packagedModel(file))).toEqual(wanted);
    // What goes out of the other workspace is the same model again.
    expect(await answer(await packagedModel(await exportModel(there, 'one', 1)))).toEqual(wanted);
  });
});
