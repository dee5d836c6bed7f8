/** The two languages say the same things, plurals and placeholders work, and formats follow the locale. */
import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, describe, expect, it } from 'vitest';
import { formatFor } from './format.ts';
import { language, setLanguage, translate } from './text.ts';

type Tree = { [key: string]: string | Tree };
const load = (files: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(files).map(([path, tree]) => [path.slice(path.lastIndexOf('/') + 1, -5), tree as Tree]));
const en = load(import.meta.glob('./en/*.json', { eager: true, import: 'default' }));
const zh = load(import.meta.glob('./zh/*.json', { eager: true, import: 'default' }));
const keys = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [`${prefix}${key}`] : keys(value, `${prefix}${key}.`)));
/** Argument names of an ICU message, also inside its plural branches. */
function placeholders(text: string): string[] {
  const names = new Set<string>();
  const visit = (parts: readonly unknown[]) => {
    for (const part of parts as { type: number; value?: string; options?: Record<string, { value: unknown[] }> }[]) {
      if (part.type > 0 && part.value) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}
const flat = (tree: Tree) => new Map(keys(tree).map((key) => [key, valueAt(tree, key)]));
const valueAt = (tree: Tree, key: string): string => {
  if (typeof tree[key] === 'string') return tree[key];
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value !== 'string' && key.startsWith(`${name}.`)) return valueAt(value, key.slice(name.length + 1));
  }
  return '';
};

afterEach(() => setLanguage('en'));

describe('languages', () => {
  it.each(Object.keys(en))('has every %s key in Chinese, with the same placeholders', (area) => {
    const theirs = flat(zh[area] ?? {});
    const ours = flat(en[area]);
    expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
    for (const [key, text] of ours) expect([key, placeholders(theirs.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('fills plurals and switches', async () => {
    expect(translate('results.rows', { count: 1 })).toBe('1 row');
    expect(translate('results.rows', { count: 1309 })).toBe('1,309 rows');
    await setLanguage('zh');
    expect(language()).toBe('zh');
    expect(translate('results.rows', { count: 1309 })).toBe('1,309 行');
  });
});

describe('formats', () => {
  const f = formatFor('en');
  it('writes metrics, shares and changes', () => {
    expect(f.metric(0.8841)).toBe('0.884');
    expect(f.metric(2915.23)).toBe('2,915.2');
    expect(f.metric(5.96e-8)).toBe('5.96e−8');
    expect(f.change(-0.003)).toBe('−0.003');
    expect(f.change(0.012)).toBe('+0.012');
    expect(f.percent(0.868)).toBe('86.8\u202f%');
    expect(f.metric(Number.NaN)).toBe('–');
  });
  it('writes cells, sizes, durations and times', () => {
    expect(f.number(0.1 + 0.2)).toBe('0.3');
    expect(f.number(1309)).toBe('1,309');
    expect(f.number(512.3292)).toBe('512.33');
    expect(f.number(123456.789)).toBe('123,456.79');
    expect(f.bytes(64218)).toBe('64 KB');
    expect(f.duration(84.4)).toBe('84 ms');
    expect(f.duration(125_000)).toBe('2 min 5 s');
    expect(f.duration(1290)).toBe('1.3 s');
    expect(f.ago(0, 120_000)).toBe('2 minutes ago');
  });
});
