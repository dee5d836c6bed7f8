/** Replace as a table step, as pandas' replace with a mapping: all pairs at once, the first that fits wins. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { booleans, type Column, categoriesOf, cellAt, numeric, texts } from '../../table/column.ts';
import { columnNamed, schemaOf, type Table, withColumn } from '../../table/table.ts';
import { asNumber, replacements } from './kind.ts';

export { lower } from './lower.ts';

/** The new label of a label, '' for missing; one function for text and categories. */
function relabel(params: ParamValues): (label: string) => string {
  const fold = (label: string) => (params.ignoreCase ? label.toLowerCase() : label);
  if (params.mode === 'whole') {
    const map = new Map<string, string>();
    for (const pair of replacements(params)) if (!map.has(fold(pair.find))) map.set(fold(pair.find), pair.replace);
    return (label) => map.get(fold(label)) ?? label;
  }
  const escaped = (source: string) => source.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const rules = replacements(params)
    .filter((pair) => pair.find !== '')
    .map((pair) => ({
      pattern: new RegExp(params.mode === 'part' ? escaped(pair.find) : pair.find, params.ignoreCase ? 'gui' : 'gu'),
      text: params.mode === 'part' ? pair.replace.replaceAll('$', '$$$$') : pair.replace,
    }));
  return (label) => rules.reduce((text, rule) => (text === '' ? text : text.replace(rule.pattern, rule.text)), label);
}

function replaceNumbers(values: Float64Array, params: ParamValues): { values: Float64Array; whole: boolean } {
  const map = new Map<number, number>();
  for (const pair of replacements(params)) {
    const find = asNumber(pair.find);
    const write = asNumber(pair.replace);
    if (find !== undefined && write !== undefined && !map.has(find)) map.set(find, write);
  }
  return {
    values: values.map((value) => map.get(value) ?? value),
    whole: [...map.values()].every((value) => Number.isNaN(value) || Number.isInteger(value)),
  };
}

function replaceColumn(column: Column, params: ParamValues): Column {
  switch (column.type) {
    case 'category': {
      const change = relabel(params);
      const labels = column.dictionary.map(change);
      const missing = change('');
      return categoriesOf(Array.from(column.codes, (code) => (code < 0 ? missing : labels[code])));
    }
    case 'text': {
      const change = relabel(params);
      return texts(Array.from({ length: column.length }, (_, i) => change(String(cellAt(column, i) ?? ''))));
    }
    case 'boolean': {
      const change = relabel({ ...params, mode: 'whole', ignoreCase: true });
      const codes = ['false', 'true', ''].map((label, code) => {
        const at = ['false', 'true', ''].indexOf(change(label).toLowerCase());
        return at < 0 ? code : at;
      });
      return booleans(column.values.map((value) => codes[value]));
    }
    default: {
      if (params.mode !== 'whole') return column;
      const { values, whole } = replaceNumbers(column.values, params);
      return numeric(values, column.type === 'integer' && !whole ? 'number' : column.type);
    }
  }
}

export function apply(table: Table, params: ParamValues): Table {
  const names = resolveColumns(params.columns as ColumnPick, schemaOf(table));
  return names.reduce((result, name) => withColumn(result, name, replaceColumn(columnNamed(table, name), params)), table);
}
