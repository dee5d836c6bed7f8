/** Counts what the reader had to guess, change or leave out, and turns each count into one Problem with the first rows at fault. */
import { type Problem, problem } from '../../base/problem.ts';
import { type Arg, ENGLISH, fillIn, phrase } from '../../base/words.ts';
import { FINDINGS, type FindingCode } from './findings.ts';

interface Count {
  code: FindingCode;
  column?: string;
  count: number;
  rows: number[];
  samples: string[];
  about: Record<string, Arg>;
}
const SHOWN = 5;
/** Columns reported one by one for the same finding; the rest share one Problem. */
const COLUMNS_SHOWN = 50;

export interface Occurrence {
  column?: string;
  /** Data row from 0. */
  row?: number;
  sample?: string;
  count?: number;
  about?: Record<string, Arg>;
}

export class Tally {
  readonly #counts = new Map<string, Count>();

  add(code: FindingCode, { column, row, sample, count = 1, about }: Occurrence = {}): void {
    const key = column === undefined ? code : `${code} ${column}`;
    let entry = this.#counts.get(key);
    if (!entry) {
      entry = { code, column, count: 0, rows: [], samples: [], about: {} };
      this.#counts.set(key, entry);
    }
    entry.count += count;
    if (row !== undefined && entry.rows.length < SHOWN && !entry.rows.includes(row + 1)) entry.rows.push(row + 1);
    if (sample !== undefined && entry.samples.length < SHOWN && !entry.samples.includes(sample)) entry.samples.push(sample.slice(0, 40));
    if (about) Object.assign(entry.about, about);
  }

  /**
   * One Problem per code and column, in the order first met; beyond 50 columns one more for all others (`args.columns`).
   * `args`: count, rows (from 1), samples and what the code adds.
   */
  problems(): Problem[] {
    const perCode = new Map<FindingCode, number>();
    const rest = new Map<FindingCode, { count: number; columns: number }>();
    const shown = [...this.#counts.values()].filter(({ code, column, count }) => {
      const before = column === undefined ? 0 : (perCode.get(code) ?? 0);
      perCode.set(code, before + 1);
      if (before < COLUMNS_SHOWN) return true;
      const { count: soFar, columns } = rest.get(code) ?? { count: 0, columns: 0 };
      rest.set(code, { count: soFar + count, columns: columns + 1 });
      return false;
    });
    return [...shown.map(problemOf), ...[...rest].map(([code, args]) => restOf(code, args))];
  }
}

function problemOf({ code, column, count, rows, samples, about }: Count): Problem {
  const { severity, message, hint } = FINDINGS[code];
  const args = { ...about, count, rows, samples, where: whereOf(rows, count), ...(column === undefined ? {} : { column }) };
  return problem({
    code,
    severity,
    at: { ...(column === undefined ? {} : { column }), ...(rows.length > 0 ? { row: rows[0] - 1 } : {}) },
    args,
    message: fillIn(message, args, ENGLISH) ?? message,
    hint: fillIn(hint, args, ENGLISH) ?? hint,
  });
}

/** " (rows 1, 5, …)": the rows that are named, and whether there are more. */
function whereOf(rows: number[], count: number): Arg {
  if (rows.length === 0) return '';
  return count > rows.length
    ? phrase('finding.rows-and-more', ' ({row|rows} {rows}, …)', { rows, count: rows.length })
    : phrase('finding.rows', ' ({row|rows} {rows})', { rows, count: rows.length });
}

const restOf = (code: FindingCode, args: { count: number; columns: number }): Problem =>
  problem({
    code,
    severity: FINDINGS[code].severity,
    args,
    message: phrase('finding.more-columns', 'The same was found in {columns} more columns.', { columns: args.columns }),
    hint: phrase('finding.more-columns-hint', 'The step’s log lists the type of each column.'),
  });
