import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { defaults } from '../kind/params.ts';
import { learners } from '../learners/index.ts';
import { checkModel } from '../onnx/check.ts';
import { encodeModel } from '../onnx/encode.ts';
import { readHeader } from '../onnx/header.ts';
import { type Cell, columnOf } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';
import { compareAnswers, spreadOf } from './compare-answers.ts';
import { edgeRows } from './edge-rows.ts';
import { fitModel } from './fit-model.ts';
import { rawFrame } from './frame.ts';
import { lowerModel } from './lower-model.ts';
import type { Lookups, Model } from './model.ts';
import { predictModel } from './predict.ts';
import { prove } from './prove.ts';

const lookups: Lookups = {
  step: async (kind) => {
    throw new Error(`no step ${kind}`);
  },
  learner: async (kind) => learners.find((item) => item.kind.id === kind)!.load(),
};

/** Passengers with numbers, categories, missing cells and a target of classes or numbers. */
function people(rows: number, target: 'class' | 'number', seed = 1): Table {
  const draw = stream(seed, 'people');
  const cells: Record<string, Cell[]> = { age: [], fare: [], sex: [], deck: [], member: [], goal: [] };
  for (let i = 0; i < rows; i++) {
    const age = draw.below(5) === 0 ? null : draw.below(80);
    const sex = draw.below(2) === 0 ? 'male' : 'female';
    const fare = draw.uniform() * 100;
    const deck = draw.below(3) === 0 ? null : 'ABC'[draw.below(3)];
    const member = draw.below(7) === 0 ? null : draw.below(2) === 0;
    const score = (sex === 'female' ? 2 : 0) + (age ?? 30) / 40 + (deck === 'A' ? 1 : 0) + draw.uniform();
    const row: Record<string, Cell> = {
      age,
      fare,
      sex,
      deck,
      member,
      goal: target === 'class' ? (score > 2.5 ? 'yes' : 'no') : score * 100,
    };
    for (const name of Object.keys(cells)) cells[name].push(row[name]);
  }
  const types = {
    age: 'integer',
    fare: 'number',
    sex: 'category',
    deck: 'category',
    member: 'boolean',
    goal: target === 'class' ? 'category' : 'number',
  } as const;
  return table(
    Object.keys(types),
    Object.entries(types).map(([name, type]) => columnOf(type, cells[name])),
  );
}

async function trained(kind: string, target: 'class' | 'number'): Promise<Model> {
  const found = learners.find((item) => item.kind.id === kind)!.kind;
  const params = { ...defaults(found.params), target: 'goal' };
  return fitModel(rawFrame(people(400, target)), { kind, version: found.version, params, title: found.title }, lookups, {
    random: (purpose) => stream(3, purpose),
    progress: () => {},
    stopRequested: () => false,
    backend: 'cpu',
  });
}

