/** Hostile files at the node: each is refused in plain words at its file, and nothing hangs or fails as a bug of ours. */
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import { newGraph } from '../../onnx/build.ts';
import { encodeModel } from '../../onnx/encode.ts';
import { PbWriter } from '../../onnx/pb.ts';
import { testContext } from '../test-context.ts';
import { importOnnx } from './kind.ts';
import { probe, run } from './run.ts';

const FILE = { name: 'model.onnx', digest: '', size: 0 };
/** `ok`, or the problem's code; anything that is not a Problem is thrown on, and fails the test. */
async function opened(bytes: Uint8Array): Promise<string> {
  const { context } = testContext(importOnnx, { file: FILE }, {}, { readFile: async () => bytes });
  const outcome = async (work: () => Promise<unknown>) => {
    try {
      await work();
      return 'ok';
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, message, hint } = error.problem;
      expect(message).not.toBe('');
      expect(hint).not.toBe('');
      return code;
    }
  };
  const head = await outcome(() => probe!(context.params, context.services));
  const whole = await outcome(() => run(context));
  // What the check finds is told before the run too.
  if (head !== 'ok') expect(whole).toBe(head);
  return whole;
}

const named = (w: PbWriter, field: number, name: string) => w.message(field, () => w.text(1, name));
function op(w: PbWriter, name: string, inputs: string[], outputs: string[], attributes?: () => void) {
  w.message(1, () => {
    for (const input of inputs) w.text(1, input);
    for (const output of outputs) w.text(2, output);
    w.text(4, name);
    attributes?.();
  });
}
/** A file of one graph x → y, written field by field. */
function file(write: (w: PbWriter) => void): Uint8Array {
  const w = new PbWriter();
  w.int(1, 8);
  w.message(8, () => w.int(2, 17));
  w.message(7, () => {
    named(w, 11, 'x');
    write(w);
    named(w, 12, 'y');
  });
  return w.finish();
}
function weights(w: PbWriter, write: () => void) {
  w.message(5, () => {
    w.text(8, 'w');
    w.int(2, 1);
    write();
  });
  op(w, 'Add', ['x', 'w'], ['y']);
}
/** Loops from 0 to 2^62 with a condition that stays true. */
const endless = file((w) => {
  const tensor = (name: string, type: number, write: () => void) =>
    w.message(5, () => {
      w.int(2, type);
      write();
      w.text(8, name);
    });
  tensor('trips', 7, () => w.bytes(9, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 64)));
  tensor('go', 9, () => w.bytes(9, Uint8Array.of(1)));
  op(w, 'Loop', ['trips', 'go', 'x'], ['y'], () =>
    w.message(5, () => {
      w.text(1, 'body');
      w.int(20, 5);
      w.message(6, () => {
        op(w, 'Identity', ['going'], ['goes']);
        op(w, 'Add', ['v', 'v'], ['twice']);
        for (const name of ['i', 'going', 'v']) named(w, 11, name);
        for (const name of ['goes', 'twice']) named(w, 12, name);
      });
    }),
  );
});
/** `depth` programs within programs. */
function nested(depth: number): Uint8Array {
  let inner: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  for (let i = 0; i < depth; i++) {
    const w = new PbWriter();
    op(w, 'If', ['x'], ['y'], () =>
      w.message(5, () => {
        w.text(1, 'then_branch');
        w.bytes(6, inner);
      }),
    );
    inner = w.finish();
  }
  return file((w) => w.raw(inner));
}
const external = (place: string) =>
  file((w) =>
    weights(w, () => {
      w.packedInts(1, [1]);
      w.int(14, 1);
      w.message(13, () => {
        w.text(1, 'location');
        w.text(2, place);
      });
    }),
  );

