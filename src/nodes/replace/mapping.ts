/** What the pairs of Replace mean for each column type; the table step and the ONNX graph both read it from here. */
import type { ParamValues } from '../../kind/params.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { parseDateTime } from '../../table/datetime.ts';
import { BOOLEAN_LABELS } from '../../table/verbs/cast.ts';

export interface Replacement {
  find: string;
  replace: string;
}
export const replacements = (params: ParamValues): Replacement[] => params.values as unknown as Replacement[];

/** The value that a text stands for in a column of numbers, dates or true/false: NaN is missing, undefined none of them. */
function readValue(type: ColumnType, source: string): number | undefined {
  const text = source.trim();
  if (text === '') return Number.NaN;
  if (type === 'boolean') {
    const at = BOOLEAN_LABELS.indexOf(text.toLowerCase());
    return at < 0 ? undefined : at;
  }
  const value = type === 'datetime' ? parseDateTime(text) : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** Pairs that a column of this type can hold, the first of equal finds; patterns and parts are for texts only. */
export function valuePairs(type: ColumnType, params: ParamValues): Map<number, number> {
  const pairs = new Map<number, number>();
  if (params.mode !== 'whole') return pairs;
  for (const { find, replace } of replacements(params)) {
    const from = readValue(type, find);
    const to = readValue(type, replace);
    if (from !== undefined && to !== undefined && !pairs.has(from)) pairs.set(from, to);
  }
  return pairs;
}

/** Type of a column after its values are replaced: whole numbers become numbers when a fraction is written. */
export function typeAfter(type: ColumnType, params: ParamValues): ColumnType {
  const fraction = [...valuePairs(type, params).values()].some((value) => !Number.isNaN(value) && !Number.isInteger(value));
  return type === 'integer' && fraction ? 'number' : type;
}

/** The new label of a label, '' for missing; one function for text and categories. */
export function relabel(params: ParamValues): (label: string) => string {
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

/** Labels after the replacement, in the order of those before; what is written into missing cells comes last. */
export function categoriesAfter(labels: readonly string[], params: ParamValues): string[] {
  const change = relabel(params);
  return [...new Set([...labels.map(change), change('')])].filter((label) => label !== '');
}
