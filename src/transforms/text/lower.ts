/** Words to numbers in the ONNX graph: lower case, tokens, how often each term is among them, and the shares of that. */
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type FittedText, placesOf, type TextColumn } from './fitted.ts';
import { WORD_IN_GRAPH } from './words.ts';

const text = (value: string) => ({ type: 'string' as const, value });
const ints = (value: number[]) => ({ type: 'ints' as const, value });
const int = (value: number) => ({ type: 'int' as const, value });
const DOUBLE = { to: int(11) };

/** Tokens [batch, longest], '' after the last. */
function tokensOf(graph: Graph, value: Value): Value {
  const flat = graph.op('Reshape', [value, graph.constant('int64', [-1], [1], 'shape')], { dtype: 'string', dims: ['batch'] });
  const low = graph.op(
    'StringNormalizer',
    [flat],
    { dtype: 'string', dims: ['batch'] },
    { case_change_action: text('LOWER'), is_case_sensitive: int(1), locale: text('C.UTF-8') },
  );
  const attributes = { mark: int(0), mincharnum: int(1), pad_value: text(''), tokenexp: text(WORD_IN_GRAPH) };
  return graph.op('Tokenizer', [low], { dtype: 'string', dims: ['batch', `${flat.name}.tokens`] }, attributes, 'com.microsoft');
}

/** How many tokens there are: double [batch, 1]. */
function wordCount(graph: Graph, tokens: Value): Value {
  const attributes = { keys_strings: { type: 'strings' as const, value: [''] }, values_int64s: ints([0]), default_int64: int(1) };
  const ones = graph.op('LabelEncoder', [tokens], { dtype: 'int64', dims: tokens.dims }, attributes, 'ai.onnx.ml');
  const sum = graph.op(
    'ReduceSum',
    [ones, graph.constant('int64', [1], [1], 'axis')],
    { dtype: 'int64', dims: ['batch', 1] },
    { keepdims: int(1) },
  );
  return graph.op('Cast', [sum], { dtype: 'double', dims: ['batch', 1] }, DOUBLE);
}

/** Terms that share a column are counted together. */
function termCounts(graph: Graph, tokens: Value, column: TextColumn): Value {
  const { terms, weights } = column;
  const single = terms.filter((term) => !term.includes(' '));
  const pairs = terms.slice(single.length);
  const counts = graph.op(
    'TfIdfVectorizer',
    [tokens],
    { dtype: 'float', dims: ['batch', weights.length] },
    {
      mode: text('TF'),
      min_gram_length: int(single.length > 0 ? 1 : 2),
      max_gram_length: int(pairs.length > 0 ? 2 : 1),
      max_skip_count: int(0),
      ngram_counts: ints(pairs.length > 0 ? [0, single.length] : [0]),
      ngram_indexes: ints([...placesOf(column)]),
      pool_strings: { type: 'strings' as const, value: [...single, ...pairs.flatMap((pair) => pair.split(' '))] },
    },
  );
  return graph.op('Cast', [counts], { dtype: 'double', dims: counts.dims }, DOUBLE);
}

function termValues(graph: Graph, column: TextColumn, tokens: Value, words: Value, method: unknown): Value {
  const { weights } = column;
  const counts = termCounts(graph, tokens, column);
  if (method === 'counts') return counts;
  const shape = { dtype: 'double' as const, dims: counts.dims };
  const one = graph.constant('double', [1], [1, 1], 'one');
  if (method === 'flags') return graph.op('Min', [counts, one], shape);
  // A text without words has no terms either: nothing by one.
  const share = graph.op('Div', [counts, graph.op('Max', [words, one], { dtype: 'double', dims: ['batch', 1] })], shape);
  return graph.op('Mul', [share, graph.constant('double', weights, [1, weights.length], 'weights')], shape);
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const result = new Map(columns);
  for (const column of (fitted as FittedText).columns) {
    const given = columns.get(column.name);
    if (!given) continue;
    if (params.keep !== true) result.delete(column.name);
    const tokens = tokensOf(graph, given.value);
    const words = wordCount(graph, tokens);
    const values = column.terms.length > 0 ? termValues(graph, column, tokens, words, params.method) : undefined;
    if (values) {
      const one = { dtype: 'double' as const, dims: ['batch', 1] };
      const widths = graph.constant(
        'int64',
        column.weights.map(() => 1),
        undefined,
        'widths',
      );
      const parts = graph.several(
        'Split',
        [values, widths],
        column.weights.map(() => one),
        { axis: int(1) },
      );
      for (const [at, value] of parts.entries()) result.set(column.names[at], { type: 'number', value });
    }
    result.set(column.names[column.weights.length], { type: 'number', value: words });
  }
  return result;
}
