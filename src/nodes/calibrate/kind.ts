/** Calibrate: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, number } from '../../kind/params.ts';
import { checkRows } from '../../recipe/series-model.ts';

const given = { param: 'from', in: ['given'] };

export const NO_ROWS = {
  code: 'calibrate.no-rows',
  at: { port: 'table' },
  message: 'There are no rows to calibrate the model by.',
  hint: 'Wire rows that the model did not learn from, or give scale and shift yourself.',
};
export const NO_CLASSES = {
  code: 'calibrate.numbers',
  at: { port: 'model' },
  message: 'Only probabilities of classes can be calibrated, and this model predicts numbers.',
  hint: 'Take this step out, or wire a model that predicts classes.',
};

function check({ inputs: { model }, params, wired }: SchemaContext): Problem[] {
  const series = checkRows(model);
  if (series.length > 0) return series;
  const numbers = model?.type === 'model' && model.task === 'regress' ? [problem(NO_CLASSES)] : [];
  return [...numbers, ...(params.from === 'rows' && wired && !wired.includes('table') ? [problem(NO_ROWS)] : [])];
}

export const calibrate: Kind = {
  id: 'evaluate.calibrate',
  version: 1,
  title: 'Calibrate',
  group: 'evaluate',
  icon: 'calibrate',
  synonyms: ['CalibratedClassifierCV', 'temperature scaling', 'Platt scaling', 'calibration', 'calibrate probabilities', 'overconfident'],
  summary: 'Set the probabilities of a model right by rows that it did not learn from: where it says 70 %, 7 of 10 should be so.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Rows not learned from', type: 'table' },
  ],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {
    from: choice('Calibrate by', 'rows', 'The rows should be others than those learned from, of a validation part for example.', {
      rows: 'The rows on the wire',
      given: 'A scale and a shift',
    }),
    scale: number(
      'Scale',
      1,
      'What log-odds are multiplied by: below 1 for a model that is too sure, above 1 for one that is not sure enough.',
      {
        min: 0.01,
        max: 100,
        log: true,
        when: given,
      },
    ),
    shift: number('Shift', 0, 'Added to the log-odds of the last of two classes. With more classes it is not used.', { when: given }),
  },
  schema: ({ inputs: { model } }) => ({ model: model?.type === 'model' ? model : undefined }),
  check,
  brief: ({ from, scale }) =>
    from === 'given' ? phrase('brief.scaled', 'log-odds × {scale}', { scale: Number(Number(scale).toPrecision(3)) }) : '',
  exportable: () => true,
  tags: { view: 'model' },
};
