import { expect, it } from 'vitest';
import { type ColumnSchema, column } from '../../kind/schema.ts';
import { classTruth } from './class-truth.ts';

const truth = column('price', 'number');
const predicted = (type: ColumnSchema['type']) => column('predicted', type, { role: 'prediction', of: 'price' });

it('a predicted amount is neither right nor wrong', () => {
  expect(classTruth(predicted('number'), [truth, predicted('number')])).toBe(-1);
});

it('a predicted class is held against its target, also where classes are numbers', () => {
  expect(classTruth(predicted('category'), [column('x', 'number'), column('price', 'category'), predicted('category')])).toBe(1);
  const share = column('P(1)', 'number', { role: 'probability', of: 'price', className: '1' });
  expect(classTruth(predicted('number'), [truth, predicted('number'), share])).toBe(0);
  expect(classTruth(predicted('category'), [column('x', 'number'), predicted('category')])).toBe(-1);
  expect(classTruth(truth, [truth, predicted('number')])).toBe(-1);
});
