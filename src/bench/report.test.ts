/** The tables of measured.md: what a run measured takes the place of what it measured before, and the tables of other areas stay. */
import { describe, expect, it } from 'vitest';
import { intoDocument, markdownOf, type Row, unfinishedBy, withEarlierPeers } from './report.ts';

const row = (area: string, where: Row['where'], ours: number, how: string) => ({
  area,
  about: `about ${area}`,
  where,
  title: 'work',
  timings: [
    { name: 'millrace', times: [ours] },
    { name: 'peer', times: [2 * ours] },
  ],
  notes: ['a note'],
  how,
});
const empty = 'top\n<!-- bench: npm run conformance:speed -- --full --markdown -->\n<!-- /bench -->\nend';
const areas = ['memory', 'csv', 'verbs'];

describe('tables of measured.md', () => {
  it('are written between the marks, by area and realm', () => {
    const text = intoDocument(empty, markdownOf([row('verbs', 'Node', 10, 'today')]), areas);
    expect(text).toContain('| work | 10 (10–10) | 20 = 2.00× (2.00–2.00) |');
    expect([text.startsWith('top\n'), text.endsWith('\nend')]).toEqual([true, true]);
  });

  it('of other areas and realms stay, in the order of the areas', () => {
    const first = intoDocument(empty, markdownOf([row('verbs', 'Node', 10, 'on A'), row('verbs', 'Chromium', 11, 'on A')]), areas);
    const second = intoDocument(first, markdownOf([row('csv', 'Node', 30, 'on B'), row('verbs', 'Chromium', 40, 'on B')]), areas);
    expect(second.match(/\*\*\w+\*\*: .*\((Node|Chromium)/g)).toEqual([
      '**csv**: about csv (Node',
      '**verbs**: about verbs (Node',
      '**verbs**: about verbs (Chromium',
    ]);
    expect(second).toContain('| work | 10 (10–10)');
    expect(second).not.toContain('| work | 11 (11–11)');
    expect(second).toContain('Measured on A; on B.');
    expect(intoDocument(second, markdownOf([row('csv', 'Node', 30, 'on B'), row('verbs', 'Chromium', 40, 'on B')]), areas)).toBe(second);
  });

  it('say in a peer’s cell why it has no time, and below only what a cell cannot say', () => {
    const plain = { ...row('verbs', 'Node', 10, 'today'), title: 'plain' };
    const [ours] = plain.timings;
    const reasons = [
      'peer does not offer this',
      'peer fails: no answer within 120 s',
      'peer fails: its process ended (out of memory?)',
      'peer fails: odd',
    ];
    const rows = reasons.map((note, i) => ({
      ...plain,
      title: `case ${i}`,
      timings: [ours],
      notes: [note, 'other fails: no answer within 1 s'],
    }));
    const text = markdownOf([plain, ...rows]);
    const cells = ['not offered', 'more than 120 s', 'its process ended', 'fails'];
    for (const [i, cell] of cells.entries()) expect(text).toContain(`| case ${i} | 10 (10–10) | ${cell} |`);
    expect(text).not.toContain('- case 1: peer');
    expect(text).toContain('- case 3: peer fails: odd');
    expect(text).toContain('- case 1: other fails: no answer within 1 s');
    expect(rows.map((each) => unfinishedBy(each, 'peer'))).toEqual([false, true, true, true]);
  });

  it('have peers of several runs in one row, each against ours in its own run, and what this run asked is its own', () => {
    const first = {
      ...row('verbs', 'Node', 10, 'first'),
      notes: ['peer gives 3 rows, we 4', 'late fails: no answer', 'other fails: memory', 'ours alone'],
    };
    const other = {
      ...row('verbs', 'Node', 40, 'second'),
      timings: [
        { name: 'millrace', times: [40] },
        { name: 'other', times: [60] },
      ],
    };
    const both = withEarlierPeers(other, first);
    const text = markdownOf([both]);
    expect(text).toContain('| work | millrace | peer | other |');
    expect(text).toContain('| work | 40 (40–40) | 20 = 2.00× (2.00–2.00) | 60 = 1.50× (1.50–1.50) |');
    expect(text).toContain('Measured first; second.');
    expect(both.notes).toEqual(['peer gives 3 rows, we 4', 'late fails: no answer', 'a note']);
    const third = withEarlierPeers(row('verbs', 'Node', 5, 'third'), both);
    expect(third.timings.map(({ name, times }) => [name, times[0]])).toEqual([
      ['millrace', 5],
      ['other', 60],
      ['peer', 10],
    ]);
    expect(withEarlierPeers({ ...other, notes: ['peer fails: memory'] }, first).timings).toHaveLength(2);
  });

  it('need their marks', () => {
    expect(() => intoDocument('nothing', 'x', areas)).toThrow('has no lines');
  });
});
