import { describe, expect, it } from 'vitest';
import { rawFrame } from '../../recipe/frame.ts';
import { cellAt } from '../../table/column.ts';
import { columnNamed, schemaOf, tableOf } from '../../table/table.ts';
import { testContext } from '../test-context.ts';
import { dataProfile } from './kind.ts';
import { run } from './run.ts';

describe('data profile', () => {
  it('has one row per column, as its schema says before the run', async () => {
    const people = tableOf({
      age: ['number', [1, 2, 3, null]],
      sex: ['category', ['f', 'm', 'f', null]],
      born: ['datetime', [0, 86_400_000, null, null]],
    });
    const { context, lines } = testContext(dataProfile, {}, { table: rawFrame(people) });
    const { table } = ((await run(context)) as { table: ReturnType<typeof rawFrame> }).table;
    const row = (name: string) => [0, 1, 2].map((i) => cellAt(columnNamed(table, name), i));
    expect(row('column')).toEqual(['age', 'sex', 'born']);
    expect(row('missing')).toEqual([1, 1, 2]);
    expect(row('mean')).toEqual([2, null, null]);
    expect(row('sd')).toEqual([1, null, null]);
    expect(row('latest')).toEqual([null, null, 86_400_000]);
    expect(row('most frequent')[1]).toBe('f');
    expect(row('its count')[1]).toBe(2);
    expect(lines).toEqual(['3 columns, 4 missing cells']);
    const inputs = { table: { type: 'table' as const, schema: schemaOf(people) } };
    const declared = dataProfile.schema({ params: {}, inputs, lists: {} }).table;
    expect(declared).toMatchObject({
      type: 'table',
      schema: { rowCount: 3, columns: schemaOf(table).columns.map(({ name, type, role }) => ({ name, type, role })) },
    });
  });
});
