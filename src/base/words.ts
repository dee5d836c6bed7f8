/** Texts that people read and the core makes: the English, with the code and the values by which another language says the same. */

import type { Json } from './json.ts';

/** What stands in a text: a name or number as it is, a phrase of its own, or a list (names in quotation marks, not numbers and labels). */
export type Arg = string | number | Phrase | (string | number | Phrase)[];
export type Phrase = {
  /** Stable, dotted, and the key of the translated text: `plan.waits`. */
  code: string;
  args: { [name: string]: Json };
  /** Filled in, English. */
  text: string;
};
/** Somebody's own words as they stand (a title, a file's name, what a script said), or a phrase of ours. */
export type Words = string | Phrase;

/** Names between braces; `{row|rows}` asks for `count`. */
type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}|${string}` ? 'count' : Name) | Names<Rest>
  : never;
type Args<T extends string> = [Names<T>] extends [never] ? [] : [args: Readonly<Record<Names<T>, Arg>>];

/**
 * `phrase('plan.waits', 'waits for {title}', { title })`. The code and the English are written out as literals, because
 * a test reads them there and looks for their translation. `{row|rows}` agrees with the number `count`.
 */
export function phrase<T extends string>(code: string, english: T, ...[args]: Args<T>): Phrase {
  const values: Phrase['args'] = args ?? {};
  return { code, args: values, text: fillIn(english, values, ENGLISH) ?? english };
}

/** How a language writes what stands in a text. */
export interface Writer {
  number: (value: number) => string;
  list: (items: readonly string[]) => string;
  phrase: (value: Phrase) => string;
}
export const ENGLISH: Writer = {
  // Only thousands are grouped, and a fit says hundreds of times how far it is: `toLocaleString` is slow.
  number: (value) => (Number.isInteger(value) && Math.abs(value) >= 1000 ? value.toLocaleString('en') : String(value)),
  list: (items) => items.join(', '),
  phrase: ({ text }) => text,
};

/** Between braces `name`, or `one` and `many` of which the number `count` chooses; before it `text` as it stands. */
interface Part {
  text: string;
  name?: string;
  one?: string;
  many?: string;
}
/** Templates taken apart: a fit says hundreds of times how far it is. */
const taken = new Map<string, Part[]>();

function partsOf(template: string): Part[] {
  const known = taken.get(template);
  if (known) return known;
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: whole, 1: one, 2: many, 3: name, index } of template.matchAll(/\{([^{}|]*)\|([^{}]*)\}|\{([\w-]+)\}/g)) {
    parts.push({ text: template.slice(from, index), name, one, many });
    from = index + whole.length;
  }
  parts.push({ text: template.slice(from) });
  taken.set(template, parts);
  return parts;
}

/** A template with its braces filled in; undefined when a value for one is not there. */
export function fillIn(template: string, args: Readonly<Record<string, unknown>>, writer: Writer): string | undefined {
  let filled = '';
  for (const { text, name, one, many } of partsOf(template)) {
    filled += text;
    if (one !== undefined) filled += args.count === 1 ? one : many;
    if (name === undefined) continue;
    const value = Object.hasOwn(args, name) ? write(args[name], writer) : undefined;
    if (value === undefined) return undefined;
    filled += value;
  }
  return filled;
}

function write(value: unknown, writer: Writer): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return writer.number(value);
  if (typeof value === 'boolean') return String(value);
  if (isPhrase(value)) return writer.phrase(value);
  if (!Array.isArray(value)) return undefined;
  return writer.list(
    value.map((item) => (typeof item === 'number' || isLabel(item) ? write(item, writer) : `“${write(item, writer)}”`) ?? ''),
  );
}

export const isPhrase = (value: unknown): value is Phrase =>
  typeof value === 'object' && value !== null && 'code' in value && 'text' in value && 'args' in value;

const isLabel = (value: unknown): boolean => isPhrase(value) && value.code === 'label';

/** As the command line, tables and messages of problems say it. */
export const inEnglish = (words: Words): string => (typeof words === 'string' ? words : words.text);

/** The name of a kind of node, which every language has in its list of kinds. */
export const kindName = ({ id, title }: { id: string; title: string }): Phrase => ({ code: 'kind', args: { id }, text: title });
/** A label, option or unit of a kind's record. */
export const labelWords = (label: string): Phrase => ({ code: 'label', args: {}, text: label });
/** The name of a metric. */
export const metricName = (id: string, title: string): Phrase => ({ code: 'metric', args: { id }, text: title });

/** "1 row", "1,309 rows"; likewise for columns. */
export const rowsOf = (count: number): Phrase => phrase('count.rows', '{count} {row|rows}', { count });
/** "1,309 × 6". */
export const tableSize = (rows: number, columns: number): Phrase => phrase('count.table', '{rows} × {columns}', { rows, columns });
/** "12 → 9 columns". */
export const columnsChanged = (before: number, after: number): Phrase =>
  phrase('count.columns-changed', '{before} → {after} columns', { before, after });
export const columnsOf = (count: number): Phrase => phrase('count.columns', '{count} {column|columns}', { count });
