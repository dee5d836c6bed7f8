/** Words to numbers as a table step: a vocabulary learned from the learning rows, one column per term. */
import { log } from '../../base/float.ts';
import { compareText } from '../../base/text-order.ts';
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { derivedRole, freeName } from '../../kind/schema.ts';
import { numeric } from '../../table/column.ts';
import { columnIndex, columnNamed, type Field, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { coded } from '../encode/step.ts';
import { type FittedText, placesOf, type TextColumn } from './fitted.ts';
import { pickOf } from './kind.ts';
import { termsOf, wordsOf } from './words.ts';

export { lower } from './lower.ts';

/** Terms of each distinct text, with how many rows have it. */
function documents(table: Table, name: string, pairs: boolean): { terms: Set<string>; rows: number }[] {
  const { codes, labels } = coded(columnNamed(table, name));
  const rows = new Float64Array(labels.length);
  for (const code of codes) if (code >= 0) rows[code]++;
  return labels.flatMap((label, code) => (rows[code] > 0 ? [{ terms: new Set(termsOf(wordsOf(label), pairs)), rows: rows[code] }] : []));
}

export function fit(table: Table, params: ParamValues): FittedText {
  const taken = new Set(table.fields.map((field) => field.name));
  const pairs = params.pairs === true;
  const columns = chosenNames(table, params.columns as ColumnPick, pickOf(params.columns)).map((name): TextColumn => {
    const found = new Map<string, number>();
    for (const { terms, rows } of documents(table, name, pairs)) for (const term of terms) found.set(term, (found.get(term) ?? 0) + rows);
    // As scikit-learn smooths it: as if one more row had every term.
    const weightOf = (rows: number) => log((1 + table.rowCount) / (1 + rows)) + 1;
    const said = [...found]
      .filter(([, rows]) => rows >= Number(params.rows))
      .map(([term, rows]) => ({ term, rows, spread: rows * (table.rowCount - rows) }))
      .sort((a, b) => b.spread - a.spread || compareText(a.term, b.term));
    const own = said.slice(0, Number(params.terms)).sort(inPool);
    const others = said.slice(own.length, own.length + MOST_OTHERS);
    const shared = Math.min(others.length, Number(params.others ?? 0));
    const buckets = others.map(({ term }) => textHash(term) % Math.max(1, shared));
    // Only columns that some word is counted in: the graph knows no others.
    const used = shared > 0 ? [...new Set(buckets)].sort((a, b) => a - b) : [];
    const rank = new Map(used.map((bucket, i) => [bucket, own.length + i]));
    const counted = shared > 0 ? [...own, ...others].sort(inPool) : own;
    const place = new Map([
      ...own.map(({ term }, at) => [term, at] as const),
      ...(shared > 0 ? others.map(({ term }, i) => [term, rank.get(buckets[i])!] as const) : []),
    ]);
    const at = counted.map(({ term }) => place.get(term)!);
    const rows = new Float64Array(own.length + used.length);
    // Rows with several words of a column are counted several times: there are no more than all.
    counted.forEach((entry, i) => {
      rows[at[i]] = Math.min(table.rowCount, rows[at[i]] + entry.rows);
    });
    return {
      name,
      terms: counted.map(({ term }) => term),
      ...(shared > 0 ? { at } : {}),
      weights: Array.from(rows, weightOf),
      names: [
        ...own.map(({ term }) => freeName(`${name}: ${term}`, taken)),
        ...used.map((_, i) => freeName(`${name}: other words ${i + 1}`, taken)),
        freeName(`${name}: number of words`, taken),
      ],
    };
  });
  return { columns };
}

/** Words that share columns, at most. */
const MOST_OTHERS = 20_000;
/** Single words before pairs, each in code-point order. */
const inPool = (a: { term: string }, b: { term: string }): number =>
  Number(a.term.includes(' ')) - Number(b.term.includes(' ')) || compareText(a.term, b.term);

/** FNV-1a over UTF-16 units (Fowler, Noll and Vo), its bits mixed once more: a whole number below 2³². */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Missing texts have no words. */
export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  const { columns } = fitted as FittedText;
  const gone = new Set(params.keep === true ? [] : columns.map(({ name }) => name));
  const kept = table.fields.map((_, i) => i).filter((i) => !gone.has(table.fields[i].name));
  const fields: Field[] = kept.map((i) => table.fields[i]);
  const cells = kept.map((i) => table.columns[i]);
  for (const column of columns) {
    const role = derivedRole(table.fields[columnIndex(table, column.name)].role);
    fields.push(...column.names.map((name) => ({ name, role })));
    cells.push(...valuesOf(table, column, params).map((values) => numeric(values)));
  }
  return withColumns(table, fields, cells);
}

function valuesOf(table: Table, column: TextColumn, params: ParamValues): Float64Array[] {
  const { name, terms, weights } = column;
  const { codes, labels } = coded(columnNamed(table, name));
  const places = placesOf(column);
  const place = new Map(terms.map((term, i) => [term, places[i]]));
  const values = [...weights, 0].map(() => new Float64Array(table.rowCount));
  const known = new Map<number, { at: number; value: number }[]>();
  const of = (code: number) => {
    const words = wordsOf(labels[code]);
    const counts = new Map<number, number>();
    for (const term of termsOf(words, params.pairs === true)) {
      const at = place.get(term);
      if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    const made = [...counts].map(([at, count]) => ({
      at,
      value: params.method === 'flags' ? 1 : params.method === 'counts' ? count : (count / words.length) * weights[at],
    }));
    return [...made, { at: weights.length, value: words.length }];
  };
  codes.forEach((code, row) => {
    if (code < 0) return;
    let entries = known.get(code);
    if (!entries) known.set(code, (entries = of(code)));
    for (const { at, value } of entries) values[at][row] = value;
  });
  return values;
}

export const provenance = (fitted: unknown) =>
  (fitted as FittedText).columns.flatMap(({ name, names }) => names.map((own) => ({ name: own, from: [name] })));

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.columns.length, after.columns.length);
