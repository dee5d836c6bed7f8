/** Sums of nodes in their slots: made from rows, taken from a parent, given up. All are whole numbers, so that taking rows off again is exact. */
import { Job } from './boosting-job.as.ts';
import { clearSums, subtractSums, sumRows } from './histogram.as.ts';

/* inline */ function slotAt(job: Job, slot: i32): usize {
  return <usize>job.sums + <usize>slot * <usize>job.sumsBytes;
}

/** Bytes of sums that are subtracted, or made zero, in the time that one row's code takes. */
const SUBTRACTED: u64 = 16;
const CLEARED: u64 = 64;
/** For so few rows it is faster to take them off one by one than to pass over all the sums. */
function few(job: Job, rows: i32, bytes: u64): bool {
  return <u64>rows * <u64>job.cols * bytes < <u64>job.sumsBytes;
}

function addRows(job: Job, slot: i32, start: i32, end: i32, sign: i32): void {
  const listed = sign > 0 && end - start === job.train ? 0 : <usize>job.rows + ((<usize>start) << 2);
  sumRows(job.codes, job.rowBytes, listed, end - start, job.packed, job.groups, job.groupCount, slotAt(job, slot), sign);
}

/** Sums the rows [start, end) into a slot. */
export function sumNode(job: Job, slot: i32, start: i32, end: i32): void {
  const clean = <usize>job.clean + <usize>slot;
  if (load<u8>(clean) === 0) clearSums(slotAt(job, slot), job.sumsBytes);
  store<u8>(clean, 0);
  addRows(job, slot, start, end, 1);
}

/** The sibling's sums in the place of the parent's: `child` holds those of the rows [start, end). */
export function takeSums(job: Job, parent: i32, child: i32, start: i32, end: i32): void {
  if (few(job, end - start, SUBTRACTED)) addRows(job, parent, start, end, -1);
  else subtractSums(slotAt(job, parent), slotAt(job, child), job.sumsBytes);
}

/** Takes the rows [start, end) off a slot's sums, where nobody needs theirs. */
export function takeRowsOff(job: Job, slot: i32, start: i32, end: i32): void {
  addRows(job, slot, start, end, -1);
}

/** Says that the sums of the rows [start, end) in a slot are not needed any more. */
export function giveUpSums(job: Job, slot: i32, start: i32, end: i32): void {
  if (!few(job, end - start, CLEARED)) return;
  addRows(job, slot, start, end, -1);
  store<u8>(<usize>job.clean + <usize>slot, 1);
}
