/** Lag & window: back in time within each series whatever the order of rows, never ahead, and said of exports before use. */
import { describe, expect, it } from 'vitest';
import { defaults, type ParamValues } from '../../kind/params.ts';
import { cellsOf, columnOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { columnNamed, gatherRows, type Table, tableOf, withColumn } from '../../table/table.ts';
import { lagWindow } from './kind.ts';
import { apply } from './step.ts';

const t = tableOf({
  day: ['datetime', [3, 1, 2, 4, 1, 2].map((day) => day * DAY_MS)],
  shop: ['category', ['a', 'a', 'a', 'a', 'b', 'b']],
  sold: ['number', [30, 10, null, 40, 7, 8]],
});
const run = (input: Table, params: ParamValues) => apply(input, { ...defaults(lagWindow.params), ...params });
const cells = (made: Table, name: string) => cellsOf(columnNamed(made, name));

describe('Lag & window', () => {
  it('looks back within each series, in time', () => {
    const made = run(t, {
      ids: { names: ['shop'] },
      lags: [{ lag: 1 }, { lag: 2 }],
      windows: [
        { size: 2, how: 'mean' },
        { size: 3, how: 'sum' },
      ],
    });
    expect(cells(made, 'sold_lag_1')).toEqual([null, null, 10, 30, null, 7]);
    expect(cells(made, 'sold_lag_2')).toEqual([10, null, null, null, null, null]);
    expect(cells(made, 'sold_mean_2')).toEqual([10, null, 10, 30, null, 7]);
    expect(cells(made, 'sold_sum_3')).toEqual([10, null, 10, 40, null, 7]);
  });

  it('needs enough values, and takes the row itself only when asked', () => {
    const few = run(t, { ids: { names: ['shop'] }, lags: [], windows: [{ size: 3, how: 'max' }], least: 2 });
    expect(cells(few, 'sold_max_3')).toEqual([null, null, null, 30, null, null]);
    const own = run(t, { ids: { names: ['shop'] }, lags: [], windows: [{ size: 2, how: 'min' }], inclusive: true });
    expect(cells(own, 'sold_min_2')).toEqual([30, 10, 10, 30, 7, 7]);
  });

  it('no row changes by what comes after it, nor by the order of rows', () => {
    const params = { ids: { names: ['shop'] }, lags: [{ lag: 1 }], windows: [{ size: 3, how: 'std' }] };
    const before = run(t, params);
    const changed = run(withColumn(t, 'sold', columnOf('number', [30, 10, null, 999, 7, 555])), params);
    for (const name of ['sold_lag_1', 'sold_std_3']) expect(cells(changed, name)).toEqual(cells(before, name));
    const turned = run(gatherRows(t, Int32Array.of(5, 4, 3, 2, 1, 0)), params);
    expect(cells(turned, 'sold_lag_1').reverse()).toEqual(cells(before, 'sold_lag_1'));
  });

  it('says that a file has no rows before', () => {
    expect(lagWindow.exportable?.({ params: {}, inputs: {}, lists: {} })).toMatchObject({ code: 'export.history' });
  });
});
