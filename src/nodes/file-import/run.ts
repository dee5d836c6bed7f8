/** Reads the file through services; diagnostics become notes of the step, an unreadable file its error. */

import type { Json } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { FileRef, ParamValues } from '../../kind/params.ts';
import type { Outputs, RunContext, Services } from '../../kind/run.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { isGzip } from '../../table/formats/gunzip.ts';
import { readTable } from '../../table/read.ts';
import { TYPE_NAMES } from '../../table/type-names.ts';
import { probed, settle, withTarget } from '../source-table.ts';
import { readOptions } from './options.ts';

/** Files up to this size are looked at whole at edit time; of larger text files the head only. */
const PROBE_BYTES = 1 << 21;

function fileOf(params: ParamValues): FileRef {
  const ref = params.file as unknown as FileRef | null;
  if (!ref) {
    throw new ProblemError({
      code: 'file-import.no-file',
      at: { param: 'file' },
      message: 'No file is chosen yet.',
      hint: 'Drop a file on this node, or choose one under File.',
    });
  }
  return ref;
}

export async function run({ params, services, log, progress }: RunContext): Promise<Outputs> {
  const bytes = await services.readFile(fileOf(params));
  const result = await readTable(bytes, { ...readOptions(params), progress: (fraction) => progress({ fraction }) });
  for (const { name, type, evidence } of result.guess.columns.slice(0, 200))
    log(phrase('log.column', '{name}: {type} — {evidence}', { name, type: TYPE_NAMES[type], evidence }));
  return { table: rawFrame(withTarget(settle(result, log), params.target)) };
}

/** Columns as the head of the file shows them; a later cell may still widen a type at run time. */
export async function probe(params: ParamValues, services: Services): Promise<Json> {
  const bytes = await services.readFile(fileOf(params));
  const options = readOptions(params);
  const result = await readTable(bytes.length > PROBE_BYTES ? headOf(bytes) : bytes, options);
  const failed = result.problems.find((problem) => problem.severity === 'error');
  if (failed) throw new ProblemError(failed);
  return probed(result.table, bytes.length <= PROBE_BYTES);
}

/** Whole lines of the first part of a text; binary formats are read whole. */
function headOf(bytes: Uint8Array): Uint8Array {
  const isText =
    !(bytes[0] === 0x50 && (bytes[1] === 0x41 || bytes[1] === 0x4b)) && bytes[0] !== 0x5b && bytes[0] !== 0x7b && !isGzip(bytes);
  if (!isText) return bytes;
  const cut = bytes.lastIndexOf(10, PROBE_BYTES);
  return bytes.subarray(0, cut > 0 ? cut + 1 : PROBE_BYTES);
}
