/** The main job as the engine runs it: table → split → learner → score → evaluate → a proved ONNX file. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import { learners } from '../learners/index.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { isLeakNote } from '../recipe/model-notes.ts';
import { prove } from '../recipe/prove.ts';
import type { Results } from '../recipe/results.ts';
import { rowsToScore } from '../recipe/score.ts';
import { type Cell, columnOf } from '../table/column.ts';
import { columnIndex, gatherRows, table } from '../table/table.ts';
import { lookups } from './lookup.ts';
import { runKind } from './run-kind.fixture.ts';

/** 1,309 made-up passengers with missing ages, a text column and a target of two classes. */
function passengers(): Frame {
  const random = stream('passengers');
  const rows: Cell[][] = [];
  for (let i = 0; i < 1309; i++) {
    const sex = random.below(100) < 36 ? 'female' : 'male';
    const pclass = ['1st', '2nd', '3rd'][random.below(3)];
    const age = random.below(5) === 0 ? null : 1 + random.below(70);
    const chance = (sex === 'female' ? 70 : 20) + (pclass === '1st' ? 20 : pclass === '3rd' ? -10 : 0) - (age ?? 30) / 4;
    rows.push([`passenger ${i}`, pclass, sex, age, random.below(4), random.below(100) < chance ? 'yes' : 'no']);
  }
  const types = ['text', 'category', 'category', 'number', 'integer', 'category'] as const;
  return rawFrame(
    table(
      ['name', 'pclass', 'sex', 'age', 'sibsp', 'survived'],
      types.map((type, c) =>
        columnOf(
          type,
          rows.map((row) => row[c]),
        ),
      ),
    ),
  );
}

for (const { kind } of learners.filter((item) => !['learn.linear', 'learn.poisson'].includes(item.kind.id))) {
  const learner = kind.id;
  it(`passengers through split, ${learner}, score and evaluate to ONNX`, async () => {
    const split = await runKind('prepare.split', { seed: 1 }, { table: passengers() });
    expect(split.log).toContain('916 training and 393 test rows');
    const { train, test } = split.outputs as Record<string, Frame>;
    const spec = await runKind(learner, {}, {});
    expect(spec.outputs.model).toBeUndefined();
    const model = (await runKind('evaluate.train', {}, { learner: spec.outputs.learner, table: train })).outputs.model as Model;
    const alone = (await runKind(learner, {}, { table: train })).outputs.model as Model;
    expect(alone).toEqual(model);
    expect(model.classes).toEqual(['no', 'yes']);
    expect(model.inputs.map((input) => input.name)).toEqual(['pclass', 'sex', 'age', 'sibsp']);
    expect(model.about.notes.map(inEnglish).join()).toContain('“name” is text');
    const scored = (await runKind('evaluate.score', {}, { model, table: test })).outputs.table as Frame;
    expect(scored.table.fields.slice(-3).map((field) => [field.name, field.role, field.of])).toEqual([
      ['predicted', 'prediction', 'survived'],
      ['P(no)', 'probability', 'survived'],
      ['P(yes)', 'probability', 'survived'],
    ]);
    const judged = await runKind('evaluate.evaluate', {}, {}, { table: [scored] });
    const results = judged.outputs.results as Results;
    const direct = await runKind('evaluate.evaluate', {}, { model }, { table: [test] });
    expect((direct.outputs.results as Results).models[0].metrics).toEqual(results.models[0].metrics);
    expect(results.models[0].ids).toEqual(test.rows.ids);
    expect(results.models[0].metrics.auc).toBeGreaterThan(learner === 'learn.baseline' ? 0.49 : 0.7);
    const onTraining = await runKind('evaluate.evaluate', {}, { model }, { table: [train] });
    expect(onTraining.problems.map((problem) => problem.code)).toEqual(['evaluate.training-score']);
    expect(judged.problems).toEqual([]);
    const proof = await prove(model, rowsToScore(model, test).rows, lookups);
    if (proof.problem) throw new Error(proof.problem.message);
    expect(proof.certificate.passed).toBe(true);
    expect(columnIndex(scored.table, 'name')).toBe(0);
  });
}

it('a long preparation is refitted after Split, travels in the model and is proved in one graph', async () => {
  const on = async (kind: string, params: ParamValues, table: Frame) => (await runKind(kind, params, { table })).outputs.table as Frame;
  const raw = passengers();
  const named = await on('prepare.rename', { names: [{ from: 'sibsp', to: 'relatives' }] }, raw);
  const filled = await on('prepare.fill-missing', { indicator: true }, named);
  const means = await on(
    'prepare.group-by',
    { keys: { names: ['pclass'] }, values: [{ column: 'age', how: 'mean', name: 'class_age' }] },
    filled,
  );
  const joined = (await runKind('prepare.join', { keys: [{ left: 'pclass', right: 'pclass' }] }, { left: filled, right: means })).outputs
    .table as Frame;
  const made = await on('prepare.formula', { formulas: [{ name: 'ratio', formula: '[age] / [class_age]' }] }, joined);
  const scaled = await on('features.normalise', { columns: { names: ['age', 'ratio'] } }, made);
  const coded = await on('features.encode', { columns: { names: ['sex'] } }, scaled);
  const split = await runKind(
    'prepare.split',
    {},
    { table: await on('prepare.drop-missing', { columns: { names: ['relatives', 'survived'] } }, coded) },
  );
  expect(split.log.at(-1)).toMatch(/Refitted on the training rows only: “Fill missing”, “Join”, “Normalise”, “Encode/u);
  const { train, test } = split.outputs as Record<string, Frame>;
  for (const learner of ['learn.logistic', 'learn.boosting']) {
    const model = (await runKind(learner, {}, { table: train })).outputs.model as Model;
    expect(model.inputs.map((input) => input.name)).toEqual(['pclass', 'sex', 'age', 'sibsp']);
    expect(model.about.notes.filter((note) => isLeakNote(note))).toEqual([]);
    const fromTest = (await runKind('evaluate.score', {}, { model, table: test })).outputs.table as Frame;
    const bare = rawFrame(gatherRows(raw.table, test.rows.ids!));
    const fromRaw = (await runKind('evaluate.score', {}, { model, table: bare })).outputs.table as Frame;
    expect(fromRaw.table.columns.at(-1)).toEqual(fromTest.table.columns.at(-1));
    const proof = await prove(model, rowsToScore(model, test).rows, lookups);
    if (proof.problem) throw new Error(proof.problem.message);
    expect(proof.certificate.maxDelta).toBeLessThan(1e-5);
  }
});

it('cross-validation compares learners on the same folds and lists metrics by fold', async () => {
  const specs = await Promise.all(['learn.baseline', 'learn.logistic'].map(async (kind) => (await runKind(kind, {}, {})).outputs.learner));
  const { outputs, log } = await runKind('evaluate.cross-validate', { folds: 3, repeats: 2 }, { table: passengers() }, { learner: specs });
  const { models, primary } = outputs.results as Results;
  expect(models.map((model) => model.foldMetrics?.length)).toEqual([6, 6]);
  expect(models[1].metrics[primary]).toBeGreaterThan(models[0].metrics[primary] + 0.1);
  expect([...models[0].ids]).toEqual([...models[1].ids]);
  expect((outputs.table as Frame).table.rowCount).toBe(12);
  expect(log[1]).toMatch(/^Logistic regression: AUC 0\.\d{3} ± 0\.\d{3}$/u);
});
