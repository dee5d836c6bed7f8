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
  const choices = quickChoices(fits, others, query);
  const ids = (kinds: readonly { id: string }[]) => kinds.map((kind) => kind.id).join(' ');
  return [ids(choices.fits), ids(choices.apart), choices.near];
};

test('what fits comes first, alone for no query', () => {
  expect(ask('')).toEqual(['prepare.split prepare.sort', '', false]);
  expect(ask('sort')[0]).toEqual('prepare.sort');
});
test('what does not fit is offered apart, and all of it where nothing fits at all', () => {
  expect(ask('onnx')).toEqual(['', 'deliver.export-onnx', false]);
  expect(ask('', [])).toEqual(['', 'deliver.export-onnx evaluate.evaluate', false]);
});
test('a name that nothing has: the nearest of those that fit', () => {
  expect(ask('sprlitt')).toEqual(['prepare.split', '', true]);
  expect(ask('qqqq')).toEqual(['', '', true]);
});
