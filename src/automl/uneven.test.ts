/** Which number columns are evened out before straight lines and networks. */
import { expect, test } from 'vitest';
import { exp } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { columnOf } from '../table/column.ts';
import { table } from '../table/table.ts';
import { eveningSteps, shapeOf } from './uneven.ts';

const draw = stream('uneven');
const normal = Array.from({ length: 400 }, () => draw.normal());

test('skewed columns get a power transform, gappy ones a flag, others nothing', () => {
  const wide = table(
    ['even', 'prices', 'gaps', 'yes', 'text'],
    [
      columnOf('number', normal),
      columnOf(
        'number',
        normal.map((x) => exp(2 * x)),
      ),
      columnOf(
        'number',
        normal.map((x, i) => (i % 10 === 0 ? null : x)),
      ),
      columnOf(
        'boolean',
        normal.map((_, i) => i % 50 === 0),
      ),
      columnOf(
        'category',
        normal.map((_, i) => `c${i % 3}`),
      ),
    ],
  );
  expect(eveningSteps(wide, ['even', 'prices', 'gaps', 'yes', 'text'])).toEqual([
    { kind: 'prepare.fill-missing', params: { columns: { names: ['gaps'] }, numbers: 'median', labels: 'leave', indicator: true } },
    { kind: 'features.normalise', params: { columns: { names: ['prices'] }, method: 'power', clip: true } },
  ]);
  expect(eveningSteps(wide, ['even', 'text'])).toEqual([]);
});

test('a constant has no skew, nor has a column without numbers or with endless ones', () => {
  expect(shapeOf(new Float64Array(9).fill(4))).toEqual({ skew: 0, missing: 0 });
  expect(shapeOf(new Float64Array(9).fill(Number.NaN))).toEqual({ skew: 0, missing: 1 });
  expect(shapeOf(Float64Array.of(1e300, -1e300, 1e300)).skew).toBe(0);
  expect(shapeOf(new Float64Array())).toEqual({ skew: 0, missing: 0 });
});
