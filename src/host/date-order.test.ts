/** How training read 01/02/2023 is part of the model: a file to score is read the same way, whatever it would look like by itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import type { Problem } from '../base/problem.ts';
import { inEnglish } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import { lookups } from '../nodes/lookup.ts';
import { runKind } from '../nodes/run-kind.fixture.ts';
import type { Frame } from '../recipe/frame.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { predictModel } from '../recipe/predict.ts';
import { prove } from '../recipe/prove.ts';
import { rowsToScore } from '../recipe/score.ts';
import { columnOf } from '../table/column.ts';
import { readTable } from '../table/read.ts';
import { table } from '../table/table.ts';
import { predictFile } from './predict-file.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-dates-'));
afterAll(() => rm(folder, { recursive: true }));
const two = (n: number) => String(n).padStart(2, '0');
const DAY = 86_400_000;
/** Days of 2023 in either order, with a value that rises by one a day. */
const dated = (days: number[], dayFirst: boolean, sep = ',') =>
  `when${sep}y\n${days
    .map((n) => {
      const date = new Date(Date.UTC(2023, 0, 1) + n * DAY);
      const [day, month] = [two(date.getUTCDate()), two(date.getUTCMonth() + 1)];
      return `${dayFirst ? `${day}/${month}` : `${month}/${day}`}/2023${sep}${n}`;
    })
    .join('\n')}\n`;
const read = async (text: string) => (await readTable(utf8(text), { name: 'a.csv' })).table;
const run = async (kind: string, params: ParamValues, t: Frame) => (await runKind(kind, params, { table: t })).outputs;

/** Learns the day of the year from days that only one order can read. */
async function model(dayFirst: boolean): Promise<Model> {
  const frame = rawFrame(
    await read(
      dated(
        Array.from({ length: 120 }, (_, i) => i * 3),
        dayFirst,
      ),
    ),
  );
  const parts = (await run('prepare.date-parts', { column: 'when', parts: [{ part: 'dayofyear' }] }, frame)).table as Frame;
  return (await run('learn.linear', { target: 'y' }, parts)).model as Model;
}
// 1 February, or 2 January, as the only row: nothing in the file tells.
const AMBIGUOUS = 'when\n01/02/2023\n';

describe.each([true, false])('trained day first: %s', async (dayFirst) => {
  const learned = await model(dayFirst);
  const wanted = dayFirst ? 31 : 1;

  test('the model knows', () => {
    expect(learned.inputs).toMatchObject([{ name: 'when', type: 'datetime', dateOrder: dayFirst ? 'day-first' : 'month-first' }]);
  });

  test('the exported file, on the command line', async () => {
    const proof = await prove(learned, undefined, lookups);
    const files = [path.join(folder, `${dayFirst}.onnx`), path.join(folder, 'rows.csv')] as const;
    await writeFile(files[0], proof.bytes!);
    const warned: Problem[] = [];
    // A semicolon and a decimal comma look European, which counts only where nobody knows.
    for (const text of [AMBIGUOUS, 'when;x\n01/02/2023;1,5\n']) {
      await writeFile(files[1], text);
      const [, answer] = (await predictFile(...files, (problem) => warned.push(problem))).split(/\r?\n/);
      expect(Number(answer)).toBeCloseTo(wanted, 3);
    }
    expect(warned.map((problem) => problem.code)).not.toContain('column.ambiguous-dates');
  });

  test('in a pipeline, Score says when a table was read the other way', async () => {
    const other = rawFrame(await read(dated([20, 21, 22], !dayFirst)));
    expect(rowsToScore(learned, other).notes.map(inEnglish).join()).toContain('The dates in “when” were read');
    const same = rawFrame(await read(dated([20, 21, 22], dayFirst)));
    expect(rowsToScore(learned, same).notes).toEqual([]);
    const unsaid = table(['when'], [columnOf('datetime', [Date.UTC(2023, 1, 1)])]);
    expect(rowsToScore(learned, rawFrame(unsaid)).notes).toEqual([]);
    expect((await predictModel(learned, unsaid, lookups)).codes[0]).toBeCloseTo(31, 3);
  });
});

test('dates that every order reads alike say nothing of it', async () => {
  expect((await read('when,y\n2023-01-02,1\n2023-03-04,2\n')).fields[0]).toEqual({ name: 'when', role: 'feature' });
  expect((await read('when,y\n01/02/2023,1\n')).fields[0]).toMatchObject({ dateOrder: 'month-first' });
  expect((await read('when;y\n01.02.2023;1\n')).fields[0]).toMatchObject({ dateOrder: 'day-first' });
  expect((await readTable(utf8('[{"when":"25/12/2023"},{"when":"01/02/2023"}]'), { name: 'a.json' })).table.fields[0]).toMatchObject({
    dateOrder: 'day-first',
  });
});
