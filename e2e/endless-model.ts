/** A model file of a few hundred bytes that nothing forbids and that no machine finishes in time: two hundred products of large matrices. */
import { newGraph } from '../src/onnx/build.ts';
import { encodeModel } from '../src/onnx/encode.ts';
import { setMetadata } from '../src/onnx/rewrite.ts';

const SIDE = 4096;

/** One column `x`, a number. With `own`, the file says so in our own words, as `predict` wants it. */
export function endlessModel(own = false): Uint8Array {
  const graph = newGraph('endless');
  const x = graph.input('x', 'float', ['batch', 1]);
  const square = { dtype: 'float' as const, dims: [SIDE, SIDE] };
  const ones = graph.op('ConstantOfShape', [graph.constant('int64', [SIDE, SIDE])], square);
  let product = ones;
  for (let i = 0; i < 200; i++) product = graph.op('MatMul', [product, ones], square);
  const least = graph.op('ReduceMax', [product], { dtype: 'float', dims: [1, 1] });
  graph.output(graph.op('Add', [x, least], { dtype: 'float', dims: ['batch', 1] }), 'y');
  const bytes = encodeModel(graph.finish());
  return own ? setMetadata(bytes, { 'millrace.schema': JSON.stringify({ inputs: [{ name: 'x', type: 'number' }] }) }) : bytes;
}
