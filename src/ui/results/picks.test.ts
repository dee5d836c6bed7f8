/** Chosen rows, and the filter that keeps the same ones: both must agree on every row. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillParams } from '../../kind/fill.ts';
import { filterRows } from '../../nodes/filter-rows/kind.ts';
import { select } from '../../nodes/filter-rows/step.ts';
import { categoriesOf, numeric } from '../../table/column.ts';
import { table } from '../../table/table.ts';
import { filterParams, type Names, pickRows, type RowPick, tidyRange, worstShare } from './picks.ts';

const CLASSES = ['died', 'is "well" ]'];
const kept = (pick: RowPick, names: Names, scored: ReturnType<typeof table>) => [
  ...select(scored, fillParams(filterRows.params, filterParams(pick, names))),
];

describe('classes', () => {
  const codes = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 30,
  });
  it('agree with the filter, with and without a threshold', () => {
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom(0, 1),
        fc.constantFrom(0, 1),
        fc.constantFrom(undefined, 0.5, 0.31),
        (rows, actual, called, at) => {
          const truth = Float64Array.from(rows, ([code]) => code);
          const predicted = Float64Array.from(rows, ([, p]) => (p >= (at ?? 0.5) ? 1 : 0));
          const scored = table(
            ['out come', 'predicted', 'P(is "well" ])'],
            [
              categoriesOf(rows.map(([code]) => CLASSES[code])),
              categoriesOf([...predicted].map((code) => CLASSES[code])),
              numeric(Float64Array.from(rows, ([, p]) => p)),
            ],
            rows.length,
          );
          const names: Names = {
            target: 'out come',
            predicted: 'predicted',
            classes: CLASSES,
            type: 'category',
            ...(at === undefined ? {} : { cut: { column: 'P(is "well" ])', at, positive: 1 } }),
          };
          for (const pick of [{ type: 'cell', actual, predicted: called }, { type: 'wrong' }] as const)
            expect(kept(pick, names, scored)).toEqual([...pickRows(pick, { truth }, predicted)]);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('leaves rows out whose truth is not known', () => {
    const truth = Float64Array.of(0, Number.NaN, 1);
    expect([...pickRows({ type: 'wrong' }, { truth }, [1, 1, 1])]).toEqual([0]);
  });
});

describe('numbers', () => {
  const values = fc.array(fc.tuple(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.double({ min: -1e4, max: 1e4, noNaN: true })), {
    minLength: 1,
    maxLength: 30,
  });
  const range = fc
    .tuple(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.double({ min: -1e4, max: 1e4, noNaN: true }))
    .map(([a, b]) => tidyRange(a, b));
  it('agree with the filter on ranges of prediction, truth and error', () => {
    fc.assert(
      fc.property(values, range, range, (rows, first, second) => {
        const truth = Float64Array.from(rows, ([value]) => value);
        const predicted = Float64Array.from(rows, ([, value]) => value);
        const scored = table(['price', 'predicted'], [numeric(truth), numeric(predicted)], rows.length);
        const names: Names = { target: 'price', predicted: 'predicted', classes: [], type: 'number' };
        const picks: RowPick[] = [
          { type: 'box', predicted: first, error: second },
          { type: 'box', truth: first, predicted: second },
          worstShare({ truth, predicted }, 0.1),
        ];
        for (const pick of picks) expect(kept(pick, names, scored)).toEqual([...pickRows(pick, { truth }, predicted)]);
      }),
      { numRuns: 60 },
    );
  });
  it('picks at least the worst tenth', () => {
    const truth = Float64Array.from({ length: 50 }, (_, i) => i);
    const predicted = new Float64Array(50);
    const rows = pickRows(worstShare({ truth, predicted }, 0.1), { truth }, predicted);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.length).toBeLessThanOrEqual(6);
  });
  it('rounds ranges outwards', () => {
    expect(tidyRange(2.000049, 1.23456)).toEqual([1.234, 2.001]);
    expect(tidyRange(-0.5, 0)).toEqual([-0.5, 0]);
  });
});
