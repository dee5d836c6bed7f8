/** The stable counting sort under every order of rows: unsigned 32-bit keys in digits of 11 bits, each key carried with its row. */
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

export interface KeyedRows {
  keys: Uint32Array;
  rows: Int32Array;
}

/** Sorts `rows` by `keys` (keys[i] belongs to rows[i]); rows of equal keys keep their order. Both arrays are used up. */
export function radixSort(keys: Uint32Array, rows: Int32Array): KeyedRows {
  const n = keys.length;
  const counts = [new Int32Array(BUCKETS), new Int32Array(BUCKETS), new Int32Array(BUCKETS)];
  const [low, middle, high] = counts;
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    low[key & (BUCKETS - 1)]++;
    middle[(key >>> DIGIT) & (BUCKETS - 1)]++;
    high[key >>> (2 * DIGIT)]++;
  }
  let from: KeyedRows = { keys, rows };
  let to: KeyedRows | undefined;
  for (const [pass, count] of counts.entries()) {
    // A digit that is the same in all keys sorts nothing.
    if (n === 0 || count[(keys[0] >>> (pass * DIGIT)) & (BUCKETS - 1)] === n) continue;
    let next = 0;
    for (let digit = 0; digit < BUCKETS; digit++) {
      const start = next;
      next += count[digit];
      count[digit] = start;
    }
    to ??= { keys: new Uint32Array(n), rows: new Int32Array(n) };
    scatter(from, to, count, pass * DIGIT);
    [from, to] = [to, from];
  }
  return from;
}

function scatter(from: KeyedRows, to: KeyedRows, next: Int32Array, shift: number): void {
  const { keys, rows } = from;
  const [outKeys, outRows] = [to.keys, to.rows];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const at = next[(key >>> shift) & (BUCKETS - 1)]++;
    outKeys[at] = key;
    outRows[at] = rows[i];
  }
}

/** Calls `sortRun` with the bounds of every run of two and more equal keys. */
export function forRuns(keys: Uint32Array, sortRun: (from: number, to: number, key: number) => void): void {
  for (let from = 0; from < keys.length; ) {
    const key = keys[from];
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to++;
    if (to - from > 1) sortRun(from, to, key);
    from = to;
  }
}
