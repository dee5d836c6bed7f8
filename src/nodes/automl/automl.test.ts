/** AutoML on real learners: repeatable by trials, honest on rows kept back, one proved ONNX file, settings that are obeyed. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Ran } from '../../automl/choose.ts';
import { arrayDigest } from '../../base/hash.ts';
import { pack } from '../../base/pack.ts';
import { stream } from '../../base/random.ts';
import type { ParamValues } from '../../kind/params.ts';
import { logLoss } from '../../metrics/probability.ts';
import { rmse } from '../../metrics/regression.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { encodeClasses, numbersOf } from '../../recipe/target.ts';
import { cellAt, columnOf } from '../../table/column.ts';
import { readCsv } from '../../table/csv/read.ts';
import { columnNamed, gatherRows, type Table, table } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

const sample = (name: string): Table => readCsv(new Uint8Array(readFileSync(`public/samples/${name}.csv`))).table;
const every = (table: Table, third: boolean): Table =>
  gatherRows(
    table,
    Int32Array.from({ length: table.rowCount }, (_, i) => i).filter((i) => (i % 3 === 0) === third),
  );
async function race(table: Table, params: ParamValues) {
  const { outputs, log } = await runKind('automl.tables', { seconds: null, ...params }, { table: rawFrame(table) });
  return { model: outputs.model as Model, results: outputs.results as Results, board: (outputs.table as Frame).table, log };
}
const texts = (table: Table, name: string) =>
  Array.from({ length: table.rowCount }, (_, row) => String(cellAt(columnNamed(table, name), row)));

test('classes: the winner is better than the shares of the classes on rows kept back, repeats by its seed, and its ONNX file gives the same answers', async () => {
  const wine = sample('wine');
  const [learn, held] = [every(wine, false), every(wine, true)];
  const first = await race(learn, { trials: 5 });
  const again = await race(learn, { trials: 5 });
  const digest = (value: unknown) => pack(value).parts.map(({ array }) => arrayDigest(array));
  expect(digest(again.model)).toEqual(digest(first.model));
  expect(first.model.members!.length).toBeGreaterThan(3);
  expect(first.model.members!.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  const { probabilities } = await predictModel(first.model, held, lookups);
  const truth = encodeClasses(columnNamed(held, first.model.target!), first.model.classes!);
  expect(logLoss(truth, probabilities!, first.model.classes!.length)).toBeLessThan(0.4);
  const proof = await prove(first.model, held, lookups);
  expect(proof.problem).toBeUndefined();
  expect(texts(first.board, 'model')[0]).toBe('Ensemble');
  expect(first.board.rowCount).toBe(6);
  expect(first.results.models[0].metrics.log_loss).toBeLessThanOrEqual(first.results.models[1].metrics.log_loss);
});

test('a calibrated ensemble is one model still: its file gives the same shares, surer or less sure ones', async () => {
  const wine = sample('wine');
  const { model } = await race(every(wine, false), { trials: 2, boosting: false, forest: false, folds: 2, validation: 'folds' });
  const held = every(wine, true);
  const top = async (calibration?: Model['calibration']) =>
    Math.max(...(await predictModel(calibration ? { ...model, calibration } : model, held, lookups)).probabilities!);
  const timid = { scale: 0.3, shift: [0, 0.2, -0.1] };
  expect((await prove({ ...model, calibration: timid }, held, lookups)).problem).toBeUndefined();
  expect(await top(timid)).toBeLessThan(await top({ scale: 1, shift: [0, 0, 0] }));
  expect(await top({ scale: 3, shift: [0, 0, 0] })).toBeGreaterThan(await top());
});

test('numbers: judged on the metric asked for, with the learners that are switched on', async () => {
  const houses = sample('house-prices');
  const [learn, held] = [every(houses, false), every(houses, true)];
  const { model, board, results } = await race(learn, {
    trials: 3,
    forest: false,
    network: false,
    metric: 'mae',
    validation: 'folds',
    folds: 3,
  });
  expect(results.primary).toBe('mae');
  expect(texts(board, 'model').join()).not.toMatch(/forest|network/);
  // The ensemble has a row of its own where it is more than one trial.
  expect(texts(board, 'folds').slice(-3)).toEqual(['3', '3', '3']);
  const truth = numbersOf(columnNamed(held, model.target!));
  const mean = numbersOf(columnNamed(learn, model.target!)).reduce((sum, value, _, all) => sum + value / all.length, 0);
  const { codes } = await predictModel(model, held, lookups);
  expect(rmse(truth, codes)).toBeLessThan(
    0.8 *
      rmse(
        truth,
        truth.map(() => mean),
      ),
  );
  expect((await prove(model, held, lookups)).problem).toBeUndefined();
});

test('without an ensemble the best trial is the model; with nothing switched on there is a Problem at the setting', async () => {
  const iris = sample('iris');
  const { model, results } = await race(iris, { trials: 2, ensemble: false, validation: 'part', share: 0.3 });
  expect(model.members).toBeUndefined();
  expect(results.models).toHaveLength(2);
  expect(Math.abs(results.models[0].truth.length - 45)).toBeLessThanOrEqual(3);
  const off = { boosting: false, forest: false, linear: false, network: false, kernel: false, neighbours: false };
  await expect(race(iris, { ...off, trials: 2 })).rejects.toMatchObject({
    problem: { code: 'automl.no-learners', at: { param: 'boosting' } },
  });
});

test('a forest alone, its drawn trees left out, races random forests only; neighbours alone on too many rows are a Problem', async () => {
  const off = { boosting: false, linear: false, network: false, kernel: false, neighbours: false };
  const { results } = await race(sample('iris'), { ...off, extra_trees: false, trials: 2, validation: 'part', share: 0.3 });
  expect(results.race!.rows.map(({ kind, params }) => [kind, params.splits])).toEqual(
    Array(results.race!.rows.length).fill(['learn.random-forest', 'best']),
  );
  await expect(race(sample('iris'), { ...off, random_forest: false, extra_trees: false, trials: 2 })).rejects.toMatchObject({
    problem: { code: 'automl.no-learners' },
  });
  const long = table(
    ['x', 'y'],
    ['x', 'y'].map(() => columnOf('number', [...Array(20_001).keys()])),
    20_001,
  );
  await expect(race(long, { ...off, forest: false, neighbours: true, target: 'y', trials: 2 })).rejects.toMatchObject({
    problem: { code: 'automl.none-suits', at: { param: 'boosting' } },
  });
});

test('a stack is one model: of shares and of numbers its file gives the same answers, and with it on the race still ends', async () => {
  const off = { boosting: false, network: false, kernel: false, neighbours: false };
  const wine = await race(every(sample('wine'), false), { ...off, trials: 2, folds: 2, validation: 'folds', stack: true });
  const stack = { weights: wine.model.members!.map((_, m) => 0.2 + 0.1 * m), shift: [0.3, 0, -0.2] };
  const held = every(sample('wine'), true);
  const made = { ...wine.model, stack };
  expect((await prove(made, held, lookups)).problem).toBeUndefined();
  const [plain, now] = [await predictModel(wine.model, held, lookups), await predictModel(made, held, lookups)];
  expect(now.probabilities!.some((share, i) => Math.abs(share - plain.probabilities![i]) > 0.01)).toBe(true);
  const draw = stream('stack');
  const xs = Array.from({ length: 160 }, () => 100 * draw.normal());
  const ys = xs.map((x) => 3000 + 7 * x + 20 * draw.normal());
  const numbers = table(['x', 'y'], [columnOf('number', xs), columnOf('number', ys)], xs.length);
  const { model } = await race(numbers, { ...off, target: 'y', trials: 2, folds: 2, validation: 'folds' });
  const tilted = { ...model, stack: { weights: model.members!.map(() => 0.3), shift: [25] } };
  expect((await prove(tilted, numbers, lookups)).problem).toBeUndefined();
  const answers = (await predictModel(tilted, numbers, lookups)).codes;
  const parts = await Promise.all(model.members!.map(({ model: member }) => predictModel(member, numbers, lookups)));
  const off25 = answers.map((value, i) => value - parts.reduce((sum, { codes }) => sum + 0.3 * codes[i], 0) - 25);
  expect(off25.every((value) => Math.abs(value) < 1e-8)).toBe(true);
});

test('dates are taken apart, in the model too', async () => {
  const day = 86_400_000;
  const draw = stream('dates');
  const when = Array.from({ length: 240 }, (_, i) => (19_000 + i) * day);
  // More on Saturdays and Sundays.
  const sales = when.map((ms) => ((Math.floor(ms / day) + 3) % 7 >= 5 ? 50 : 10) + draw.normal());
  const shop = table(['when', 'sales'], [columnOf('datetime', when), columnOf('number', sales)], 240);
  const { model } = await race(shop, { target: 'sales', features: { names: ['when'] }, trials: 3, network: false });
  expect(model.inputs.map(({ name }) => name)).toEqual(['when']);
  const { codes } = await predictModel(
    model,
    table(
      ['when'],
      [
        columnOf(
          'datetime',
          [19_300, 19_301, 19_302, 19_303, 19_304, 19_305, 19_306].map((d) => d * day),
        ),
      ],
      7,
    ),
    lookups,
  );
  expect(codes.filter((value) => value > 35)).toHaveLength(2);
  expect((await prove(model, undefined, lookups)).problem).toBeUndefined();
  const plain = await race(shop, { target: 'sales', trials: 2, network: false, dates: false });
  expect(plain.model.recipe.entries).toHaveLength(1);
});

test('categories of many levels are given as means, learned inside each fold, and in the file', async () => {
  const draw = stream('shops');
  const rows = 600;
  const effect = Array.from({ length: 60 }, () => 3 * draw.normal());
  const shop = Array.from({ length: rows }, () => draw.below(60));
  const sales = table(
    ['shop', 'noise', 'sales'],
    [
      columnOf(
        'category',
        shop.map((s) => `shop ${s}`),
      ),
      columnOf(
        'number',
        shop.map(() => draw.normal()),
      ),
      columnOf(
        'number',
        shop.map((s) => effect[s] + draw.normal()),
      ),
    ],
    rows,
  );
  const { model, results } = await race(sales, { target: 'sales', trials: 2, network: false, forest: false, boosting: false });
  expect(model.inputs.map(({ name }) => name).sort()).toEqual(['noise', 'shop']);
  expect(results.race!.steps.map(({ kind }) => kind)).toEqual(['features.target-encode']);
  // The noise within a shop has a deviation of 1: nobody who saw no answer can be better.
  expect(results.models[0].metrics.rmse).toBeGreaterThan(0.9);
  expect(results.models[0].metrics.rmse).toBeLessThan(1.4);
  expect((await prove(model, sales, lookups)).problem).toBeUndefined();
  const without = await race(sales, { target: 'sales', trials: 2, network: false, forest: false, boosting: false, categories: false });
  expect(without.results.race!.steps).toEqual([]);
});

test('afterwards another trial, or others weighed together, make the model without training; left alone the race’s own choice comes back', async () => {
  const wine = sample('wine');
  const [learn, held] = [every(wine, false), every(wine, true)];
  const params = { seconds: null, trials: 4, validation: 'folds', folds: 3 };
  const table = rawFrame(learn);
  const first = await runKind('automl.tables', params, { table });
  const ran = first.outputs.race as Ran;
  const take = async (more: ParamValues) => {
    const { outputs, log } = await runKind('automl.tables', { ...params, ...more }, { table, race: ran });
    expect(log.join()).not.toContain('Judged by');
    expect(outputs.race).toBeUndefined();
    return { model: outputs.model as Model, results: outputs.results as Results, log };
  };
  const digest = (value: unknown) => pack(value).parts.map(({ array }) => arrayDigest(array));

  const one = await take({ pick: '2' });
  const { folds } = ran.trials[1];
  const said = await Promise.all(folds.map(({ model }) => predictModel(model!, held, lookups)));
  const { probabilities } = await predictModel(one.model, held, lookups);
  probabilities!.forEach((value, i) => {
    expect(value).toBeCloseTo(said.reduce((sum, fold) => sum + fold.probabilities![i], 0) / folds.length, 12);
  });
  const row = one.results.race!.rows.find(({ id }) => id === 1)!;
  expect(row).toMatchObject({ weight: 1, kept: true });
  expect(one.results.models[one.results.chosen!].metrics).toEqual(row.metrics);
  expect(one.log.join()).toContain('chosen by hand');
  expect((await prove(one.model, held, lookups)).problem).toBeUndefined();

  const { results } = await take({ pick: '2, 4' });
  const weights = results.race!.rows.filter(({ weight }) => weight > 0);
  expect(weights.map(({ id }) => id).sort()).toEqual([1, 3]);
  expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);

  expect(digest((await take({})).model)).toEqual(digest(first.outputs.model));
  expect((await take({ ensemble: false })).results.race!.rows[0].weight).toBe(1);
  for (const pick of ['9', 'best', '0'])
    await expect(take({ pick })).rejects.toMatchObject({ problem: { code: 'automl.no-trial', at: { param: 'pick' } } });
});

test('texts are taken apart into words, in the file too', async () => {
  const draw = stream('reviews');
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`);
  const review = () => Array.from({ length: 8 }, () => words[draw.below(40)]).join(' ');
  const rows = 400;
  const said = Array.from({ length: rows }, review).map((text, i) => (i % 2 === 0 ? `${text}, Bravo!` : text));
  const liked = said.map((text, i) => (text.includes('Bravo') && i % 10 !== 0 ? 'yes' : 'no'));
  const reviews = table(['said', 'liked'], [columnOf('text', said), columnOf('category', liked)], rows);
  const { model, results } = await race(reviews, { target: 'liked', trials: 2, network: false, forest: false });
  expect(results.race!.steps.map(({ kind }) => kind)).toEqual(['features.text']);
  expect(results.models[0].metrics.auc).toBeGreaterThan(0.85);
  expect((await prove(model, reviews, lookups)).problem).toBeUndefined();
});

test('kernel, neighbours and products of columns are tried on small tables; each is proved, with the features named and its own steps', async () => {
  const draw = stream('curved');
  const rows = 240;
  const cells = Array.from({ length: 3 }, () => Array.from({ length: rows }, () => draw.normal()));
  const z = cells[0].map((a, i) => a * cells[1][i] + 0.1 * draw.normal());
  const curved = table(['a', 'b', 'c', 'z'], [...cells.map((values) => columnOf('number', values)), columnOf('number', z)], rows);
  const params = {
    target: 'z',
    features: { names: ['a', 'b', 'c'] },
    trials: 4,
    boosting: false,
    forest: false,
    network: false,
    validation: 'folds',
    folds: 3,
  };
  const { board, results } = await race(curved, params);
  expect(texts(board, 'model').join()).toMatch(/RBF kernel/);
  expect(texts(board, 'model').join()).toMatch(/Nearest neighbours/);
  const products = results.race!.rows.find(({ steps }) => steps)!;
  expect(products.steps!.map(({ kind }) => kind)).toEqual(['features.polynomial']);
  expect(products.metrics!.rmse).toBeLessThan(0.2);
  for (const pick of ['1', '2', '3', '4']) {
    const one = await race(curved, { ...params, pick });
    expect((await prove(one.model, curved, lookups)).problem).toBeUndefined();
  }
});

test('a validation table judges the trials and a test table the model only; rows learned from are said to flatter', async () => {
  const iris = sample('iris');
  const whole = rawFrame(iris);
  const pick = (of: (row: number) => boolean): Frame => {
    const ids = Int32Array.from({ length: iris.rowCount }, (_, row) => row).filter(of);
    return { ...whole, table: gatherRows(iris, ids), rows: { source: whole.rows.source, ids } };
  };
  const [learn, judge, held] = [0, 1, 2].map((part) => pick((row) => row % 3 === part));
  const params = { seconds: null, trials: 3, network: false, forest: false };
  const { outputs, log } = await runKind('automl.tables', params, { table: learn, validation: judge, test: held });
  expect(log.join()).toContain('Judged on the validation table.');
  const { models } = outputs.results as Results;
  expect([...models[0].ids].sort((a, b) => a - b)).toEqual([...judge.rows.ids!]);
  const last = models.at(-1)!;
  expect(last.name).toMatchObject({ text: 'On the test table' });
  expect([...last.ids]).toEqual([...held.rows.ids!]);
  const { probabilities } = await predictModel(outputs.model as Model, held.table, lookups);
  const truth = encodeClasses(columnNamed(held.table, 'species'), (outputs.model as Model).classes!);
  expect(last.metrics.log_loss).toBeCloseTo(logLoss(truth, probabilities!, 3), 12);
  const board = (outputs.table as Frame).table;
  expect(texts(board, 'test log_loss').filter((cell) => cell !== 'null')).toEqual([String(last.metrics.log_loss)]);
  expect((outputs.model as Model).learned.ids).toHaveLength(50);
  const flattered = await runKind('automl.tables', params, { table: learn, test: learn });
  expect(flattered.log.join()).toContain('50 rows of the test table are among those');
});

test('every row of the leaderboard that can be taken has a proved file: all learners, on skewed, gappy, worded and many-levelled columns', async () => {
  const draw = stream('mixed');
  const rows = 160;
  const of = <T>(make: (row: number) => T) => Array.from({ length: rows }, (_, row) => make(row));
  const income = of(() => Math.round(100 * 2 ** (3 * draw.normal())));
  const mixed = table(
    ['income', 'age', 'city', 'note', 'when', 'bought'],
    [
      columnOf('number', income),
      columnOf(
        'integer',
        of((row) => (row % 7 === 0 ? null : 18 + draw.below(60))),
      ),
      columnOf(
        'category',
        of(() => `city ${draw.below(25)}`),
      ),
      columnOf(
        'text',
        of((row) => `${['good', 'bad', 'fair'][draw.below(3)]} service number ${row}`),
      ),
      columnOf(
        'datetime',
        of(() => 1.6e12 + draw.below(900) * 86_400_000),
      ),
      columnOf(
        'category',
        of((row) => (income[row] * (0.5 + draw.uniform()) > 100 ? 'yes' : 'no')),
      ),
    ],
    rows,
  );
  const params = { seconds: null, trials: 16, target: 'bought', validation: 'folds', folds: 2 };
  const input = rawFrame(mixed);
  const { outputs } = await runKind('automl.tables', params, { table: input });
  const ran = outputs.race as Ran;
  expect((outputs.results as Results).race!.steps.map(({ kind }) => kind)).toEqual([
    'prepare.date-parts',
    'features.text',
    'features.target-encode',
  ]);
  expect(ran.trials.filter(({ state }) => state !== 'complete').map(({ problem }) => problem)).toEqual([]);
  expect(new Set(ran.trials.map(({ candidate }) => candidate.family)).size).toBe(6);
  expect(ran.trials.flatMap(({ candidate }) => candidate.steps?.map(({ kind }) => kind) ?? [])).toEqual(
    expect.arrayContaining(['prepare.fill-missing', 'features.normalise', 'features.polynomial']),
  );
  for (const { candidate } of ran.trials) {
    const one = await runKind('automl.tables', { ...params, pick: String(candidate.id + 1) }, { table: input, race: ran });
    expect((await prove(one.outputs.model as Model, mixed, lookups)).problem, candidate.variant).toBeUndefined();
  }
});
