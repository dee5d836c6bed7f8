/** Explain: what columns add makes up the score, the score is what the model answers, and other models are measured. */
import { describe, expect, it } from 'vitest';
import { exp } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import { learners } from '../../learners/index.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { meanModel } from '../../recipe/mean-model.ts';
import type { Model } from '../../recipe/model.ts';
import { fitRun } from '../../recipe/toy.fixture.ts';
import { type Cell, cellsOf } from '../../table/column.ts';
import { columnNamed, tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

/** `size` and `colour` matter, `noise` does not. */
function things(classes: readonly string[] | undefined, rows = 240): Frame {
  const random = stream('explain test');
  const size: Cell[] = [];
  const colour: string[] = [];
  const noise: number[] = [];
  const y: Cell[] = [];
  for (let i = 0; i < rows; i++) {
    const x = random.normal();
    const c = ['red', 'green', 'blue'][random.below(3)];
    size.push(random.below(10) === 0 ? null : x);
    colour.push(c);
    noise.push(random.normal());
    const score = 2 * x + (c === 'red' ? 1.5 : 0) + 0.3 * random.normal();
    y.push(classes ? classes[Math.min(classes.length - 1, Math.max(0, Math.floor(score / 2 + classes.length / 2)))] : score + 5);
  }
  return rawFrame(
    tableOf({ size: ['number', size], colour: ['category', colour], noise: ['number', noise], y: [classes ? 'category' : 'number', y] }),
  );
}

async function fitted(kindId: string, frame: Frame, params: ParamValues = {}): Promise<Model> {
  const { kind } = learners.find((entry) => entry.kind.id === kindId)!;
  const spec = { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y', ...params }), title: kind.title };
  return fitModel(frame, spec, lookups, fitRun);
}

async function explained(model: Model, frame: Frame, params: ParamValues = {}) {
  const { outputs, log } = await runKind('evaluate.explain', params, { model, table: frame });
  const { table } = outputs.table as Frame;
  const numbers = (name: string) => cellsOf(columnNamed(table, name)) as number[];
  return { table, numbers, log, byColumn: (outputs.columns as Frame).table };
}

const SMALL: Record<string, ParamValues> = {
  'learn.boosting': { rounds: 15, min_leaf: 5 },
  'learn.random-forest': { trees: 8 },
  'learn.tree': {},
  'learn.linear': {},
  'learn.logistic': {},
};
/** Whose scores are log-odds, and what each can learn: both where nothing is said. */
const LOG_ODDS = ['learn.boosting', 'learn.logistic'];
const TASKS: Record<string, 'classify' | 'regress'> = { 'learn.linear': 'regress', 'learn.logistic': 'classify' };

describe('Explain', () => {
  for (const [id, params] of Object.entries(SMALL)) {
    for (const classes of [undefined, ['no', 'yes'], ['a', 'b', 'c']]) {
      if (TASKS[id] === (classes ? 'regress' : 'classify')) continue;
      it(`${id} of ${classes?.length ?? 'no'} classes: start and effects make up the score, and that is the answer`, async () => {
        const frame = things(classes);
        const model = await fitted(id, frame, params);
        const { table, numbers, byColumn } = await explained(model, frame);
        expect(table.rowCount).toBe(200);
        const [start, score] = [numbers('start'), numbers('score')];
        const effects = ['size', 'colour', 'noise'].map((name) => numbers(`effect of ${name}`));
        const answers = cellsOf(columnNamed(table, 'predicted'));
        for (let i = 0; i < table.rowCount; i++) {
          expect(start[i] + effects.reduce((sum, values) => sum + values[i], 0)).toBeCloseTo(score[i], 8);
          if (!classes) expect(score[i]).toBeCloseTo(answers[i] as number, 4);
          else if (!LOG_ODDS.includes(id)) {
            const label = classes.length === 2 ? 'yes' : answers[i];
            expect(score[i]).toBeCloseTo(numbers(`P(${label})`)[i], 4);
          } else if (classes.length === 2) expect(1 / (1 + exp(-score[i]))).toBeCloseTo(numbers('P(yes)')[i], 5);
        }
        // Colours are one column again, whatever the learner made of them.
        expect((cellsOf(columnNamed(byColumn, 'column')) as string[]).toSorted()).toEqual(['colour', 'noise', 'size']);
        expect(cellsOf(columnNamed(byColumn, 'column'))[0]).toBe('size');
        const means = cellsOf(columnNamed(byColumn, 'mean absolute effect')) as number[];
        expect(means[0]).toBeCloseTo(effects[0].reduce((sum, v) => sum + Math.abs(v), 0) / 200, 10);
      });
    }
  }

  it('speaks of the class that is asked for: of two, one is the other turned round', async () => {
    const frame = things(['no', 'yes']);
    const model = await fitted('learn.boosting', frame, SMALL['learn.boosting']);
    const [yes, no] = [await explained(model, frame, { rows: 10 }), await explained(model, frame, { rows: 10, class: 'no' })];
    yes.numbers('score').forEach((value, i) => {
      expect(no.numbers('score')[i]).toBeCloseTo(-value, 10);
    });
    expect(no.log.join('\n')).toContain('“no”');
    expect(no.log.join('\n')).toContain('10 rows, evenly spread over 240 rows');
    await expect(explained(model, frame, { class: 'maybe' })).rejects.toMatchObject({ problem: { code: 'explain.no-class' } });
  });

  it('measures what it cannot read off: an ensemble, its calibration and other learners; effects add up to the probability', async () => {
    const frame = things(['no', 'yes']);
    const [bayes, tree] = [await fitted('learn.naive-bayes', frame), await fitted('learn.tree', frame)];
    const maker = { kind: 'automl.tables', version: 1, params: {}, title: 'AutoML' };
    const members = [bayes, tree].map((model) => ({ model, weight: 0.5 }));
    const ensemble = { ...meanModel(members, maker, []), calibration: { scale: 0.5, shift: [0, 0.1] } };
    for (const model of [bayes, ensemble]) {
      const { numbers, byColumn, log } = await explained(model, frame, { rows: 20 });
      const effects = ['size', 'colour', 'noise'].map((name) => numbers(`effect of ${name}`));
      const [start, score, answer] = [numbers('start'), numbers('score'), numbers('P(yes)')];
      for (let i = 0; i < 20; i++) {
        expect(score[i]).toBeCloseTo(answer[i], 10);
        expect(start[i]).toBe(start[0]);
        expect(start[i] + effects[0][i] + effects[1][i] + effects[2][i]).toBeCloseTo(score[i], 10);
      }
      expect(cellsOf(columnNamed(byColumn, 'column'))[0]).toBe('size');
      expect(log.join('\n')).toContain('Scores are probabilities');
    }
  });

  it('of a straight line, measured effects are the exact ones', async () => {
    const frame = things(undefined);
    const model = await fitted('learn.linear', frame);
    const alone = meanModel(
      [
        { model, weight: 0.5 },
        { model, weight: 0.5 },
      ],
      { kind: 'automl.tables', version: 1, params: {}, title: 'x' },
      [],
    );
    const [exact, measured] = [await explained(model, frame, { rows: 12 }), await explained(alone, frame, { rows: 12 })];
    const effect = exact.numbers('effect of size');
    const found = measured.numbers('effect of size');
    // Each is held against its own background, so that they differ by one amount.
    for (let i = 0; i < 12; i++) expect(found[i] - effect[i]).toBeCloseTo(found[0] - effect[0], 5);
  });
});
