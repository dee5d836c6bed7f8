/** Guesses which column a user will want to predict, and says why; a guess to start from, always changed by one click. */
import { phrase } from '../../base/words.ts';
import type { Column } from '../column.ts';
import type { Sniff } from '../sniff.ts';
import type { Table } from '../table.ts';
import { looksLikeClasses } from './class-codes.ts';
import { isRetold } from './retold.ts';
import { isIdentifierName, namesAmount, SURE_RANK, TARGET_RANKS, targetNameRank } from './target-names.ts';

type Target = NonNullable<Sniff['target']>;

const MOST_CLASSES = 50;
const SCAN_ROWS = 20_000;

/** Distinct values in the first rows, up to `limit` + 1; missing left out. */
function distinctUpTo(column: Column, limit: number): number {
  if (column.type === 'text') return limit + 1;
  const values = column.type === 'category' ? column.codes : column.values;
  const missing = column.type === 'category' ? -1 : column.type === 'boolean' ? 2 : Number.NaN;
  const seen = new Set<number>();
  for (let i = 0; i < Math.min(values.length, SCAN_ROWS) && seen.size <= limit; i++) {
    if (values[i] !== missing && !Number.isNaN(values[i])) seen.add(values[i]);
  }
  return seen.size;
}

/** What predicting the column would be; undefined when it cannot be a target (one value, dates, free text, identifiers). */
function taskOf(name: string, column: Column): Target['task'] | undefined {
  const distinct = distinctUpTo(column, MOST_CLASSES);
  if (distinct < 2 || column.type === 'text' || column.type === 'datetime' || isIdentifierName(name)) return undefined;
  if (column.type === 'category' || column.type === 'boolean') return distinct <= MOST_CLASSES ? 'classify' : undefined;
  return column.type === 'integer' && looksLikeClasses(column.values.subarray(0, SCAN_ROWS)) ? 'classify' : 'regress';
}

/** Codes that only say another column over again are hardly what somebody wants to predict; names may be. */
const saysAnother = (table: Table, column: Column) =>
  isRetold(
    column,
    table.columns.filter((other) => other !== column),
    Math.min(table.rowCount, SCAN_ROWS),
  );

export function guessTarget(table: Table): Target | undefined {
  const free = table.fields.filter((field) => field.role !== 'id');
  if (free.length < 2) return undefined;
  const ends = { first: free[0].name, last: free[free.length - 1].name };
  const candidates = table.fields.flatMap((field, i) => {
    const task = field.role === 'id' ? undefined : taskOf(field.name, table.columns[i]);
    return task ? [{ name: field.name, task, column: table.columns[i], last: field.name === ends.last }] : [];
  });
  const levels = (c: (typeof candidates)[number]) => distinctUpTo(c.column, MOST_CLASSES);
  const named = (ranks: readonly number[]): Target | undefined => {
    for (const rank of ranks) {
      const fits = candidates.filter((c) => c.task === 'regress' || !namesAmount(c.name));
      const found = fits.findLast((c) => targetNameRank(c.name, ends) === rank);
      const reason = found && phrase('guess.name', 'its name, “{name}”, says that it is the outcome', { name: found.name });
      if (found && reason) return { column: found.name, task: found.task, reason };
    }
    return undefined;
  };
  const sure = named(TARGET_RANKS.filter((rank) => rank <= SURE_RANK));
  if (sure) return sure;
  const end = candidates.find((c) => c.last);
  const last = end?.task === 'classify' && end.column.type === 'integer' && saysAnother(table, end.column) ? undefined : end;
  const words = candidates.filter(({ column }) => column.type === 'category');
  if (words.length === 1 && words[0].name === ends.first && end?.task === 'classify' && end.column.type === 'integer') {
    const reason = phrase('guess.only-words', 'it is the first column and the only one of words');
    return { column: ends.first, task: 'classify', reason };
  }
  if (last?.task === 'classify') {
    const reason = phrase('guess.last-levels', 'it is the last column and has {values} different values', { values: levels(last) });
    return { column: last.name, task: 'classify', reason };
  }
  const likely = named(TARGET_RANKS.filter((rank) => rank > SURE_RANK));
  if (likely) return likely;
  const binary = candidates.filter((c) => c.task === 'classify' && distinctUpTo(c.column, 2) === 2);
  if (binary.length === 1 && !last)
    return { column: binary[0].name, task: 'classify', reason: phrase('guess.only-binary', 'it is the only column with two values') };
  if (last) return { column: last.name, task: last.task, reason: phrase('guess.last', 'it is the last column') };
  const first = candidates.find((c) => c.name === ends.first && c.task === 'classify');
  if (first) {
    const reason = phrase('guess.first-levels', 'it is the first column and has {values} different values', { values: levels(first) });
    return { column: first.name, task: first.task, reason };
  }
  const other = candidates.findLast((c) => !c.last) ?? end;
  return other && { column: other.name, task: other.task, reason: phrase('guess.last-fit', 'it is the last column that can be predicted') };
}
