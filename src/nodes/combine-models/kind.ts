/** Combine models: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, PortSchema, SchemaContext } from '../../kind/kind.ts';
import { choice, list, number } from '../../kind/params.ts';
import { FOR_ROWS, FOR_SERIES, isBySeries, MIXED } from './ways.ts';

type ModelSchema = Extract<PortSchema, { type: 'model' }>;
const modelsOf = ({ lists }: Pick<SchemaContext, 'lists'>): ModelSchema[] =>
  (lists.models ?? []).flatMap((port) => (port.type === 'model' ? [port] : []));

/** Needs every column that one of them needs, and is a file where each of them is. */
function ahead(models: readonly ModelSchema[]): ModelSchema | undefined {
  const [first] = models;
  if (!first) return undefined;
  const columns = [...new Map(models.flatMap(({ inputs }) => inputs.columns.map((column) => [column.name, column] as const))).values()];
  const open = models.some(({ inputs }) => inputs.open) ? { open: true } : {};
  const not = models.find(({ exportable }) => exportable !== true);
  return { ...first, inputs: { columns, ...open }, exportable: not?.exportable ?? true };
}

/** Before a run: forecasts with forecasts, and a way that all of them know. */
function checkWays(context: SchemaContext): Problem[] {
  const tasks = modelsOf(context).flatMap(({ task }) => task ?? []);
  const series = tasks.filter((task) => task === 'forecast').length;
  const { by } = context.params;
  if (series > 0 && series < tasks.length) return [problem(MIXED)];
  if (series > 0) return by === 'vote' || by === 'stack' ? [problem(FOR_ROWS)] : [];
  return tasks.length > 0 && isBySeries(by) ? [problem(FOR_SERIES)] : [];
}

export const combineModels: Kind = {
  id: 'evaluate.combine',
  version: 1,
  title: 'Combine models',
  group: 'evaluate',
  icon: 'combine',
  synonyms: [
    'Voting ensemble',
    'VotingClassifier',
    'VotingRegressor',
    'Ensemble',
    'Prediction Fusion',
    'Voting',
    'blend',
    'bagging',
    'average models',
    'model averaging',
    'forecast combination',
  ],
  summary: 'Make one model of several, forecasts too: the mean of what they say, with or without weights, their vote, or a stack of them.',
  inputs: [{ id: 'models', title: 'Models', type: 'model', required: true, many: true }],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {
    by: choice(
      'Combine by',
      'mean',
      'The mean takes how sure each model is into account; in a vote each says one class, and probabilities are shares of the votes. A stack adds the logarithms of probabilities, or numbers, each times its weight as it stands, and a shift.',
      {
        mean: 'The mean of their answers',
        vote: 'Vote',
        stack: 'Stack: scores times weights, and a shift',
        errors: 'Forecasts: by what they missed, series by series',
        best: 'Forecasts: the best one of each series',
      },
      { alias: 'voting: soft, hard' },
    ),
    weights: list('Weights', [], 'One for each model, in the order of the wires; they need not add up to 1. None: all count as much.', {
      alias: 'weights',
      when: { param: 'by', in: ['mean', 'vote', 'stack'] },
      rowsOf: 'models',
      itemLabel: 'Weight',
      item: { weight: number('Weight', 1, 'A model of weight 2 counts twice as much as one of 1.', { min: 0 }) },
    }),
    shift: list('Shift', [], 'Added to the score of each class, in the order of the classes; a single one for numbers. None: 0.', {
      alias: 'intercept_',
      when: { param: 'by', in: ['stack'] },
      itemLabel: 'Shift',
      item: { shift: number('Shift', 0, 'What is added.') },
    }),
  },
  schema: (context) => ({ model: ahead(modelsOf(context)) }),
  check: checkWays,
  brief: ({ by, weights }) => {
    const count = Array.isArray(weights) ? weights.length : 0;
    if (by === 'vote') return phrase('brief.vote', 'vote');
    if (by === 'stack') return phrase('brief.stack', 'stack');
    if (by === 'errors') return phrase('brief.by-errors', 'by errors of each series');
    if (by === 'best') return phrase('brief.best-each', 'best of each series');
    return count === 0 ? phrase('brief.even', 'mean') : phrase('brief.weighted', 'mean by {count} weights', { count });
  },
  exportable: () => true,
  tags: { view: 'model' },
};
