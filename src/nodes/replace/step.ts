/** Replace as a table step, as pandas' replace with a mapping: all pairs at once, the first that fits wins. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { booleans, type Column, categories, cellAt, type NumericColumn, numeric, texts } from '../../table/column.ts';
import { columnNamed, type Table, withColumn } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { categoriesAfter, relabel, typeAfter, valuePairs } from './mapping.ts';

export { lower } from './lower.ts';

/** The very same column when no pair can touch it, so that nothing thinks it changed. */
function replaceColumn(column: Column, params: ParamValues): Column {
  switch (column.type) {
    case 'category': {
      const change = relabel(params);
      const labels = categoriesAfter(column.dictionary, params);
      const codeOf = new Map(labels.map((label, code) => [label, code]));
      const codes = column.dictionary.map((label) => codeOf.get(change(label)) ?? -1);
      const missing = codeOf.get(change('')) ?? -1;
      if (missing < 0 && labels.length === codes.length && codes.every((code, i) => labels[code] === column.dictionary[i])) return column;
      return categories(
        column.codes.map((code) => (code < 0 ? missing : codes[code])),
        labels,
      );
    }
    case 'text': {
      const change = relabel(params);
      let same = true;
      const rows = Array.from({ length: column.length }, (_, i) => {
        const before = String(cellAt(column, i) ?? '');
        const after = change(before);
        same &&= after === before;
        return after;
      });
      return same ? column : texts(rows);
    }
    default: {
      const pairs = valuePairs(column.type, params);
      const found = (value: number) => pairs.has(column.type === 'boolean' && value === 2 ? Number.NaN : value);
      const type = typeAfter(column.type, params);
      if (type === column.type && !column.values.some(found)) return column;
      const written = (value: number) => pairs.get(value) ?? value;
      if (column.type === 'boolean') {
        const codes = [written(0), written(1), written(Number.NaN)].map((value) => (Number.isNaN(value) ? 2 : value));
        return booleans(column.values.map((value) => codes[value]));
      }
      return numeric(column.values.map(written), type as NumericColumn['type']);
    }
  }
}

export const apply = (table: Table, params: ParamValues): Table =>
  chosenNames(table, params.columns as ColumnPick).reduce(
    (result, name) => withColumn(result, name, replaceColumn(columnNamed(table, name), params)),
    table,
  );

/** How many cells are other than before, in the columns that changed. */
export function headline(before: Table, after: Table): Phrase {
  let count = 0;
  after.columns.forEach((column, k) => {
    const old = before.columns[k];
    if (column === old) return;
    for (let i = 0; i < column.length; i++) if (!Object.is(cellAt(column, i), cellAt(old, i))) count++;
  });
  return phrase('result.replaced', '{count} replaced', { count });
}