/** y = the largest of x A + b: small, honest, and rich in things to break. */
function honest(): Uint8Array {
  const g = newGraph('honest');
  const x = g.input('x', 'float', ['batch', 2]);
  const product = g.op('MatMul', [x, g.constant('float', [1, 2, 3, 4, 5, 6], [2, 3])], { dtype: 'float', dims: ['batch', 3] });
  const sum = g.op('Add', [product, g.constant('float', [7, 8, 9], [3])], { dtype: 'float', dims: ['batch', 3] });
  g.output(
    g.op(
      'ReduceMax',
      [sum],
      { dtype: 'float', dims: ['batch', 1] },
      { axes: { type: 'ints', value: [1] }, keepdims: { type: 'int', value: 1 } },
    ),
    'y',
  );
  return encodeModel(g.finish());
}

describe('hostile files', () => {
  test('an honest one opens, so the others are refused for what they do', async () => {
    expect(await opened(honest())).toBe('ok');
  });

  const cases: [string, () => Uint8Array, string][] = [
    ['a loop without end', () => endless, 'onnx.operator'],
    ['a thousand programs within each other', () => nested(1000), 'onnx.operator'],
    ['an operator that nobody knows', () => file((w) => op(w, 'ShellExec', ['x'], ['y'])), 'onnx.operator'],
    ['an operator of a foreign domain', () => file((w) => op(w, 'Relu', ['x'], ['y'], () => w.text(7, 'evil.example'))), 'onnx.operator'],
    ['weights of 2^40 values in no bytes', () => file((w) => weights(w, () => w.packedInts(1, [2 ** 20, 2 ** 20]))), 'onnx.tensor-size'],
    ['weights whose sizes overflow to zero', () => file((w) => weights(w, () => w.packedInts(1, [2 ** 32, 2 ** 32]))), 'onnx.tensor-size'],
    [
      'a constant of 2^32 values made at run time',
      () =>
        file((w) => {
          w.message(5, () => {
            w.packedInts(1, [2]);
            w.int(2, 7);
            w.packedInts(7, [65_536, 65_536]);
            w.text(8, 'shape');
          });
          op(w, 'ConstantOfShape', ['shape'], ['y']);
        }),
      'onnx.tensor-size',
    ],
    [
      '20,000 operators in a chain',
      () =>
        file((w) => {
          for (let i = 0; i < 20_000; i++) op(w, 'Relu', [i === 0 ? 'x' : `v${i}`], [i === 19_999 ? 'y' : `v${i + 1}`]);
        }),
      'onnx.too-many-nodes',
    ],
    [
      'a cycle',
      () =>
        file((w) => {
          op(w, 'Add', ['x', 'y'], ['a']);
          op(w, 'Relu', ['a'], ['y']);
        }),
      'onnx.order',
    ],
    ['weights in a file above the folder', () => external('../../../../etc/passwd'), 'onnx.external-data'],
    ['weights in a file of the system', () => external('/etc/passwd'), 'onnx.external-data'],
    ['weights on a network', () => external('\\\\host\\share\\w.bin'), 'onnx.external-data'],
    ['a web page', () => utf8('<!doctype html><title>404</title>'), 'onnx.damaged'],
    ['nothing', () => new Uint8Array(0), 'onnx.damaged'],
  ];
  test.each(cases)('%s', async (_name, bytes, code) => {
    expect(await opened(bytes())).toBe(code);
  });

  test('a file cut at any byte', async () => {
    const whole = honest();
    for (let size = 0; size < whole.length; size++) expect(await opened(whole.subarray(0, size))).not.toBe('internal');
    expect(await opened(whole.subarray(0, whole.length >> 1))).toBe('onnx.damaged');
  });

  test('300 random mutants end in a model or in a Problem, and the runtime still answers after them', async () => {
    const whole = honest();
    const draw = stream(14, 'mutants');
    const seen = new Map<string, number>();
    for (let i = 0; i < 300; i++) {
      const mutant = whole.slice();
      for (let k = 0; k <= draw.below(4); k++) mutant[draw.below(mutant.length)] = draw.below(256);
      const code = await opened(mutant);
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect(seen.get('onnx.damaged')).toBeGreaterThan(0);
    expect(seen.get('onnx.runtime')).toBeGreaterThan(0);
    expect(await opened(whole)).toBe('ok');
  });
});
