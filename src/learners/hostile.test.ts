/** Every learner on tables that break naive arithmetic: its answers are finite and sensible, or it says plainly why it cannot. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import type { ParamValues } from '../kind/params.ts';
import { logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import { applyFeaturiser, featureKinds, fitFeaturiser } from '../recipe/featurise.ts';
import { numeric } from '../table/column.ts';
import { table } from '../table/table.ts';
import { learners } from './index.ts';
import { fitWith, learnersToTest, numbersIn, tasksOf } from './test-learner.ts';

interface Hostile {
  name: string;
  columns: Float64Array[];
  /** Numbers to predict; above zero is the class. */
  y: Float64Array;
  classes?: Float64Array;
  /** Numbers are not asked for, or classes are not. */
  only?: 'classify' | 'regress';
}
const random = stream('hostile');
const normal = (rows: number) => Float64Array.from({ length: rows }, () => random.normal());
function signal(rows: number, cols: number): { columns: Float64Array[]; y: Float64Array } {
  const columns = Array.from({ length: cols }, () => normal(rows));
  return { columns, y: columns[0].map((v, i) => 2 * v - (columns[1]?.[i] ?? 0) + 0.3 * random.normal()) };
}
const { columns, y } = signal(120, 3);
const eachCell = (change: (value: number, row: number, column: number) => number) =>
  columns.map((values, j) => values.map((v, i) => change(v, i, j)));

const cases: Hostile[] = [
  { name: 'a constant target', columns, y: y.map(() => 1e12), only: 'regress' },
  { name: 'constant features', columns: eachCell((_, __, j) => j), y },
  { name: 'one class without rows', columns, y, classes: y.map((v) => (v > 0 ? 2 : 0)), only: 'classify' },
  { name: 'one class alone', columns, y, classes: y.map(() => 1), only: 'classify' },
  { name: 'more columns than rows', ...signal(30, 200) },
  { name: 'columns three times', columns: [...columns, ...columns, ...columns], y },
  ...[1e12, 1e-12, 1e300, 1e-300].flatMap((scale): Hostile[] => [
    { name: `features × ${scale}`, columns: eachCell((v) => v * scale), y },
    { name: `target × ${scale}`, columns, y: y.map((v) => v * scale), only: 'regress' },
  ]),
  { name: 'features of very different scales', columns: eachCell((v, _, j) => v * [1e12, 1e-12, 1][j]), y },
  { name: 'a column with no cell filled', columns: [...columns, y.map(() => Number.NaN)], y },
  { name: 'infinite cells', columns: eachCell((v) => (Math.abs(v) > 2 ? v / 0 : v)), y },
  { name: 'one far-out row', columns: eachCell((v, i) => (i === 3 ? 1e9 : v)), y: y.with(5, 1e9) },
  { name: 'two rows', columns: columns.map((values) => values.slice(0, 2)), y: Float64Array.of(1, -1) },
  { name: 'one row of a class among many', columns, y: y.map((_, i) => (i === 7 ? 1 : -1)), only: 'classify' },
  { name: 'forty classes', columns, y, classes: y.map((_, i) => i % 40), only: 'classify' },
];

const CLASSES = 3;
for (const { kind, code, params: variant, name, fitting } of await learnersToTest(learners)) {
  describe(name, () => {
    for (const hostile of cases) {
      it(hostile.name, async () => {
        const names = hostile.columns.map((_, j) => `x${j}`);
        const rows = table(
          names,
          hostile.columns.map((values) => numeric(values)),
        );
        const { featuriser } = fitFeaturiser(rows, names, code.featuriser.numbers, code.featuriser.categories);
        const X = applyFeaturiser(featuriser, rows, code.featuriser.precision);
        for (const task of tasksOf(code)) {
          if (hostile.only && hostile.only !== task) continue;
          const goal = task === 'regress' ? fitting(hostile.y) : (hostile.classes ?? hostile.y.map((v) => (v > 0 ? 1 : 0)));
          const classCount = task === 'regress' ? 0 : Math.max(CLASSES, ...goal.map((k) => k + 1));
          const data = { X, y: goal, classCount, featureNames: featuriser.features, ...featureKinds(featuriser) };
          const params: ParamValues = { ...variant, ...(kind.params.epochs ? { epochs: 30 } : {}) };
          const fitted = await fitWith(kind, code, data, params).catch((error: unknown) => error);
          if (fitted instanceof ProblemError) {
            expect(fitted.problem.message).toMatch(/^[A-Z].*\.$/);
            expect(fitted.problem.hint).toMatch(/^[A-Z].*\.$/);
            expect(hostile.name).toMatch(/300$/);
            continue;
          }
          expect(fitted).not.toBeInstanceOf(Error);
          const answer = numbersIn(code.predict(fitted, X, classCount));
          expect(answer.every(Number.isFinite)).toBe(true);
          // No worse on the rows it has seen than what the target alone tells (a twentieth: the network keeps rows aside).
          if (task === 'regress') {
            const middle = goal.reduce((sum, v) => sum + v / goal.length, 0);
            const size = Math.max(...goal.map(Math.abs));
            const scaled = (values: Float64Array) => values.map((v) => v / size);
            const alone = rmse(scaled(goal), scaled(goal.map(() => middle)));
            expect(rmse(scaled(goal), scaled(answer))).toBeLessThanOrEqual(1.05 * alone + 1e-6);
          } else {
            const shares = new Float64Array(classCount);
            for (const k of goal) shares[k] += 1 / goal.length;
            const alone = logLoss(
              goal,
              Float64Array.from({ length: answer.length }, (_, i) => shares[i % classCount]),
              classCount,
            );
            expect(logLoss(goal, answer, classCount)).toBeLessThanOrEqual(1.05 * alone + 1e-6);
          }
        }
      });
    }
  });
}
