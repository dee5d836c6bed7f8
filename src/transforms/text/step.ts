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
import type { FittedText, TextColumn } from './fitted.ts';
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
      .map(([term, rows]) => ({ term, rows, weight: weightOf(rows), spread: rows * (table.rowCount - rows) }))
      .sort((a, b) => b.spread - a.spread || compareText(a.term, b.term))
      .slice(0, Number(params.terms))
      .sort((a, b) => Number(a.term.includes(' ')) - Number(b.term.includes(' ')) || compareText(a.term, b.term));
    return {
      name,
      terms: said.map(({ term }) => term),
      weights: said.map(({ weight }) => weight),
      names: [...said.map(({ term }) => freeName(`${name}: ${term}`, taken)), freeName(`${name}: number of words`, taken)],
    };
  });
  return { columns };
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

function valuesOf(table: Table, { name, terms, weights }: TextColumn, params: ParamValues): Float64Array[] {
  const { codes, labels } = coded(columnNamed(table, name));
  const place = new Map(terms.map((term, at) => [term, at]));
  const values = [...terms, ''].map(() => new Float64Array(table.rowCount));
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
    return [...made, { at: terms.length, value: words.length }];
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
