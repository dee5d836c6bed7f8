/** Sums of nodes in their slots: made from rows, taken from a parent, given up. All are whole numbers, so that taking rows off again is exact. */
import { Job } from './boosting-job.as.ts';
import { clearSums, subtractSums, sumRows } from './histogram.as.ts';

/* inline */ function slotAt(job: Job, slot: i32): usize {
  return <usize>job.sums + <usize>slot * <usize>job.sumsBytes;
}

/** For so few rows it is faster to take them off one by one than to pass over all the sums. */
function few(job: Job, rows: i32): bool {
  return <u64>rows * <u64>job.cols * 16 < <u64>job.sumsBytes;
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
  if (few(job, end - start)) addRows(job, parent, start, end, -1);
  else subtractSums(slotAt(job, parent), slotAt(job, child), job.sumsBytes);
}

/** Says that the sums of the rows [start, end) in a slot are not needed any more. */
export function giveUpSums(job: Job, slot: i32, start: i32, end: i32): void {
  if (!few(job, end - start)) return;
  addRows(job, slot, start, end, -1);
  store<u8>(<usize>job.clean + <usize>slot, 1);
}
