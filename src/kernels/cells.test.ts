/** Plain rows, numbers and dates from bytes in WebAssembly, against splitting texts and what the platform reads. */
import { afterEach, describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { stream } from '../base/random.ts';
import { type Cells, openCells } from './cells.ts';
import { kernelMemory } from './space.ts';

const SIGNS = { delimiter: 44, quote: 34, comment: 35 };
const CELLS = 1 << 12;
let open: Cells | undefined;
afterEach(() => {
  open?.close();
  open = undefined;
  expect(kernelMemory().live).toBe(0);
});
function cellsOf(text: string, from = 0): { cells: Cells; bytes: Uint8Array } {
  const bytes = utf8(text);
  open?.close();
  open = openCells(CELLS);
  open.show(bytes, from);
  return { cells: open, bytes };
}
/** The first `rows` rows as texts. */
const textsOf = ({ starts, ends }: Cells, bytes: Uint8Array, stride: number, rows: number): string[][] =>
  Array.from({ length: rows }, (_, r) =>
    Array.from({ length: stride }, (_, k) => new TextDecoder().decode(bytes.subarray(starts[r * stride + k], ends[r * stride + k]))),
  );
/** One column of cells, each in a row of its own. */
function columnOf(texts: readonly string[]) {
  const { cells, bytes } = cellsOf(`${texts.map((text) => `x,${text}`).join('\n')}\n`);
  const { rows } = cells.rows(0, SIGNS, 2, 0, CELLS / 2);
  expect(rows).toBe(texts.length);
  expect(textsOf(cells, bytes, 2, rows).map((row) => row[1])).toEqual(texts);
  return { cells, rows };
}

/** What `rows` should find, sign by sign. */
function plainRows(text: string, stride: number): { table: string[][]; next: number } {
  const table: string[][] = [];
  let next = 0;
  while (next < text.length && text[next] > ' ' && text[next] !== '#') {
    const row: string[] = [];
    let at = next;
    for (let ended = false; !ended; ) {
      const end = at + text.slice(at).search(/[,\n\r]/);
      const pair = text[end] === '\r' && text[end + 1] === '\n';
      if (end < at || text[at] === '"' || text[at] === ' ' || (text[end] === '\r' && !pair)) return { table, next };
      row.push(text.slice(at, end));
      ended = text[end] !== ',';
      at = end + (pair ? 2 : 1);
    }
    if (row.length !== stride) break;
    table.push(row);
    next = at;
  }
  return { table, next };
}

describe('rows', () => {
  it('takes rows up to the first that is odd in any way, wherever that stands', () => {
    const random = stream('odd rows');
    for (let times = 0; times < 3000; times++) {
      const stride = 1 + random.below(4);
      const ends = ['\n', '\r\n', '\r', '\n\n'];
      const signs = ['"', ' ', '#', '\r', '\n', ',', '\t'];
      const rare = 20 + random.below(200);
      const cell = () => (random.below(rare) === 0 ? signs[random.below(signs.length)] : '') + 'abcdefgh'.repeat(3).slice(random.below(25));
      const row = () => Array.from({ length: stride + (random.below(rare) === 0 ? random.below(3) - 1 : 0) }, cell).join(',');
      const end = () => ends[random.below(rare) === 0 ? random.below(4) : times % 2];
      const text = Array.from({ length: 1 + random.below(40) }, () => row() + end()).join('') + (times % 3 === 0 ? row() : '');
      const { cells, bytes } = cellsOf(text);
      const { table, next } = plainRows(text, stride);
      const found = cells.rows(0, SIGNS, stride, 0, Math.floor(CELLS / stride));
      expect({ rows: found.rows, next: found.next }, JSON.stringify(text)).toEqual({ rows: table.length, next });
      expect(textsOf(cells, bytes, stride, found.rows)).toEqual(table);
    }
  });

  it('finds the cells that splitting finds, whatever their lengths, from any place on', () => {
    const random = stream('cells');
    for (let times = 0; times < 60; times++) {
      const stride = 1 + random.below(6);
      const end = times % 2 === 0 ? '\n' : '\r\n';
      const word = () => 'aé"#7. '.repeat(6).slice(3, 3 + random.below(times % 3 === 0 ? 40 : 5));
      const table = Array.from({ length: 1 + random.below(50) }, (_, r) =>
        Array.from({ length: stride }, (_, k) => (k === 0 ? `r${r}` : word().replace(/^[" ]+/, ''))),
      );
      const lead = 'z'.repeat(random.below(20));
      const text = `${lead}${table.map((row) => row.join(',') + end).join('')}`;
      const { cells, bytes } = cellsOf(text, lead.length);
      const found = cells.rows(lead.length, SIGNS, stride, 0, Math.floor(CELLS / stride));
      expect(found).toEqual({ rows: table.length, next: bytes.length, ranOut: false, pairs: end === '\n' ? 0 : table.length });
      expect(textsOf(cells, bytes, stride, found.rows)).toEqual(table);
    }
  });

  it('takes rows with quoted cells, one by one as written, up to the first that is odd', () => {
    const random = stream('quoted rows');
    for (let times = 0; times < 2000; times++) {
      const stride = 1 + random.below(4);
      const inside = ['', 'a', 'b c', ',', '\n', '\r\n', '#', ' ', '""', 'abcdefghijklmnopq'];
      const text = () => Array.from({ length: random.below(4) }, () => inside[random.below(inside.length)]).join('');
      const cell = (k: number): [string, number] => {
        if (random.below(3) > 0) return [`${k === 0 ? 'x' : ''}${'plain"#'.slice(random.below(2) * 7, random.below(8))}`, 0];
        const quoted = text();
        return [quoted, quoted.includes('"') ? 2 : 1];
      };
      const rows = Array.from({ length: 1 + random.below(7) }, () => Array.from({ length: stride }, (_, k) => cell(k)));
      const end = times % 2 === 0 ? '\n' : '\r\n';
      const written = rows.map((row) => row.map(([cellText, flag]) => (flag > 0 ? `"${cellText}"` : cellText)).join(',') + end);
      const odd = ['', 'x', 'x,"a" b\n', ' x\n', '"open', 'x, "a"\n', '"a"\rb\n', '\n', `${'x,'.repeat(stride)}x\n`][random.below(9)];
      const lead = written.join('');
      const { cells, bytes } = cellsOf(lead + odd);
      const found = cells.rows(0, SIGNS, stride, 0, Math.floor(CELLS / stride), true);
      expect(found, JSON.stringify(lead + odd)).toMatchObject({
        rows: rows.length,
        next: utf8(lead).length,
        pairs: end === '\n' ? 0 : rows.length,
      });
      expect(textsOf(cells, bytes, stride, found.rows)).toEqual(rows.map((row) => row.map(([cellText]) => cellText)));
      expect([...cells.flags.slice(0, stride * rows.length)]).toEqual(rows.flatMap((row) => row.map(([, flag]) => flag)));
    }
    const many = cellsOf('a,"b"\n'.repeat(3) + 'a,b\n'.repeat(30));
    expect(many.cells.rows(0, SIGNS, 2, 0, 100, true)).toMatchObject({ rows: 11, ranOut: false });
  });

  it.each([
    ['a quoted cell', 'c,"d"\n'],
    ['a space before a cell', 'c, d\n'],
    ['a short row', 'c\n'],
    ['a long row', 'c,d,e\n'],
    ['a comment', '#c,d\n'],
    ['a blank line', '\n'],
    ['a blank line of a pair', '\r\n'],
    ['a lone CR', 'c,d\re,f\n'],
    ['a huge cell', `c,${'d'.repeat(70_000)}\n`],
  ])('stops before %s', (_, odd) => {
    const { cells, bytes } = cellsOf(`a,b\n${odd}x,y\n`);
    expect(cells.rows(0, SIGNS, 2, 0, 100)).toEqual({ rows: 1, next: 4, ranOut: false, pairs: 0 });
    expect(cells.rows(4, SIGNS, 2, 1, 100).rows).toBe(0);
    const behind = bytes.length - 4;
    expect(cells.rows(behind, SIGNS, 2, 1, 100)).toEqual({ rows: 1, next: bytes.length, ranOut: false, pairs: 0 });
    expect(textsOf(cells, bytes, 2, 2)).toEqual([
      ['a', 'b'],
      ['x', 'y'],
    ]);
  });

  it('leaves a last row without an end to its owner, takes no more than it may, and says where the window ends', () => {
    const { cells } = cellsOf('a,b\nc,d');
    expect(cells.rows(0, SIGNS, 2, 0, 100)).toEqual({ rows: 1, next: 4, ranOut: false, pairs: 0 });
    const many = cellsOf('a,b\n'.repeat(5));
    expect(many.cells.rows(0, SIGNS, 2, 0, 3)).toEqual({ rows: 3, next: 12, ranOut: false, pairs: 0 });
    // Rows of 15 bytes: the last one of the window has a byte in it.
    const long = cellsOf('abcdef,abcdefg\n'.repeat(80_000));
    const first = long.cells.rows(0, SIGNS, 2, 0, CELLS / 2);
    expect(first).toEqual({ rows: CELLS / 2, next: (15 * CELLS) / 2, ranOut: false, pairs: 0 });
    const end = 1 << 20;
    expect(long.cells.rows(end - 1, SIGNS, 2, 0, 10)).toEqual({ rows: 0, next: end - 1, ranOut: true, pairs: 0 });
    expect(long.cells.rows(end + 14, SIGNS, 2, 0, 10)).toEqual({ rows: 0, next: end + 14, ranOut: true, pairs: 0 });
    long.cells.show(long.bytes, end - 1);
    expect(long.cells.rows(end - 1, SIGNS, 2, 0, 10)).toMatchObject({ rows: 10, next: end + 149 });
  });
});

describe('values', () => {
  it('reads plain numbers exactly, and lists the others', () => {
    const random = stream('numbers');
    const texts: string[] = ['0', '-0', '0.5', '.5', '5.', '-.25', '123456789012345', '12345678.1234567', '0.1', '1.005', ''];
    for (let i = 0; i < 800; i++) {
      const digits = Array.from({ length: 1 + random.below(15) }, () => random.below(10)).join('');
      const at = random.below(digits.length + 1);
      const text = random.below(2) === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
      texts.push((random.below(3) === 0 ? '-' : '') + text.replace(/^0+(?=\d)/, ''));
    }
    const { cells, rows } = columnOf(texts);
    const { values, odd, seen } = cells.numbers(1, 2, rows, 46);
    expect([...odd]).toEqual([]);
    expect(seen).toBe(rows - 1);
    expect([...values]).toEqual(texts.map((text) => (text === '' ? Number.NaN : Number(text))));
    const others = [
      '1',
      '1,5',
      'x',
      '-',
      '.',
      '1.2.3',
      '007',
      '00',
      '1e5',
      '+3',
      '12%',
      '1234567890123456',
      '0.1234567890123456',
      '2023-01-02',
      '1 ',
    ];
    const strange = columnOf(others.map((text) => text.replace(',', ';')));
    const read = strange.cells.numbers(1, 2, strange.rows, 46);
    expect([...read.odd]).toEqual(others.map((_, i) => i).slice(1));
    expect({ seen: read.seen, first: read.values[0] }).toEqual({ seen: 1, first: 1 });
  });

  it('says where the first decimal sign is and whether all numbers are whole', () => {
    const { cells, rows } = columnOf(['4', '', '2.0', '3']);
    expect(cells.numbers(1, 2, rows, 46)).toMatchObject({ fraction: 2, whole: true, seen: 3 });
    const { cells: more, rows: count } = columnOf(['4', '2.5']);
    expect(more.numbers(1, 2, count, 46)).toMatchObject({ fraction: 1, whole: false });
    const { cells: semicolons } = cellsOf('1;2,5\n');
    semicolons.rows(0, { ...SIGNS, delimiter: 59 }, 2, 0, 9);
    expect([...semicolons.numbers(1, 2, 1, 44).values]).toEqual([2.5]);
  });

  it('reads dates of every day and plain times, and lists the others', () => {
    const random = stream('dates');
    const texts = ['0001-01-01', '1600-02-29', '1900-02-28', '2000-02-29', '1970-01-01', '9999-12-31', ''];
    for (let i = 0; i < 1500; i++) {
      const day = new Date(
        Date.UTC(1800 + random.below(400), 0, 1 + random.below(365), random.below(24), random.below(60), random.below(60)),
      );
      const text = day.toISOString().slice(0, random.below(2) === 0 ? 10 : 19);
      texts.push(random.below(2) === 0 ? text.replace('T', ' ') : text);
    }
    const { cells, rows } = columnOf(texts);
    const { values, odd, seen } = cells.dates(1, 2, rows);
    expect([...odd]).toEqual([]);
    expect(seen).toBe(rows - 1);
    const want = texts.map((text) => (text === '' ? Number.NaN : Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`)));
    expect([...values]).toEqual(want);
    const slashes = columnOf(['2023/02/01']);
    expect([...slashes.cells.dates(1, 2, 1).values]).toEqual([Date.UTC(2023, 1, 1)]);
    const others = [
      '2023-02-29',
      '1900-02-29',
      '2023-13-01',
      '2023-00-01',
      '2023-01-00',
      '2023-01-32',
      '2023-04-31',
      '2023/02-01',
      '2023.02.01',
    ]
      .concat(['0000-01-01', '01/02/2023', '2023-02-01T24:00:00', '2023-02-01T10:60:00', '2023-02-01T10:00:60', '2023-02-01x10:00:00'])
      .concat(['2023-02-01T10:00', '2023-0a-01', '2023-02-01Z', '20230201', 'x']);
    const strange = columnOf(others);
    expect([...strange.cells.dates(1, 2, strange.rows).odd]).toEqual(others.map((_, i) => i));
  });

  it('leaves cells to their owner that are altered or lie outside the window', () => {
    const { cells } = cellsOf('1,2\n3,4\n');
    cells.rows(0, SIGNS, 2, 0, 9);
    cells.flags[0] = 2;
    cells.starts[2] = 900;
    cells.ends[2] = 901;
    expect([...cells.numbers(0, 2, 2, 46).odd]).toEqual([0, 1]);
    expect([...cells.dates(0, 2, 2).odd]).toEqual([0, 1]);
    expect([...cells.numbers(1, 2, 2, 46).values]).toEqual([2, 4]);
  });
});

it('counts lines over windows, the last one with and without an end', () => {
  const random = stream('lines');
  for (const length of [0, 1, 15, 16, 17, 100, 3_000_000]) {
    const bytes = Uint8Array.from({ length }, () => (random.below(5) === 0 ? 10 : 97));
    for (const from of [0, 1, 7].filter((at) => at <= length)) {
      open?.close();
      open = openCells(CELLS);
      const rest = bytes.subarray(from);
      const feeds = rest.reduce((sum, byte) => sum + Number(byte === 10), 0);
      expect(open.lines(bytes, from)).toBe(feeds + Number(rest.length > 0 && rest[rest.length - 1] !== 10));
    }
  }
});

describe('labels and texts', () => {
  const heads = new Uint8Array(256);
  for (const sign of " \t'N?") heads[sign.charCodeAt(0)] = 1;
  const random = stream('labels');
  const pool = [
    '',
    'a',
    'ab',
    'abcdefgh',
    'abcdefghi',
    'abcdefgh\0',
    'é',
    '😀😀',
    `${'long '.repeat(9)}x`,
    `${'long '.repeat(9)}y`,
    'NA',
    '?',
    "'=1",
    'x ',
  ];
  const column = (rows: number) =>
    Array.from({ length: rows }, () => (random.below(3) === 0 ? `w${random.below(400)}` : pool[random.below(pool.length)]));
  const isOdd = (text: string) => text !== '' && (heads[utf8(text)[0]] === 1 || (text.codePointAt(text.length - 1) ?? 0) <= 32);

  it.each([1, 2, 3, 900, 1500])('%s rows: labels are numbered by first appearance, odd ones left to the caller', (count) => {
    const texts = column(count);
    const { cells, rows } = columnOf(texts);
    const { codes, firsts, odd } = cells.labels(1, 2, rows, heads);
    const plain = [...new Set(texts.filter((text) => text !== '' && !isOdd(text)))];
    expect([...codes]).toEqual(texts.map((text) => (text === '' ? -1 : isOdd(text) ? -2 : plain.indexOf(text))));
    expect([...firsts]).toEqual(plain.map((text) => texts.indexOf(text)));
    expect([...odd]).toEqual(texts.flatMap((text, row) => (isOdd(text) ? [row] : [])));
  });

  it.each([1, 2, 3, 900, 1500])('%s rows: texts stand one after another', (count) => {
    const texts = column(count);
    const { cells, rows } = columnOf(texts);
    const { bytes, ends, odd, seen } = cells.texts(1, 2, rows, heads);
    const found = texts.map((_, row) => new TextDecoder().decode(bytes.slice(row === 0 ? 0 : ends[row - 1], ends[row])));
    expect(found).toEqual(texts.map((text) => (isOdd(text) ? '' : text)));
    expect([...odd]).toEqual(texts.flatMap((text, row) => (isOdd(text) ? [row] : [])));
    expect(seen).toBe(texts.filter((text) => text !== '' && !isOdd(text)).length);
  });

  it('knows labels of earlier blocks by the codes that it was taught, as far as its table has room', () => {
    const { cells } = cellsOf('');
    const table = cells.takeTable();
    expect(cells.takeTable()).toBe(0);
    const codeOf = new Map<string, number>();
    for (let block = 0; block < 6; block++) {
      const texts = [...column(300), ...Array.from({ length: 400 }, () => `${'padding '.repeat(block)}${random.below(2000)}`)];
      const bytes = utf8(`${texts.map((text) => `x,${text}`).join('\n')}\n`);
      cells.show(bytes, 0);
      const { rows } = cells.rows(0, SIGNS, 2, 0, CELLS / 2);
      const fresh = codeOf.size;
      const { codes, firsts, empty } = cells.labels(1, 2, rows, heads, table, fresh);
      const learned = Int32Array.from(firsts, (row) => {
        if (!codeOf.has(texts[row])) codeOf.set(texts[row], codeOf.size);
        return codeOf.get(texts[row])!;
      });
      const found = [...codes].map((code) => (code < fresh ? code : learned[code - fresh]));
      expect(found).toEqual(texts.map((text) => (text === '' ? -1 : isOdd(text) ? -2 : codeOf.get(text))));
      expect(empty).toBe(texts.filter((text) => text === '').length);
      // Short labels of the first block are known from then on.
      if (block > 0) expect([...firsts].filter((row) => pool.includes(texts[row]))).toEqual([]);
      cells.teach(1, 2, table, learned);
    }
    cells.giveTable(table);
    expect(cells.takeTable()).toBe(table);
  });

  it('cells outside the window are odd', () => {
    const { cells, bytes } = cellsOf('x,label\nx,label\n');
    const { rows } = cells.rows(0, SIGNS, 2, 0, CELLS / 2);
    cells.show(bytes, 8);
    expect([...cells.labels(1, 2, rows, heads).codes]).toEqual([-2, 0]);
    expect([...cells.texts(1, 2, rows, heads).odd]).toEqual([0]);
  });
});
