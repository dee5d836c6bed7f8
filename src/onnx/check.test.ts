import { describe, expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { type Graph, newGraph, type Value } from './build.ts';
import { checkModel } from './check.ts';
import { encodeModel } from './encode.ts';
import { PbWriter } from './pb.ts';
import { stripZipMap } from './rewrite.ts';
import { createSession } from './session.ts';

function model(build: (graph: Graph, x: Value) => Value): Uint8Array {
  const g = newGraph('g');
  const x = g.input('x', 'float', ['batch', 2]);
  g.output(build(g, x), 'out');
  return encodeModel(g.finish());
}
/** A file of one graph written field by field. */
function rawModel(write: (w: PbWriter) => void): Uint8Array {
  const w = new PbWriter();
  w.int(1, 8);
  w.message(7, () => write(w));
  return w.finish();
}
const node = (w: PbWriter, op: string, inputs: string[], outputs: string[], more?: () => void) =>
  w.message(1, () => {
    for (const name of inputs) w.text(1, name);
    for (const name of outputs) w.text(2, name);
    w.text(4, op);
    more?.();
  });
const value = (w: PbWriter, field: number, name: string) => w.message(field, () => w.text(1, name));
const codes = (bytes: Uint8Array) => checkModel(bytes).map((found) => found.code);

describe('hostile files are refused before anything runs', () => {
  test('an honest model passes', () => {
    expect(codes(model((g, x) => g.op('Relu', [x], x)))).toEqual([]);
  });

  test('unknown and custom operators', () => {
    expect(codes(model((g, x) => g.op('ShellExec', [x], x)))).toEqual(['onnx.operator']);
    expect(codes(model((g, x) => g.op('Attention', [x], x, {}, 'com.microsoft')))).toEqual(['onnx.operator']);
  });

  test('Loop, If and Scan: by name and by subgraph', () => {
    for (const op of ['Loop', 'If', 'Scan']) {
      const bytes = rawModel((w) => {
        value(w, 11, 'x');
        node(w, op, ['x'], ['out'], () =>
          w.message(5, () => {
            w.text(1, 'body');
            w.message(6, () => w.text(2, 'inner'));
          }),
        );
        value(w, 12, 'out');
      });
      expect(codes(bytes)).toEqual(['onnx.operator', 'onnx.subgraph']);
    }
  });

  test('a Scan, as skl2onnx writes it for nearest neighbours, comes with the way around it', () => {
    const [found] = checkModel(model((g, x) => g.op('Scan', [x], x)));
    expect(found.hint).toContain("to_onnx(model, X, options={id(model): {'optim': 'cdist'}})");
  });

  test('cycles, gaps and doubled names', () => {
    const cycle = rawModel((w) => {
      node(w, 'Relu', ['b'], ['a']);
      node(w, 'Relu', ['a'], ['b']);
      value(w, 12, 'b');
    });
    expect(codes(cycle)).toEqual(['onnx.order']);
    const doubled = rawModel((w) => {
      value(w, 11, 'x');
      node(w, 'Relu', ['x'], ['x']);
      value(w, 12, 'x');
    });
    expect(codes(doubled)).toEqual(['onnx.duplicate-name']);
    expect(codes(rawModel((w) => value(w, 12, 'nowhere')))).toEqual(['onnx.order']);
  });

  test('weights in other files, sparse weights, impossible sizes', () => {
    const weights = (write: (w: PbWriter) => void) =>
      rawModel((w) => {
        w.message(5, () => {
          w.text(8, 'w');
          write(w);
        });
        node(w, 'Identity', ['w'], ['out']);
        value(w, 12, 'out');
      });
    expect(codes(weights((w) => w.int(14, 1)))).toEqual(['onnx.external-data']);
    expect(codes(weights((w) => w.message(13, () => w.text(1, 'location'))))).toEqual(['onnx.external-data']);
    expect(codes(weights((w) => w.packedInts(1, [65_536, 65_536])))).toEqual(['onnx.tensor-size']);
    expect(codes(weights((w) => w.packedInts(1, [-1])))).toEqual(['onnx.tensor-size']);
    const huge = model((g) => g.op('ConstantOfShape', [g.constant('int64', [40_000, 40_000])], { dtype: 'float', dims: [40_000, 40_000] }));
    expect(codes(huge)).toEqual(['onnx.tensor-size']);
    const range = model((g) => {
      const scalar = (x: number) => g.constant('float', [x], []);
      return g.op('Range', [scalar(0), scalar(1e12), scalar(1)], { dtype: 'float', dims: ['n'] });
    });
    expect(codes(range)).toEqual(['onnx.tensor-size']);
  });

  test('too many operators, functions, a future opset, no graph', () => {
    const chain = model((g, x) => {
      let last = x;
      for (let i = 0; i < 5001; i++) last = g.op('Relu', [last], x);
      return last;
    });
    expect(codes(chain)).toEqual(['onnx.too-many-nodes']);
    expect(checkModel(chain, 6000)).toEqual([]);
    const w = new PbWriter();
    w.message(8, () => {
      w.text(1, '');
      w.int(2, 27);
    });
    w.message(25, () => w.text(1, 'f'));
    expect(codes(w.finish())).toEqual(['onnx.opset', 'onnx.functions', 'onnx.damaged']);
    expect(codes(new Uint8Array(0))).toEqual(['onnx.damaged']);
  });

  test('cut and damaged files give problems, never an exception or a hang', () => {
    const whole = model((g, x) => g.op('MatMul', [x, g.constant('float', [1, 2, 3, 4], [2, 2])], x));
    for (let size = 0; size < whole.length; size++) expect(Array.isArray(checkModel(whole.subarray(0, size)))).toBe(true);
    const draw = stream(7, 'mutants');
    let caught = 0;
    for (let i = 0; i < 2000; i++) {
      const mutant = whole.slice();
      for (let k = 0; k < 3; k++) mutant[draw.below(mutant.length)] = draw.below(256);
      if (checkModel(mutant).length > 0) caught++;
    }
    expect(caught).toBeGreaterThan(500);
  });
});

test('a ZipMap becomes a plain tensor and its classes come out', async () => {
  const bytes = rawModel((w) => {
    w.text(2, 'g');
    w.message(11, () => {
      w.text(1, 'x');
      w.message(2, () => w.message(1, () => w.int(1, 1)));
    });
    node(w, 'ZipMap', ['x'], ['probabilities'], () => {
      w.message(5, () => {
        w.text(1, 'classlabels_int64s');
        w.packedInts(8, [-1, 300]);
        w.int(20, 7);
      });
      w.text(7, 'ai.onnx.ml');
    });
    value(w, 12, 'probabilities');
  });
  const opset = new PbWriter();
  opset.raw(bytes);
  opset.message(8, () => {
    opset.text(1, '');
    opset.int(2, 17);
  });
  const stripped = stripZipMap(opset.finish());
  expect(stripped.classes).toEqual({ probabilities: ['-1', '300'] });
  expect(checkModel(stripped.bytes)).toEqual([]);
  const session = await createSession(stripped.bytes);
  const answers = await session.run({ x: { dtype: 'float', dims: [1, 2], data: [0.25, 0.75] } });
  expect([...answers['probabilities'].data]).toEqual([0.25, 0.75]);
  await session.release();
});
