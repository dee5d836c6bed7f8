/** What the core says comes out in the interface's language, whole or in English. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem, problemWords } from '../../base/problem.ts';
import { kindName, labelWords, metricName, phrase, rowsOf } from '../../base/words.ts';
import { setLanguage } from './text.ts';
import { problemText, wordsText } from './words-text.ts';

beforeAll(() => setLanguage('zh'));
afterAll(() => setLanguage('en'));

it('says phrases, what stands in them, and somebody’s own words as they are', () => {
  const split = kindName({ id: 'prepare.split', title: 'Split' });
  expect(wordsText(phrase('plan.waits', 'waits for {title}', { title: split }))).toBe('等待“拆分”');
  expect(wordsText(phrase('plan.waits', 'waits for {title}', { title: 'My split' }))).toBe('等待“My split”');
  expect(wordsText(rowsOf(1309))).toBe('1,309 行');
  expect(wordsText(labelWords('Test size'))).toBe('测试集比例');
  expect(wordsText(metricName('accuracy', 'Accuracy'))).toBe('准确率');
  expect(wordsText('as it stands')).toBe('as it stands');
  expect(wordsText({ code: 'toy.unheard', args: {}, text: 'nobody translated this' })).toBe('nobody translated this');
});

it('fills problems in, and keeps the English of those without words', () => {
  const known = problem({
    code: 'concat.row-counts',
    at: { column: 'fare' },
    args: { first: 3, other: 1309 },
    message: 'The tables have different numbers of rows: 3 and 1309.',
    hint: 'Use Join to match rows by a key, or bring both to the same length first.',
  });
  expect(problemText(known).message).toBe('各表行数不同：3 与 1,309。');
  expect(problemText({ ...known, args: {}, at: {} }).message).toBe(known.message);
  const unknown = problem({ code: 'toy.unheard', message: 'It broke.', hint: 'Mend it.', fix: { label: 'Mend', command: 'mend' } });
  expect(problemText(unknown)).toEqual({ message: 'It broke.', hint: 'Mend it.', fix: 'Mend' });
});

it('says a problem as the reason of something else', () => {
  const found = problem({ code: 'table.no-column', args: { name: 'fare' }, message: 'No “fare”.', hint: '' });
  expect(wordsText(problemWords(found))).toBe('这里没有列“fare”。');
});

it('prefers what a problem said as a phrase', () => {
  const found = problem({ code: 'toy.case', message: rowsOf(2), hint: labelWords('Test size'), fix: { label: rowsOf(3), command: 'x' } });
  expect(found).toMatchObject({ message: '2 rows', hint: 'Test size', fix: { label: '3 rows' } });
  expect(problemText(found)).toEqual({ message: '2 行', hint: '测试集比例', fix: '3 行' });
});
