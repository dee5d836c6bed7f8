/** Comparing strings with a fixed text in a graph: Equal on strings is not in opset 17, so a one-key LabelEncoder says it. */
import type { Graph, Value } from './build.ts';

/** Bool tensor of the value's shape: true where the string is `text`; '' asks for missing cells. */
export function textEquals(graph: Graph, value: Value, text: string): Value {
  const flags = graph.op(
    'LabelEncoder',
    [value],
    { dtype: 'int64', dims: value.dims },
    {
      keys_strings: { type: 'strings', value: [text] },
      values_int64s: { type: 'ints', value: [1] },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
  return graph.op('Cast', [flags], { dtype: 'bool', dims: value.dims }, { to: { type: 'int', value: 9 } });
}
