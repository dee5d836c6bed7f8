/** Properties of any chain of steps: test rows change nothing that is learned, ids stay true, models predict as they learned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../kind/params.ts';
import { cellsOf, columnOf } from '../table/column.ts';
import { columnNamed, type Table, table } from '../table/table.ts';
import { fitModel } from './fit-model.ts';
import { type Frame, rawFrame } from './frame.ts';
import { predictModel } from './predict.ts';
import { refit } from './refit.ts';
import { splitFrame } from './split-frame.ts';
import {
  centre,
  column,
  copy,
  drop,
  fitRun,
  fittedOf,
  groupMean,
  impute,
  lag,
  lookUp,
  lookups,
  low,
  noise,
  run,
  spec,
  tenfold,
  twice,
} from './toy.fixture.ts';
import { distinctIds, frameIds } from './track.ts';

interface Row {
  x: number | null;
  z: number | null;
  key: string | null;
}
const rowArb: fc.Arbitrary<Row> = fc.record({
  x: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 4 }),
  z: fc.option(fc.integer({ min: -9, max: 9 }), { freq: 6 }),
  key: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 8 }),
});
const tableFrom = (rows: readonly Row[]): Table =>
  table(
    ['id', 'x', 'z', 'key', 'y'],
    [
      columnOf(
        'integer',
        rows.map((_, i) => i),
      ),
      columnOf(
        'number',
        rows.map((row) => row.x),
      ),
      columnOf(
        'number',
        rows.map((row) => row.z),
      ),
      columnOf(
        'category',
        rows.map((row) => row.key),
      ),
      columnOf(
        'number',
        rows.map((row) => (row.x ?? 0) + (row.z ?? 0)),
      ),
    ],
  );

type Link = (frame: Frame) => Promise<Frame>;
const on = (params: ParamValues) => params;
/** Steps by name; those in KEEPS keep every row and look at no other row. */
const LINKS: Record<string, Link> = {
  'impute x': (f) => run(impute, on({ column: 'x' }), f),
  'centre x': (f) => run(centre, on({ column: 'x' }), f),
  'impute z': (f) => run(impute, on({ column: 'z' }), f),
  'tenfold z': (f) => run(tenfold, on({ column: 'z' }), f),
  'noise x': (f) => run(noise, on({ column: 'x' }), f),
  'join back': async (f) =>
    f.table.fields.some((field) => field.name === 'mean')
      ? f
      : run(lookUp, on({ key: 'key' }), f, await run(groupMean, on({ key: 'key', column: 'z' }), f)),
  'copy x': async (f) => (f.table.fields.some((field) => field.name === 'copy') ? f : run(copy, on({ column: 'x' }), f)),
  'drop x': (f) => run(drop, on({ column: 'x' }), f),
  'low z': (f) => run(low, on({ column: 'z' }), f),
  twice: async (f) => (f.table.rowCount > 60 ? f : run(twice, {}, f)),
};
const KEEPS = ['impute x', 'centre x', 'impute z', 'tenfold z', 'noise x', 'join back', 'copy x'];
const chainArb = fc.array(fc.constantFrom(...Object.keys(LINKS)), { maxLength: 6 });
const keepArb = fc.array(fc.constantFrom(...KEEPS), { maxLength: 6 });
const build = async (rows: readonly Row[], names: readonly string[]) => {
  let frame = rawFrame(tableFrom(rows));
  for (const name of names) frame = await LINKS[name](frame);
  return frame;
};
const by = { kind: 't', version: 1, params: {}, title: 'Split' };
const rowsArb = fc.array(rowArb, { minLength: 4, maxLength: 24 });
const trainIds = (rows: readonly Row[], mask: number) => Int32Array.from(rows.keys()).filter((id) => ((mask >> (id % 16)) & 1) === 1);
const otherIds = (rows: readonly Row[], train: Int32Array) => Int32Array.from(rows.keys()).filter((id) => !train.includes(id));
const cells = (frame: Frame) => frame.table.columns.map(cellsOf);
const check = async (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { numRuns: 60 });