describe('a proved export', () => {
  let model: Model;
  beforeAll(async () => {
    model = await trained('learn.logistic', 'class');
  });

  test('carries its certificate, in the value and in the file', async () => {
    let now = 1_700_000_000_000;
    const clock = () => (now += 5);
    const options = { clock, version: '1.2.3', metadata: { metrics: { auc: 0.9 } } };
    const proof = await prove(model, people(300, 'class', 2), lookups, options);
    if (proof.problem) throw new Error(proof.problem.message);
    const { bytes, certificate } = proof;
    expect(certificate).toMatchObject({
      passed: true,
      rows: 300,
      heldOut: true,
      labelAgreement: 1,
      opset: 17,
      mlOpset: 3,
      size: bytes.length,
      ms: 5,
    });
    expect(certificate.edgeRows).toBeGreaterThan(20);
    expect(certificate.maxDelta).toBeLessThanOrEqual(1e-5);
    expect(certificate.runtime).toMatch(/^onnxruntime-web 1\./);
    expect(certificate.at).toBe('2023-11-14T22:13:20.010Z');
    expect(checkModel(bytes)).toEqual([]);
    const { metadata, producer, operators } = readHeader(bytes);
    expect(producer).toBe('millrace 1.2.3');
    expect(certificate.operators).toEqual(operators);
    expect(JSON.parse(metadata['millrace.metrics'])).toEqual({ auc: 0.9 });
    const schema = JSON.parse(metadata['millrace.schema']);
    expect(schema).toMatchObject({ classes: ['no', 'yes'], target: 'goal' });
    expect(schema.inputs.map((input: { name: string }) => input.name)).toEqual(['age', 'fare', 'sex', 'deck', 'member']);
    const { graphSha256, maxDelta } = JSON.parse(metadata['millrace.certificate']);
    expect([graphSha256, maxDelta]).toEqual([certificate.graphSha256, certificate.maxDelta]);
    const again = await prove(model, people(300, 'class', 2), lookups, { ...options, clock: undefined });
    expect(again.bytes).toEqual(bytes);
  });

  test('without held-out rows the model’s own sample is used, and the certificate says so', async () => {
    const proof = await prove(model, undefined, lookups);
    expect(proof.problem).toBeUndefined();
    if (!proof.problem) expect(proof.certificate).toMatchObject({ heldOut: false, rows: 256, at: '', ms: 0 });
  });

  test('long tables are proved on 2,000 rows spread over them', async () => {
    const proof = await prove(model, people(5000, 'class', 3), lookups);
    if (!proof.problem) expect(proof.certificate.rows).toBe(2000);
    expect(proof.problem).toBeUndefined();
  });

  test('a graph that answers otherwise is refused, with the row', async () => {
    const wrong: Lookups = {
      ...lookups,
      learner: async (kind, version) => {
        const code = await lookups.learner(kind, version);
        const predict: typeof code.predict = (fitted, X, classCount) => {
          const answer = code.predict(fitted, X, classCount);
          if (X.rows === 300) answer.probabilities![2 * 41] += 2e-5;
          return answer;
        };
        return { ...code, predict };
      },
    };
    const proof = await prove(model, people(300, 'class', 2), wrong);
    expect(proof.problem).toMatchObject({
      code: 'onnx.not-proved',
      args: { row: { text: 'row 42 of the rows checked' }, output: 'P(no)' },
    });
    expect(proof.bytes).toBeUndefined();
  });

  test('a wrong answer on an odd row names the input', async () => {
    const wrong: Lookups = {
      ...lookups,
      learner: async (kind, version) => {
        const code = await lookups.learner(kind, version);
        const place = edgeRows(model.inputs, people(300, 'class', 2)).labels.findIndex((label) => label.text === 'deck unseen');
        const predict: typeof code.predict = (fitted, X, classCount) => {
          const answer = code.predict(fitted, X, classCount);
          if (X.rows !== 300) answer.probabilities![2 * place] = 0.123;
          return answer;
        };
        return { ...code, predict };
      },
    };
    const proof = await prove(model, people(300, 'class', 2), wrong);
    expect(proof.problem).toMatchObject({ code: 'onnx.not-proved', args: { row: { text: 'the row with deck unseen' } } });
  });

  test('a model that cannot be lowered is refused with the reason', async () => {
    const unlowerable: Lookups = {
      ...lookups,
      learner: async (kind, version) => ({
        ...(await lookups.learner(kind, version)),
        lower: () => ({ code: 'toy', severity: 'error', at: {}, args: {}, message: 'No.', hint: 'Ask.' }),
      }),
    };
    expect((await prove(model, undefined, unlowerable)).problem).toMatchObject({ code: 'toy' });
    expect((await prove({ ...model, sample: undefined }, undefined, lookups)).problem).toMatchObject({ code: 'onnx.no-rows' });
  });
});

describe('every learner', () => {
  for (const { kind, load } of learners) {
    test(`${kind.id} is proved on rows it has not seen`, { timeout: 30_000 }, async () => {
      const code = await load();
      for (const target of ['class', 'number'] as const) {
        if (code.tasks && !code.tasks.includes(target === 'class' ? 'classify' : 'regress')) continue;
        const proof = await prove(await trained(kind.id, target), people(500, target, 9), lookups);
        expect(proof.problem).toBeUndefined();
      }
    });
  }
});

