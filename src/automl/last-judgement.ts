/** The test table: the model is judged on it once, when all is chosen; nothing is chosen by it. */
import { phrase, rowsOf } from '../base/words.ts';
import { resultOf } from '../recipe/cross-validate.ts';
import { type Goal, tallyOf } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import { distinctNames } from '../recipe/judge.ts';
import type { Lookups } from '../recipe/model.ts';
import type { ModelResult } from '../recipe/results.ts';
import { learnedRows } from '../recipe/score.ts';
import { numbersOf } from '../recipe/target.ts';
import { numeric } from '../table/column.ts';
import { columnNamed, type Table, withColumn } from '../table/table.ts';
import type { Outcome } from './choose.ts';

/** The outcome with a result of the test table behind the others, and its metrics beside the model's row of the leaderboard. */
export async function judgedOnTest(outcome: Outcome, test: Frame, goal: Goal, lookups: Lookups): Promise<Outcome> {
  const { model, results, leaderboard } = outcome;
  const tally = await tallyOf(model, test, goal, lookups);
  const { sd: _, foldMetrics: __, fold: ___, ...plain } = resultOf(phrase('automl.on-test', 'On the test table'), [tally], goal, []);
  const shared = learnedRows(model, test);
  const notes =
    shared > 0
      ? [
          phrase(
            'automl.test-learned',
            '{rows} of the test table are among those that were learned from or chosen by: these metrics flatter.',
            {
              rows: rowsOf(shared),
            },
          ),
        ]
      : [];
  const result: ModelResult = { ...plain, metrics: tally.metrics ?? {}, notes: [...plain.notes, ...notes] };
  return {
    ...outcome,
    results: { ...results, models: distinctNames([...results.models, result]) },
    leaderboard: withTest(leaderboard, result.metrics),
    notes: [...outcome.notes, ...notes],
  };
}

function withTest(board: Table, metrics: Record<string, number>): Table {
  const weights = numbersOf(columnNamed(board, 'weight'));
  const row = weights.indexOf(1);
  const names = Object.keys(metrics).filter((name) => board.fields.some((field) => field.name === name));
  return names.reduce((table, name) => {
    const cells = new Float64Array(board.rowCount).fill(Number.NaN);
    cells[Math.max(0, row)] = metrics[name];
    return withColumn(table, { name: `test ${name}`, role: 'feature' }, numeric(cells));
  }, board);
}
