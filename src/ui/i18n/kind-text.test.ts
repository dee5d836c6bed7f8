/** Every kind, label, help sentence and option has its Chinese words. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '../../base/problem.ts';
import type { Params } from '../../kind/params.ts';
import { METRICS } from '../../metrics/metric-info.ts';
import { allNodes } from '../../nodes/registry.ts';
import { kindText, problemText, wordText } from './kind-text.ts';
import { lookUp, setLanguage } from './text.ts';

beforeAll(() => setLanguage('zh'));
afterAll(() => setLanguage('en'));

const kinds = allNodes.map((entry) => entry.kind);

it('titles and summaries', () => {
  expect(kinds.filter((kind) => !lookUp('kinds', kind.id, 'title') || !lookUp('kinds', kind.id, 'summary')).map((k) => k.id)).toEqual([]);
  expect(kindText(kinds[0], 'title')).not.toBe(kinds[0].title);
});

it('metrics', () => {
  expect(Object.keys(METRICS).filter((name) => !lookUp('metrics', name, 'name') || !lookUp('metrics', name, 'meaning'))).toEqual([]);
});

it('words of ports and parameters', () => {
  const english = new Set<string>();
  const walk = (params: Params) => {
    for (const param of Object.values(params)) {
      for (const text of [param.label, param.help]) english.add(text);
      if ('auto' in param && param.auto) english.add(param.auto);
      if (param.type === 'choice') for (const option of param.options) english.add(option.label);
      if (param.type === 'list') {
        english.add(param.itemLabel);
        walk(param.item);
      }
    }
  };
  for (const kind of kinds) {
    for (const port of [...kind.inputs, ...kind.outputs]) english.add(port.title);
    walk(kind.params);
  }
  english.delete('');
  expect([...english].filter((text) => lookUp('words', text) === undefined)).toEqual([]);
  expect(wordText('never written anywhere')).toBe('never written anywhere');
});

it('fills problems in, and keeps the English of those without words', () => {
  const known = problem({
    code: 'check.no-column',
    at: { column: 'fare' },
    args: { label: 'Columns', column: 'fare' },
    message: 'Columns: there is no column “fare” in the input.',
    hint: 'Choose one of: a, b.',
  });
  expect(problemText(known).message).toBe('Columns：输入中没有列“fare”。');
  expect(problemText({ ...known, args: {}, at: {} }).message).toBe(known.message);
  const unknown = problem({ code: 'toy.unheard', message: 'It broke.', hint: 'Mend it.', fix: { label: 'Mend', command: 'mend' } });
  expect(problemText(unknown)).toEqual({ message: 'It broke.', hint: 'Mend it.', fix: 'Mend' });
});
