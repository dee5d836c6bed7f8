import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../table/column.ts';
import { schemaOf, tableOf } from '../../table/table.ts';
import { fromScript, toScript } from './script-table.ts';

const people = tableOf({
  age: ['number', [22, null]],
  rooms: ['integer', [2, 3]],
  member: ['boolean', [true, null]],
  sex: ['category', ['f', null]],
  note: ['text', ['a "b"', null]],
  born: ['datetime', [0, null]],
});
const types = (answer: unknown) => schemaOf(fromScript(answer, people).table).columns.map((column) => column.type);

describe('script tables', () => {
  it('go out and come back as they were', () => {
    const out = toScript(people);
    const cells = out.columns.map(({ name, type, values }) => ({
      name,
      values: Array.from(values, (cell) => (Number.isNaN(cell) ? null : type === 'datetime' ? { date: cell } : cell)),
    }));
    const back = fromScript({ columns: cells, log: ['x'] }, people);
    expect(back.log).toEqual(['x']);
    expect(back.table.columns.map(cellsOf)).toEqual(people.columns.map(cellsOf));
    expect(types({ columns: cells })).toEqual(['number', 'integer', 'boolean', 'category', 'text', 'datetime']);
  });

  it('reads the ISO texts that danfojs was given for dates', () => {
    const { table } = fromScript({ columns: [{ name: 'born', values: ['1970-01-02T00:00:00.000Z', null] }] }, people);
    expect(cellsOf(table.columns[0])).toEqual([86_400_000, null]);
    expect(table.columns[0].type).toBe('datetime');
  });

  it('gives new columns the type that all their cells have', () => {
    const column = (name: string, values: unknown[]) => ({ name, values });
    const many = Array.from({ length: 50 }, (_, i) => `label ${i}`);
    expect(
      types({ columns: [column('n', [1.5, null]), column('i', [1, null]), column('b', [true, null]), column('c', ['x', 'x'])] }),
    ).toEqual(['number', 'integer', 'boolean', 'category']);
    expect(types({ columns: [column('t', many)] })).toEqual(['text']);
    expect(types({ columns: [column('mixed', [1, 'a'])] })).toEqual(['category']);
    expect(types({ columns: [column('rooms', [0.5, 1])] })).toEqual(['number']);
    expect(types({ columns: [column('age', [1, 2])] })).toEqual(['number']);
    expect(types({ columns: [{ name: 'f', values: Float64Array.of(1, Number.NaN) }] })).toEqual(['number']);
  });

  it('keeps roles by name', () => {
    const target = {
      ...people,
      fields: people.fields.map((field) => (field.name === 'sex' ? { ...field, role: 'target' as const } : field)),
    };
    const { table } = fromScript({ columns: [{ name: 'sex', values: ['m', 'f'] }] }, target);
    expect(table.fields[0].role).toBe('target');
  });

  it('refuses answers that are no table', () => {
    for (const wrong of [
      null,
      {},
      { columns: [{ name: 1, values: [] }] },
      { columns: [{ name: 'a', values: 'abc' }] },
      {
        columns: [
          { name: 'a', values: [1] },
          { name: 'a', values: [2] },
        ],
      },
      {
        columns: [
          { name: 'a', values: [1] },
          { name: 'b', values: [1, 2] },
        ],
      },
    ])
      expect(() => fromScript(wrong, undefined)).toThrow(/did not give a table/);
    const { table } = fromScript({ columns: [{ name: 'a', values: [{ date: 1e99 }, Symbol.iterator.toString()] }] }, undefined);
    expect(cellsOf(table.columns[0])).toEqual(['[object Object]', 'Symbol(Symbol.iterator)']);
  });
});
