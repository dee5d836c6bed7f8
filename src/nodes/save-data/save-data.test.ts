import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../base/bytes.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Artefact } from '../../recipe/results.ts';
import { cellsOf, numeric } from '../../table/column.ts';
import { writeExcel } from '../../table/formats/write-excel.ts';
import { readTable } from '../../table/read.ts';
import { tableOf, table as tableWith } from '../../table/table.ts';
import { testContext } from '../test-context.ts';
import { tableJson } from './json.ts';
import { saveData } from './kind.ts';
import { run } from './run.ts';

const table = tableOf({
  'a "b"': ['number', [1.5, null, -0]],
  flag: ['boolean', [true, false, null]],
  text: ['text', ['=1+1', 'x,"y"\n', null]],
  day: ['datetime', [0, null, 86_400_000]],
});

describe('save data', () => {
  it('writes JSON that reads back, missing as null', () => {
    expect(JSON.parse(fromUtf8(tableJson(table)))).toEqual([
      { 'a "b"': 1.5, flag: true, text: '=1+1', day: expect.stringMatching(/^1970-01-01/) },
      { 'a "b"': null, flag: false, text: 'x,"y"\n', day: null },
      { 'a "b"': 0, flag: null, text: null, day: expect.stringMatching(/^1970-01-02/) },
    ]);
    expect(JSON.parse(fromUtf8(tableJson(tableOf({ a: ['number', []] }))))).toEqual([]);
  });

  it('hands the file to the user and on the wire', async () => {
    const saved: unknown[] = [];
    const services = { saveFile: async (...file: unknown[]) => void saved.push(file) };
    const { context } = testContext(saveData, { name: ' people ', format: 'csv' }, { table: rawFrame(table) }, services);
    const { artefact } = (await run(context)) as { artefact: Artefact };
    expect(artefact).toMatchObject({ name: 'people.csv', mime: 'text/csv', about: { rows: 3, columns: 4 } });
    expect(saved).toEqual([['people.csv', artefact.bytes, 'text/csv']]);
    const { table: back } = await readTable(artefact.bytes, { name: artefact.name });
    expect(back.fields.map((field) => field.name)).toEqual(['a "b"', 'flag', 'text', 'day']);
    expect(back.columns.map((column) => column.type)).toEqual(['number', 'boolean', 'category', 'datetime']);
    const json = testContext(saveData, { name: '', format: 'json' }, { table: rawFrame(table) }, services);
    expect(((await run(json.context)) as { artefact: Artefact }).artefact.name).toBe('table.json');
  });

  it.each([
    ['parquet', false, '.parquet'],
    ['xlsx', false, '.xlsx'],
    ['csv', true, '.csv.gz'],
    ['json', true, '.json.gz'],
  ])('%s (packed: %s) reads back as it was', async (format, gzip, ending) => {
    const whole = tableOf({
      number: ['number', [1.5, null, -3.25]],
      integer: ['integer', [1, null, 2 ** 40]],
      flag: ['boolean', [true, false, null]],
      label: ['category', ['京', '=1+1', null]],
      when: ['datetime', [Date.UTC(2023, 1, 1, 13, 5, 9), null, Date.UTC(1999, 11, 31)]],
    });
    const services = { saveFile: async () => undefined };
    const { context } = testContext(saveData, { name: 'all', format, gzip }, { table: rawFrame(whole) }, services);
    const { artefact } = (await run(context)) as { artefact: Artefact };
    expect(artefact.name).toBe(`all${ending}`);
    const { table: back, problems } = await readTable(artefact.bytes, { name: artefact.name });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(back.fields.map(({ name }) => name)).toEqual(whole.fields.map(({ name }) => name));
    expect(back.columns.map(cellsOf)).toEqual(whole.columns.map(cellsOf));
  });

  it('says what Excel cannot hold', async () => {
    const long = tableOf({ text: ['text', ['x'.repeat(32_768)]] });
    await expect(writeExcel(long)).rejects.toMatchObject({ problem: { code: 'excel.too-long', at: { param: 'format' } } });
    const column = numeric(new Float64Array(1_048_576));
    const many = tableWith(['a'], [column], 1_048_576);
    await expect(writeExcel(many)).rejects.toMatchObject({ problem: { code: 'excel.too-large' } });
  });

  it('writes dates before Excel’s first as texts', async () => {
    const old = tableOf({ day: ['datetime', [Date.UTC(1850, 0, 2)]] });
    const { table: back } = await readTable(await writeExcel(old), { name: 'old.xlsx' });
    expect(cellsOf(back.columns[0])).toEqual([Date.UTC(1850, 0, 2)]);
  });
});
