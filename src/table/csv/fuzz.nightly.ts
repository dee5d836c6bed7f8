/** Thousands of damaged files: cases of CSV with bytes flipped, cut, doubled and mixed. Each must end in a table or in an error, soon. */
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { type Random, stream } from '../../base/random.ts';
import { readTable } from '../read.ts';
import { anyBytesAreRead, exportIsGuarded, writtenIsRestored } from './round-trip.fixture.ts';

const seed = process.env.NIGHTLY_SEED ?? String(Date.now());
const INPUTS = 10_000;
const SLOWEST_MS = 5000;

const ROWS = 'name,born,score,ok\n"Ann, B",2001-02-03,1.5,true\n"Bo ""b""",2001-02-04,-2e3,false\n,,,\nCid,2001-02-05,"1,234.5",\n';
const CORPUS = [
  ROWS,
  ROWS.replaceAll(',', ';').replaceAll('.', ','),
  ROWS.replaceAll(',', '\t').replaceAll('\n', '\r\n'),
  ROWS.replaceAll(',', '|').replaceAll('\n', '\r'),
  `sep=;\n${ROWS.replaceAll(',', ';')}`,
  `# a comment\n\n${ROWS}`,
  ' a   b\n 1   2\n33  44\n',
  "'a','b'\n'x, y','z'\n",
  'preis\n1,5\n12 %\n€ 1.234,56\n(3)\n',
  '[{"a": 1, "b": "x"}, {"a": NaN, "b": null}]',
  '{"a":1}\n{"a":2}\n',
  '日期,值\n2023年1月2日,1\u202f234\n',
].map((text) => utf8(text));
/** What breaks readers most easily. */
const SHARP = utf8('"",;\t|\r\n\n\\\'#=\0\u00A0\uFEFF1e999-0xNaN[{]}').map((byte) => byte);

function mutant(random: Random): Uint8Array {
  let bytes = Uint8Array.from(CORPUS[random.below(CORPUS.length)]);
  const at = () => random.below(bytes.length + 1);
  for (let changes = 1 + random.below(12); changes > 0; changes--) {
    const [from, to] = [at(), at()].sort((a, b) => a - b);
    const piece = bytes.subarray(from, to);
    const into = at();
    switch (random.below(7)) {
      case 0:
        if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
        break;
      case 1:
        bytes = Uint8Array.of(...bytes.subarray(0, from), ...bytes.subarray(to));
        break;
      case 2:
        bytes = Uint8Array.of(...bytes.subarray(0, into), ...piece, ...bytes.subarray(into));
        break;
      case 3:
        bytes = Uint8Array.of(...bytes.subarray(0, into), ...CORPUS[random.below(CORPUS.length)].subarray(from), ...bytes.subarray(into));
        break;
      case 4:
        bytes = Uint8Array.of(
          ...bytes,
          ...Array.from({ length: random.below(50) }, () => piece.subarray(0, 200)).flatMap((part) => [...part]),
        );
        break;
      default:
        bytes = Uint8Array.of(...bytes.subarray(0, into), SHARP[random.below(SHARP.length)], ...bytes.subarray(into));
    }
  }
  return bytes;
}

test(`${INPUTS} damaged files end in a table or an error (seed ${seed})`, async () => {
  const random = stream('csv fuzz', seed);
  let slowest = 0;
  for (let i = 0; i < INPUTS; i++) {
    const bytes = mutant(random);
    const started = performance.now();
    const { table, problems, guess } = await readTable(bytes, { name: ['x.csv', 'x.txt', 'x', 'x.json'][random.below(4)] });
    const took = performance.now() - started;
    slowest = Math.max(slowest, took);
    if (took > SLOWEST_MS) expect.fail(`input ${i} took ${took} ms: ${JSON.stringify([...bytes])}`);
    if (table.columns.some((column) => column.length !== table.rowCount)) expect.fail(`input ${i}: columns of unequal length`);
    if (table.columns.length === 0 && !problems.some((p) => p.severity === 'error'))
      expect.fail(`input ${i}: nothing, and no reason: ${guess.format} ${JSON.stringify(new TextDecoder().decode(bytes))}`);
    expect(guess.columns.length).toBe(table.columns.length);
  }
  console.log(`slowest of ${INPUTS}: ${slowest.toFixed(0)} ms`);
});

test('what is written reads back, over and over', () => writtenIsRestored(20_000));
test('no export starts a formula, over and over', () => exportIsGuarded(10_000));
test('any bytes are read, over and over', () => anyBytesAreRead(30_000));