describe('no leaks', () => {
  it('what is learned and the training side do not change when test rows do', () =>
    check(
      fc.asyncProperty(
        rowsArb,
        fc.array(rowArb, { minLength: 24, maxLength: 24 }),
        chainArb,
        keepArb,
        fc.integer({ min: 0, max: 65535 }),
        async (rows, others, before, after, mask) => {
          const train = trainIds(rows, mask);
          const changed = rows.map((row, i) => (train.includes(i) ? row : others[i]));
          const sides = async (data: readonly Row[]) => {
            const [first, second] = await splitFrame(await build(data, before), [train, otherIds(rows, train)], by, lookups.step);
            let [training, test] = [first, second];
            for (const name of after) [training, test] = [await LINKS[name](training), await LINKS[name](test)];
            return { training, test };
          };
          const a = await sides(rows);
          const b = await sides(changed);
          expect(fittedOf(b.training)).toEqual(fittedOf(a.training));
          expect(cells(b.training)).toEqual(cells(a.training));
          expect(fittedOf(b.test)).toEqual(fittedOf(a.test));
          // Steps drawn on the test side learn what the same steps on the training side do.
          if (!after.includes('join back')) expect(fittedOf(a.test)).toEqual(fittedOf(a.training));
        },
      ),
    ));

  it('refit on all ids is the plain run, and refitting twice is refitting once', () =>
    check(
      fc.asyncProperty(rowsArb, chainArb, fc.integer({ min: 0, max: 65535 }), async (rows, names, mask) => {
        const frame = await build(rows, names);
        const all = await refit(frame, Int32Array.from(rows.keys()), lookups.step);
        expect({ ...all, fittedOn: undefined }).toEqual({ ...frame, fittedOn: undefined });
        const train = trainIds(rows, mask);
        const once = await refit(frame, train, lookups.step);
        expect(await refit(once, train, lookups.step)).toEqual(once);
      }),
    ));

  it('every row keeps its id through steps, refits and splits, and no id is on both sides', () =>
    check(
      fc.asyncProperty(rowsArb, chainArb, fc.integer({ min: 0, max: 65535 }), async (rows, names, mask) => {
        const train = trainIds(rows, mask);
        const frame = await build(rows, names);
        const sides = await splitFrame(frame, [train, otherIds(rows, train)], by, lookups.step);
        for (const side of [frame, ...sides]) expect(column(side, 'id')).toEqual([...frameIds(side)]);
        const [first, second] = sides.map((side) => distinctIds(frameIds(side)));
        expect(first.filter((id) => second.includes(id))).toHaveLength(0);
      }),
    ));

  it('a model gives for raw rows what its learner saw in training, and its features from raw alone', () =>
    check(
      fc.asyncProperty(rowsArb, keepArb, fc.integer({ min: 1, max: 65535 }), async (rows, names, mask) => {
        const train = trainIds(rows, mask);
        if (train.length === 0) return;
        const [training] = await splitFrame(await build(rows, names), [train, otherIds(rows, train)], by, lookups.step);
        const features = training.table.fields.map((field) => field.name).filter((name) => name !== 'id' && name !== 'y');
        const model = await fitModel(training, spec({ target: 'y', features: { names: features } }), lookups, fitRun);
        const { saw, mean } = model.fitted as { saw: number[]; mean: number };
        const raw = training.sources[training.rows.source];
        const inputs: Table = table(
          model.inputs.map((input) => input.name),
          model.inputs.map((input) => columnNamed(raw, input.name)),
          raw.rowCount,
        );
        const predicted = (await predictModel(model, inputs, lookups)).codes;
        const width = model.featuriser.features.length;
        frameIds(training).forEach((id, i) => {
          let sum = mean;
          for (let c = 0; c < width; c++) sum += saw[i * width + c];
          expect(predicted[id]).toBe(sum);
        });
      }),
    ));

  it('a step that looks back sees the row before, learning row or not', () =>
    check(
      fc.asyncProperty(rowsArb, fc.integer({ min: 0, max: 65535 }), async (rows, mask) => {
        const frame = await run(centre, { column: 'x' }, await run(lag, { column: 'x' }, rawFrame(tableFrom(rows))));
        const again = await refit(frame, trainIds(rows, mask), lookups.step);
        expect(column(again, 'before')).toEqual([null, ...rows.slice(0, -1).map((row) => row.x)]);
      }),
    ));
});
