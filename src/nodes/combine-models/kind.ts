/** Combine models: what the node is called, asks for and gives. */
import { phrase } from '../../base/words.ts';
import type { Kind, PortSchema, SchemaContext } from '../../kind/kind.ts';
import { choice, list, number } from '../../kind/params.ts';
import { checkRows } from '../../recipe/series-model.ts';

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
  ],
  summary: 'Make one model of several: the mean of what they say, with or without weights, or their vote.',
  inputs: [{ id: 'models', title: 'Models', type: 'model', required: true, many: true }],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {
    by: choice(
      'Combine by',
      'mean',
      'The mean takes how sure each model is into account; in a vote each says one class, and probabilities are shares of the votes.',
      { mean: 'The mean of their answers', vote: 'Vote' },
      { alias: 'voting: soft, hard' },
    ),
    weights: list('Weights', [], 'One for each model, in the order of the wires; they need not add up to 1. None: all count as much.', {
      alias: 'weights',
      itemLabel: 'Weight',
      item: { weight: number('Weight', 1, 'A model of weight 2 counts twice as much as one of 1.', { min: 0 }) },
    }),
  },
  schema: (context) => ({ model: ahead(modelsOf(context)) }),
  check: (context) =>
    modelsOf(context)
      .flatMap((model) => checkRows(model))
      .slice(0, 1),
  brief: ({ by, weights }) => {
    const count = Array.isArray(weights) ? weights.length : 0;
    if (by === 'vote') return phrase('brief.vote', 'vote');
    return count === 0 ? phrase('brief.even', 'mean') : phrase('brief.weighted', 'mean by {count} weights', { count });
  },
  exportable: () => true,
  tags: { view: 'model' },
};
