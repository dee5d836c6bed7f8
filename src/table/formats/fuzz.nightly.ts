/** Damaged Parquet and Excel files: each must end in a table or an error, never in a crash or a hang. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { readTable } from '../read.ts';

const seed = process.env.NIGHTLY_SEED ?? String(Date.now());
const FOLDER = 'src/table/formats/fixtures';
const INPUTS = 2000;
const SLOWEST_MS = 5000;

test.each(readdirSync(FOLDER))(`%s, damaged ${INPUTS} times (seed ${seed})`, async (name) => {
  const whole = new Uint8Array(readFileSync(`${FOLDER}/${name}`));
  const random = stream('format fuzz', name, seed);
  for (let i = 0; i < INPUTS; i++) {
    let bytes = whole.slice();
    for (let changes = 1 + random.below(6); changes > 0; changes--) bytes[random.below(bytes.length)] = random.below(256);
    if (random.below(4) === 0) bytes = bytes.slice(0, random.below(bytes.length));
    const started = performance.now();
    const { table, problems } = await readTable(bytes, { name });
    if (performance.now() - started > SLOWEST_MS) expect.fail(`damage ${i} took too long`);
    if (table.columns.some((column) => column.length !== table.rowCount)) expect.fail(`damage ${i}: columns of unequal length`);
    if (table.columns.length === 0 && !problems.some((p) => p.severity === 'error')) expect.fail(`damage ${i}: nothing, and no reason`);
  }
});
