/** Exports of every learner under Python's onnx and onnxruntime; skipped where $MILLRACE_PYTHON (or python3) lacks them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import { learners } from '../learners/index.ts';
import { lookups } from '../nodes/lookup.ts';
import { edgeRows } from '../recipe/edge-rows.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { rawFrame } from '../recipe/frame.ts';
import { graphFeeds } from '../recipe/graph-feeds.ts';
import { predictModel } from '../recipe/predict.ts';
import { prove } from '../recipe/prove.ts';
import { type Cell, columnOf } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';

const python = process.env.MILLRACE_PYTHON ?? 'python3';
const able = spawnSync(python, ['-c', 'import onnx, onnxruntime']).status === 0;

function houses(target: 'class' | 'number'): Table {
  const draw = stream(11, 'houses');
  const rows = Array.from({ length: 300 }, (): Cell[] => {
    const size = draw.below(6) === 0 ? null : 20 + draw.below(200);
    const town = ['Köln', 'Ulm', '東京'][draw.below(3)];
    const price = (size ?? 90) * (town === 'Ulm' ? 2 : 3) + draw.uniform() * 50;
    return [
      size,
      town,
      draw.below(2) === 0,
      draw.below(4) === 0 ? null : 1.6e12 + draw.below(1000) * 864e5,
      target === 'number' ? price : price > 250 ? 'dear' : 'cheap',
    ];
  });
  const types = ['number', 'category', 'boolean', 'datetime', target === 'number' ? 'number' : 'category'] as const;
  const columns = types.map((type, c) =>
    columnOf(
      type,
      rows.map((row) => row[c]),
    ),
  );
  return table(['size', 'town', 'garden', 'built', 'price'], columns);
}

test.skipIf(!able)('Python’s onnx accepts every export and its onnxruntime gives our answers', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-onnx-'));
  let written = 0;
  for (const { kind, load } of learners) {
    const tasks = (await load()).tasks ?? ['classify', 'regress'];
    for (const task of tasks) {
      const rows = houses(task === 'classify' ? 'class' : 'number');
      const spec = { kind: kind.id, version: kind.version, params: { ...defaults(kind.params), target: 'price' }, title: kind.title };
      const run = {
        random: (purpose: string) => stream(1, purpose),
        progress: () => {},
        stopRequested: () => false,
        backend: 'cpu' as const,
      };
      const model = await fitModel(rawFrame(rows), spec, lookups, run);
      const proof = await prove(model, rows, lookups);
      if (proof.problem) throw new Error(proof.problem.message);
      const odd = edgeRows(model.inputs, rows).table;
      const { codes, probabilities } = await predictModel(model, odd, lookups);
      const plain = (data: ArrayLike<number | string>) => Array.from(data, (cell) => (Number.isNaN(cell) ? null : cell));
      const feeds = Object.entries(graphFeeds(model.inputs, odd)).map(([name, feed]) => [
        name,
        { dtype: feed.dtype, data: plain(feed.data) },
      ]);
      const expected = {
        feeds: Object.fromEntries(feeds),
        classes: model.classes ?? null,
        codes: [...codes],
        probabilities: probabilities && [...probabilities],
      };
      writeFileSync(path.join(folder, `${kind.id}-${task}.onnx`), proof.bytes);
      writeFileSync(path.join(folder, `${kind.id}-${task}.json`), JSON.stringify(expected));
      written++;
    }
  }
  const checked = spawnSync(python, [path.join(import.meta.dirname, 'onnx_answers.py'), folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(checked.stderr.trim()).toBe('');
  expect(checked.stdout.trim().split('\n').length).toBe(written);
});