describe('comparing', () => {
  test('ties may fall either way, NaN equals NaN, values are judged by spread and size', async () => {
    const model = await trained('learn.logistic', 'class');
    const outputs = [
      { name: 'label', dtype: 'string', dims: ['batch'] },
      { name: 'probabilities', dtype: 'float', dims: ['batch', 2] },
    ] as const;
    const native = {
      codes: Float64Array.of(0, 1, 0),
      probabilities: Float64Array.of(0.5, 0.4999999, 0.2, 0.8, Number.NaN, Number.NaN),
      labels: columnOf('category', ['no', 'yes', 'no']),
    };
    const answers = (labels: string[], numbers: number[]) => ({
      label: { dtype: 'string', dims: [3], data: labels } as const,
      probabilities: { dtype: 'float', dims: [3, 2], data: Float64Array.from(numbers) } as const,
    });
    const same = compareAnswers(model, outputs, native, answers(['yes', 'yes', 'yes'], [0.5, 0.5, 0.2, 0.8, Number.NaN, Number.NaN]), 0);
    expect(same).toMatchObject({ passed: true, ties: 2 });
    const label = compareAnswers(model, outputs, native, answers(['no', 'no', 'no'], [0.5, 0.5, 0.2, 0.8, Number.NaN, Number.NaN]), 0);
    expect(label).toMatchObject({ passed: false, first: { row: 1, output: { text: 'the label' }, native: 'yes', onnx: 'no' } });
    const number = compareAnswers(model, outputs, native, answers(['no', 'yes', 'no'], [0.5, 0.5, 0.2, 0.8, 0, 1]), 0);
    expect(number).toMatchObject({ passed: false, maxDelta: Number.POSITIVE_INFINITY, first: { row: 2, output: 'P(no)' } });
    const values = { codes: Float64Array.of(0, 100), labels: columnOf('number', [0, 100]) };
    const regress = { ...model, task: 'regress' as const };
    expect(spreadOf(regress, values)).toBe(50);
    const out = [{ name: 'prediction', dtype: 'float', dims: ['batch', 1] }] as const;
    const given = (...data: number[]) => ({ prediction: { dtype: 'float' as const, dims: [2, 1], data: Float64Array.from(data) } });
    expect(compareAnswers(regress, out, values, given(4e-4, 100.0009), 50).passed).toBe(true);
    expect(compareAnswers(regress, out, values, given(6e-4, 100), 50)).toMatchObject({ passed: false, first: { row: 0 } });
    const beyond = { ...values, codes: Float64Array.of(-1e120, 100) };
    expect(compareAnswers(regress, out, beyond, given(Number.NEGATIVE_INFINITY, 100), 50)).toMatchObject({ passed: true, maxDelta: 0 });
    expect(compareAnswers(regress, out, beyond, given(Number.POSITIVE_INFINITY, 100), 50).passed).toBe(false);
    expect(compareAnswers(regress, out, beyond, given(-1e120, Number.POSITIVE_INFINITY), 50).passed).toBe(false);
  });
});

test('the odd rows cover every input, and the native prediction bears them', async () => {
  const model = await trained('learn.logistic', 'class');
  const { labels: odd, table: rows } = edgeRows(model.inputs, people(50, 'class'));
  const labels = odd.map(inEnglish);
  expect(labels.slice(0, 3)).toEqual(['all inputs missing', 'age missing', 'age lowest']);
  for (const name of ['age', 'fare', 'sex', 'deck', 'member']) expect(labels).toContain(`${name} missing`);
  expect(labels).toContain('sex unseen');
  const { probabilities } = await predictModel(model, rows, lookups);
  expect(probabilities!.every(Number.isFinite)).toBe(true);
  const graph = await lowerModel(model, lookups);
  if ('message' in graph) throw new Error(graph.message);
  expect(encodeModel(graph).length).toBeGreaterThan(500);
});
