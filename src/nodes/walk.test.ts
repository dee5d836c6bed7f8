/** The main job as the engine runs it: table → split → learner → score → evaluate → a proved ONNX file. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { learners } from '../learners/index.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { prove } from '../recipe/prove.ts';
import type { Results } from '../recipe/results.ts';
import { rowsToScore } from '../recipe/score.ts';
import { type Cell, columnOf } from '../table/column.ts';
import { columnIndex, table } from '../table/table.ts';
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

for (const { kind } of learners.filter((item) => item.kind.id !== 'learn.linear')) {
  const learner = kind.id;
  it(`passengers through split, ${learner}, score and evaluate to ONNX`, async () => {
    const split = await runKind('prepare.split', { seed: 1 }, { table: passengers() });
    expect(split.log).toContain('916 | 393');
    const { train, test } = split.outputs as Record<string, Frame>;
    const spec = await runKind(learner, {}, {});
    expect(spec.outputs.model).toBeUndefined();
    const model = (await runKind('evaluate.train', {}, { learner: spec.outputs.learner, table: train })).outputs.model as Model;
    const alone = (await runKind(learner, {}, { table: train })).outputs.model as Model;
    expect(alone).toEqual(model);
    expect(model.classes).toEqual(['no', 'yes']);
    expect(model.inputs.map((input) => input.name)).toEqual(['pclass', 'sex', 'age', 'sibsp']);
    expect(model.about.notes.join()).toContain('“name” is text');
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
