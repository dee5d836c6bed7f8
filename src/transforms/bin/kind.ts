/** Bin: what the node is called, asks for and gives; the work is in `step.ts`. */

import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columnParam, columns, flag, integer, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';

export const BINNABLE = { types: ['number', 'integer'], roles: ['feature', 'meta'] } as const;

/** Inner edges from the user's text, ascending; undefined when it is not a list of numbers. */
export function customEdges(source: string): number[] | undefined {
  const parts = source.split(/[,;\s]+/).filter(Boolean);
  const edges = parts.map(Number);
  return edges.length > 0 && edges.every((edge) => Number.isFinite(edge)) ? [...new Set(edges)].sort((a, b) => a - b) : undefined;
}

const rounded = (edge: number) => String(Number(edge.toPrecision(6)));

/** "≤ 18", "18 – 35", "> 60"; full precision where six digits would make two labels equal. */
export function rangeLabels(edges: readonly number[]): string[] {
  if (edges.length === 0) return ['all'];
  const short = edges.map(rounded);
  const text = new Set(short).size === edges.length ? short : edges.map(String);
  return [`≤ ${text[0]}`, ...text.slice(1).map((edge, i) => `${text[i]} – ${edge}`), `> ${text[text.length - 1]}`];
}

export const bin: Kind = {
  id: 'features.bin',
  version: 1,
  title: 'Bin',
  group: 'features',
  icon: 'bin',
  synonyms: [
    'Group Data into Bins',
    'Discretize',
    'KBinsDiscretizer',
    'pd.cut',
    'pd.qcut',
    'Numeric Binner',
    'Auto-Binner',
    'bucket',
    'discretise',
    'quantile',
    'MDL',
    'entropy',
    'CAIM Binner',
    'supervised discretization',
  ],
  summary: 'Turn numbers into ranges of equal count, equal width, that tell classes apart, or with your own edges.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { names: [] }, 'Number columns to turn into ranges.', { filter: BINNABLE }),
    method: choice('Method', 'quantile', 'How the edges are chosen, from the training rows.', {
      quantile: 'Equal count',
      width: 'Equal width',
      entropy: 'Tell classes apart (entropy, MDL)',
      custom: 'Your own edges',
    }),
    bins: integer('Bins', 5, 'How many ranges at most; equal edges are joined.', {
      min: 2,
      max: 255,
      when: { param: 'method', in: ['quantile', 'width'] },
      alias: 'n_bins',
    }),
    target: columnParam('Target', 'The column of classes that the ranges are to tell apart.', {
      auto: 'Guess from the table',
      alias: 'y',
      filter: { port: 'table' },
      when: { param: 'method', in: ['entropy'] },
    }),
    edges: text('Edges', '', 'Inner edges in ascending order, for example 18, 35, 60.', {
      when: { param: 'method', in: ['custom'] },
      placeholder: '18, 35, 60',
    }),
    asNumber: flag('Number the ranges', false, 'Gives 0, 1, 2 … instead of labels such as “18 – 35”.', { alias: "encode='ordinal'" }),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const picked = resolveColumns(params.columns as ColumnPick, input.schema, BINNABLE);
    const chosen = new Set(params.method === 'entropy' ? picked.filter((name) => name !== params.target) : picked);
    const type = params.asNumber ? ('integer' as const) : ('category' as const);
    const edges = params.method === 'custom' ? customEdges(params.edges as string) : undefined;
    const labels = edges && !params.asNumber ? { categories: rangeLabels(edges) } : {};
    const changed = input.schema.columns.map((found) => (chosen.has(found.name) ? { ...found, type, ...labels } : found));
    return { table: { ...input, schema: { ...input.schema, columns: changed } } };
  },
  check: ({ params }) =>
    params.method === 'custom' && !customEdges(params.edges as string)
      ? [
          problem({
            code: 'bin.edges',
            at: { param: 'edges' },
            message: 'The edges are not a list of numbers.',
            hint: 'Write numbers with commas between, for example 18, 35, 60.',
          }),
        ]
      : [],
  exportable: () => true,
  brief: (params) =>
    params.method === 'entropy'
      ? phrase('brief.entropy', 'that tell classes apart')
      : params.method === 'custom'
        ? phrase('brief.edges', 'edges {edges}', { edges: String(params.edges) })
        : params.method === 'width'
          ? phrase('brief.equal-width', '{bins} of equal width', { bins: Number(params.bins) })
          : phrase('brief.equal-count', '{bins} of equal count', { bins: Number(params.bins) }),
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
  effects: ({ method }) => ({ learns: method !== 'custom', target: method === 'entropy' ? 'reads' : 'never' }),
};
