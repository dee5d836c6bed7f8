/** How long a model takes to answer, per 1,000 rows: of few rows the start of an answer is most of it, so that they are asked again and again, as one table. */
import { gatherRows, type Table } from '../table/table.ts';

/** Rows that are enough as they are; fewer are repeated until they are so many. */
const ROWS = 1000;
/** An answer that took so many milliseconds is not asked for again: that would cost the race too much. */
const LONG_MS = 20;

/** Milliseconds per 1,000 rows. `took` is what the first answer, for all `rows`, took. */
export async function answerTime(rows: Table, took: number, answer: (rows: Table) => Promise<unknown>, now: () => number): Promise<number> {
  const count = rows.rowCount;
  if (count >= ROWS || took >= LONG_MS) return (took * 1000) / count;
  const many = gatherRows(
    rows,
    Int32Array.from({ length: ROWS }, (_, i) => i % count),
  );
  const began = now();
  await answer(many);
  return Math.min((took * 1000) / count, ((now() - began) * 1000) / ROWS);
}
