/** The target: guessing it, its task, its class list in contract order (contracts §2), and coding it for learners. */
import { type Problem, problem } from '../base/problem.ts';
import { compareText } from '../base/text-order.ts';
import { type Phrase, phrase } from '../base/words.ts';
import type { ColumnSchema, ColumnType, TableSchema } from '../kind/schema.ts';
import { type Column, cellAt, columnOf } from '../table/column.ts';
import { looksLikeClasses } from '../table/guess/class-codes.ts';
import { isIdentifierName, SURE_RANK, TARGET_RANKS, targetNameRank } from '../table/guess/target-names.ts';

/** Role names that are never features. */
const ASIDE: ReadonlySet<string> = new Set(['target', 'id', 'time', 'weight', 'group', 'meta', 'prediction', 'probability']);
export const isFeature = (column: Pick<ColumnSchema, 'role'>): boolean => !ASIDE.has(column.role);

export interface TargetGuess {
  column: string;
  reason: Phrase;
}
const MOST_CLASSES = 50;
/** Whether a column could be a target, as far as its schema tells. */
const possible = ({ name, type, categories }: ColumnSchema): boolean =>
  type !== 'text' &&
  type !== 'datetime' &&
  !isIdentifierName(name) &&
  (categories === undefined || (categories.length > 1 && categories.length <= MOST_CLASSES));

/**
 * The column most likely meant as the target: the one with that role; else one whose name says so (a last column of
 * categories goes before the less sure names); else the last column; else the last one of categories, then of numbers. Undefined when there is no column fit to be one.
 */
export function guessTarget(schema: TableSchema): TargetGuess | undefined {
  const marked = schema.columns.find((column) => column.role === 'target');
  if (marked) return { column: marked.name, reason: phrase('guess.role', 'it has the role target') };
  const free = schema.columns.filter(isFeature);
  const candidates = free.filter(possible);
  const last = candidates.at(-1);
  const ends = { first: free[0]?.name ?? '', last: free.at(-1)?.name ?? '' };
  for (const rank of TARGET_RANKS) {
    const words = last === free.at(-1) && (last?.type === 'category' || last?.type === 'boolean');
    if (rank > SURE_RANK && words) break;
    const named = candidates.findLast((column) => targetNameRank(column.name, ends) === rank);
    if (named) return { column: named.name, reason: phrase('guess.named', 'its name says so') };
  }
  if (last && last === free.at(-1)) return { column: last.name, reason: phrase('guess.last', 'it is the last column') };
  const few = candidates.findLast((column) => column.type === 'boolean' || column.type === 'category');
  if (few) return { column: few.name, reason: phrase('guess.last-category', 'it is the last column of categories') };
  return last && { column: last.name, reason: phrase('guess.last-number', 'it is the last column of numbers') };
}

/** The Problem of a target that a table does not have (any more); where One-hot or the like made columns of it, it says so. */
export function goneTarget(name: string, schema: TableSchema, param: string): Problem {
  const made = schema.columns.find((column) => column.name.startsWith(`${name}=`));
  return problem({
    code: 'model.target-gone',
    at: { param, column: name },
    args: { column: name },
    message: made
      ? phrase('model.target-encoded', 'The target column “{name}” was turned into others, such as “{made}”, before it came here.', {
          name,
          made: made.name,
        })
      : phrase('model.no-such-target', 'The target column “{name}” is not in this table.', { name }),
    hint: made
      ? phrase(
          'model.mark-target',
          'Set it as the target where the data comes in, and preparation leaves it alone; or leave it out of that step.',
        )
      : phrase('model.choose-target', 'Choose the column to predict under Target.'),
  });
}

/** A class as text; '' is a missing one. */
export function labelAt(column: Column, row: number): string {
  const cell = cellAt(column, row);
  return cell === null ? '' : String(cell === 0 ? 0 : cell);
}

/** Distinct values as text: booleans false < true, numbers ascending, texts by code point. Missing left out. */
export function classesOf(column: Column): string[] {
  if (column.type === 'category' || column.type === 'text') {
    const labels = new Set<string>();
    if (column.type === 'category') for (const code of new Set(column.codes)) code >= 0 && labels.add(column.dictionary[code]);
    else for (let i = 0; i < column.length; i++) labels.add(labelAt(column, i));
    labels.delete('');
    return [...labels].sort(compareText);
  }
  const present = [...new Set(column.values)].filter((value) => (column.type === 'boolean' ? value !== 2 : !Number.isNaN(value)));
  return present.sort((a, b) => a - b).map((value) => (column.type === 'boolean' ? String(value === 1) : String(value === 0 ? 0 : value)));
}

/** Class code of each row; NaN where missing or not a known class. */
export function encodeClasses(column: Column, classes: readonly string[]): Float64Array {
  const codes = new Map(classes.map((label, code) => [label, code]));
  const out = new Float64Array(column.length);
  if (column.type === 'category') {
    const byCode = column.dictionary.map((label) => codes.get(label) ?? Number.NaN);
    for (let i = 0; i < out.length; i++) out[i] = column.codes[i] < 0 ? Number.NaN : byCode[column.codes[i]];
    return out;
  }
  for (let i = 0; i < out.length; i++) out[i] = codes.get(labelAt(column, i)) ?? Number.NaN;
  return out;
}

/** Codes back to a column of the target's own type. */
export function decodeClasses(codes: Float64Array, classes: readonly string[], type: ColumnType): Column {
  const labels = Array.from(codes, (code) => (Number.isNaN(code) ? null : classes[code]));
  if (type === 'category') {
    return { type, length: codes.length, codes: Int32Array.from(codes, (code) => (Number.isNaN(code) ? -1 : code)), dictionary: classes };
  }
  if (type === 'text') return columnOf('text', labels);
  if (type === 'boolean')
    return columnOf(
      'boolean',
      labels.map((label) => (label === null ? null : label === 'true')),
    );
  return columnOf(
    type,
    labels.map((label) => (label === null ? null : Number(label))),
  );
}

/** Numbers of a column: booleans 0/1, date-times milliseconds; categories and texts have none (all NaN). */
export function numbersOf(column: Column): Float64Array {
  if (column.type === 'number' || column.type === 'integer' || column.type === 'datetime') return column.values;
  const out = new Float64Array(column.length).fill(Number.NaN);
  if (column.type === 'boolean') for (let i = 0; i < out.length; i++) if (column.values[i] !== 2) out[i] = column.values[i];
  return out;
}

/**
 * Categories, texts and yes/no are classified; so are whole numbers that look like class codes; other numbers are
 * regressed, if the learner can. `wanted` is what the user chose, when the learner asks.
 */
export function taskOf(
  column: Column,
  tasks: readonly ('classify' | 'regress')[] = ['classify', 'regress'],
  wanted?: unknown,
): 'classify' | 'regress' {
  if ((wanted === 'classify' || wanted === 'regress') && tasks.includes(wanted)) return wanted;
  if (column.type === 'category' || column.type === 'text' || column.type === 'boolean') return 'classify';
  if (!tasks.includes('regress')) return 'classify';
  if (!tasks.includes('classify')) return 'regress';
  return column.type === 'integer' && looksLikeClasses(column.values) ? 'classify' : 'regress';
}
