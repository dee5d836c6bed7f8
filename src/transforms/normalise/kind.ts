/** Normalise: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase, type Words } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';

export const NORMALISABLE = { types: ['number', 'integer'], roles: ['feature', 'meta'] } as const;

const BRIEFS: Readonly<Record<string, Words>> = {
  zscore: phrase('brief.zscore', 'mean 0, deviation 1'),
  minmax: phrase('brief.minmax', '0 to 1'),
  maxabs: phrase('brief.maxabs', 'by largest size'),
  robust: phrase('brief.robust', 'median and quartiles'),
  log1p: 'log(1 + x)',
  power: phrase('brief.power', 'power, Yeo–Johnson'),
  tanh: 'tanh',
  logistic: phrase('brief.logistic', 'logistic'),
};

export const normalise: Kind = {
  id: 'features.normalise',
  version: 1,
  title: 'Normalise',
  group: 'features',
  icon: 'scale',
  synonyms: [
    'Normalize Data',
    'Normalizer',
    'Continuize',
    'standardise',
    'scale',
    'StandardScaler',
    'MinMaxScaler',
    'MaxAbsScaler',
    'RobustScaler',
    'FunctionTransformer',
    'z-score',
    'log1p',
    'PowerTransformer',
    'Box-Cox',
    'Yeo-Johnson',
  ],
  summary: 'Bring numbers to one scale: z-score, 0 to 1, robust, or logarithm, learned from the training rows.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Number columns to bring to scale.', { filter: NORMALISABLE }),
    method: choice('Method', 'zscore', 'How the scale is chosen. A constant column becomes 0.', {
      zscore: 'Z-score: mean 0, deviation 1',
      minmax: '0 to 1',
      maxabs: 'Divide by the largest size',
      robust: 'Median and quartiles',
      log1p: 'Logarithm, log(1 + x); none at or below −1',
      power: 'Power (Yeo–Johnson), then the z-score',
      tanh: 'Tanh of the z-score',
      logistic: 'Logistic of the z-score',
    }),
    clip: flag(
      'Keep new rows inside the range',
      false,
      'Values beyond those seen in training are taken as the nearest one seen. A power can grow without bound there.',
      {
        when: { param: 'method', in: ['minmax', 'power'] },
      },
    ),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = new Set(resolveColumns(params.columns as ColumnPick, input.schema, NORMALISABLE));
    const changed = input.schema.columns.map((found) => (chosen.has(found.name) ? { ...found, type: 'number' as const } : found));
    return { table: { ...input, schema: { ...input.schema, columns: changed } } };
  },
  exportable: () => true,
  brief: ({ method }) => BRIEFS[String(method)] ?? '',
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
  effects: (params) => ({ learns: params.method !== 'log1p' }),
};
