/** What a dropped file looks like: all of a small one is read, of a large text file only the head, with rows estimated. */
import { isGzip } from '../table/formats/gunzip.ts';
import { type ReadOptions, readTable } from '../table/read.ts';
import type { Sniff } from '../table/sniff.ts';

const WHOLE_BYTES = 1 << 21;
const NEWLINE = 10;

/** `options` has the name, and whatever is not to be guessed. */
export async function sniffFile(bytes: Uint8Array, options: ReadOptions): Promise<Sniff> {
  const whole = bytes.length <= WHOLE_BYTES || isGzip(bytes);
  const first = await readTable(whole ? bytes : headOf(bytes), options);
  if (whole) return first.guess;
  // Formats with a footer cannot be read from the head.
  if (first.guess.format !== 'csv') return (await readTable(bytes, options)).guess;
  return { ...first.guess, rowEstimate: Math.round((first.guess.rowEstimate * bytes.length) / headOf(bytes).length) };
}

/** Whole lines only, so that the last record of the head is not a broken one. */
function headOf(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(NEWLINE, WHOLE_BYTES);
  return bytes.subarray(0, end > 0 ? end + 1 : WHOLE_BYTES);
}
