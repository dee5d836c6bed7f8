/** How trials are judged, in words; and that every check has a name in both languages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { categoriesOf } from '../table/column.ts';
import { table } from '../table/table.ts';
import { guardAlert, judgedBy, keptTogether } from './guard-words.ts';

test('on which rows', () => {
  const said = (deal: Parameters<typeof judgedBy>[0], own = false) => judgedBy(deal, own).said.text;
  expect(said({ folds: 5, share: 0 })).toBe('Trials are judged on every row, by 5 folds.');
  expect(said({ folds: 0, share: 0.2 })).toBe('Trials are judged on 20 % of the rows, kept aside.');
  expect(said({ folds: 0, share: 0 }, true)).toBe('Trials are judged on the validation table.');
  expect(judgedBy({ folds: 4, share: 0, time: 'day' }, false)).toMatchObject({ columns: ['day'] });
  const shops = table([{ name: 'shop', role: 'group' }], [categoriesOf(['a', 'b'])]);
  expect(keptTogether(shops)).toMatchObject([{ check: 'groups', columns: ['shop'] }]);
  expect(keptTogether(table(['shop'], [categoriesOf(['a'])]))).toEqual([]);
});

test('an alert stands at the setting that helps, else at its column', () => {
  const [said] = [judgedBy({ folds: 5, share: 0 }, false).said];
  const fix = { label: said, command: 'set-params' as const, args: { params: { class_weight: 'balanced' } } };
  const alerted = { check: 'class balance', state: 'alerted' as const, said, columns: [] };
  expect(guardAlert({ ...alerted, fix })).toMatchObject({ at: { param: 'class_weight' }, fix: { command: 'set-params' } });
  expect(guardAlert({ ...alerted, columns: ['a', 'b'] })).toMatchObject({ severity: 'warning', at: { column: 'a' } });
});

test('every check is named in English and Chinese', () => {
  const source = ['guardrails', 'series-guards', 'guard-words'].map((name) => readFileSync(`src/automl/${name}.ts`, 'utf8')).join('\n');
  const checks = new Set([...source.matchAll(/(?:found\(|\bon\(|check: )\s*'([a-z -]+)'/g)].map((match) => match[1].replaceAll(' ', '-')));
  expect(checks.size).toBeGreaterThan(18);
  for (const language of ['en', 'zh']) {
    const { guards } = JSON.parse(readFileSync(`src/ui/i18n/${language}/results.json`, 'utf8')) as {
      guards: { checks: Record<string, string> };
    };
    expect([...checks].filter((check) => guards.checks[check] === undefined)).toEqual([]);
  }
});
