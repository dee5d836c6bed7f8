/** Counts what a zip really inflates to, against caps, before anything reads it: declared sizes are written by whoever made it. */
import { Unzip, UnzipInflate } from 'fflate';
import { phrase, type Words } from '../../base/words.ts';

export interface ZipCaps {
  totalBytes: number;
  entries: number;
  /** Inflated to packed bytes of one entry, judged after its first MiB. */
  ratio: number;
}
export const ZIP_CAPS: ZipCaps = { totalBytes: 2 ** 31, entries: 20_000, ratio: 200 };

export type ZipVerdict = { ok: true; inflated: number; names: string[] } | { ok: false; reason: Words };

const SLICE = 1 << 14;
const FREE = 1 << 20;

/** Streams the archive through an inflater whose output is only counted; stops at the first cap. */
export function weighZip(bytes: Uint8Array, caps: ZipCaps = ZIP_CAPS): ZipVerdict {
  let inflated = 0;
  let reason: Words = '';
  const names: string[] = [];
  let fed = 0;
  const unzip = new Unzip((file) => {
    names.push(file.name);
    if (names.length > caps.entries) reason ||= phrase('zip.entries', 'more than {most} entries', { most: caps.entries });
    const from = fed;
    let size = 0;
    file.ondata = (error, chunk) => {
      if (error) reason ||= error.message;
      inflated += chunk?.length ?? 0;
      size += chunk?.length ?? 0;
      const packed = Math.max(fed - from + SLICE, 1);
      if (inflated > caps.totalBytes) reason ||= phrase('zip.bytes', 'more than {most} bytes inside', { most: caps.totalBytes });
      else if (size > FREE && size > packed * caps.ratio)
        reason ||= phrase('zip.ratio', '“{name}” grows more than {most} times', { name: file.name, most: caps.ratio });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && reason === ''; at += SLICE) {
      const end = Math.min(at + SLICE, bytes.length);
      unzip.push(bytes.subarray(at, end), end === bytes.length);
      fed = end;
    }
  } catch (error) {
    reason ||= error instanceof Error ? error.message : String(error);
  }
  return reason === '' ? { ok: true, inflated, names } : { ok: false, reason };
}
