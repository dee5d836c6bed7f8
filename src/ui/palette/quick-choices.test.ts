/** Quick add never ends in an empty list while something of that name exists. */
import { expect, test } from 'vitest';
import { kindOf } from '../state/kinds.ts';
import { quickChoices } from './quick-choices.ts';
import { searchable } from './search.ts';

const items = (...ids: string[]) =>
  ids.map((id) => {
    const kind = kindOf(id);
    if (!kind) throw new Error(id);
    return searchable(kind, kind.title, kind.summary);
  });
const fitting = items('prepare.split', 'prepare.sort');
const others = items('deliver.export-onnx', 'evaluate.evaluate');
const ask = (query: string, fits = fitting) => {
  const { kinds, how } = quickChoices(fits, others, query);
  return [how, ...kinds.map((kind) => kind.id)];
};

test('what fits comes alone, also for no query', () => {
  expect(ask('')).toEqual(['fits', 'prepare.split', 'prepare.sort']);
  expect(ask('split')).toEqual(['fits', 'prepare.split']);
});
test('what does not fit is offered apart, and all of it where nothing fits at all', () => {
  expect(ask('onnx')).toEqual(['apart', 'deliver.export-onnx']);
  expect(ask('', [])).toEqual(['apart', 'deliver.export-onnx', 'evaluate.evaluate']);
});
test('a name that nothing has: the nearest of those that fit', () => {
  expect(ask('sprlitt')).toEqual(['near', 'prepare.split']);
  expect(ask('qqqq')).toEqual(['near']);
});
