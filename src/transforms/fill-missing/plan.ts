/** Reads the node's parameters into one rule per column. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type ColumnSchema, type ColumnType, findColumn, type TableSchema } from '../../kind/schema.ts';
import { parseDateTime } from '../../table/datetime.ts';
import { BOOLEAN_LABELS, readNumber } from '../../table/verbs/cast.ts';

/** Never the target, identifiers and predictions. */
export const FILLABLE = { roles: ['feature', 'meta', 'group', 'weight', 'time'] } as const;

export type FillMethod = 'median' | 'mean' | 'mode' | 'constant' | 'ffill' | 'bfill' | 'leave';
export interface FillRule {
  column: string;
  type: ColumnType;
  method: FillMethod;
  /** For `constant`: a label, a number, milliseconds, or 1 and 0 for true and false. */
  value: string | number;
}
export interface Override {
  column: string;
  method: FillMethod;
  value: string;
}

export const overrides = (params: ParamValues): Override[] =>
  (params.overrides as unknown as (Override | { column: null })[]).filter((rule): rule is Override => rule.column !== null);

/** Every method that may be used. */
export const fillMethods = (params: ParamValues): FillMethod[] =>
  [params.numbers, params.labels, ...overrides(params).map((rule) => rule.method)] as FillMethod[];

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';

/** What a rule's text stands for in a column; undefined when it does not fit. */
export function constantFor(type: ColumnType, text: string): string | number | undefined {
  if (isLabel(type)) return text === '' ? undefined : text;
  if (type === 'boolean') {
    const at = BOOLEAN_LABELS.indexOf(text.trim().toLowerCase());
    return at < 0 ? undefined : at;
  }
  const value = type === 'datetime' ? parseDateTime(text.trim()) : readNumber(text);
  return Number.isNaN(value) ? undefined : value;
}

/** One number for all is meant for numbers: dates and true/false are left unless they have a rule of their own. */
function common({ type }: ColumnSchema, params: ParamValues): { method: FillMethod; value: string | number | undefined } {
  if (isLabel(type)) return { method: params.labels as FillMethod, value: constantFor(type, params.label as string) };
  const plain = type === 'number' || type === 'integer';
  return { method: params.numbers as FillMethod, value: plain ? (params.number as number) : undefined };
}

/** One rule per chosen column. A statistic that a type has not becomes the most frequent value; a constant that does not fit, none. */
export function fillRules(schema: TableSchema, params: ParamValues): FillRule[] {
  const own = new Map(overrides(params).map((rule) => [rule.column, rule]));
  const names = new Set([
    ...resolveColumns(params.columns as ColumnPick, schema, FILLABLE),
    ...resolveColumns({ names: [...own.keys()] }, schema, FILLABLE),
  ]);
  return [...names].flatMap((name): FillRule[] => {
    const found = findColumn(schema, name) as ColumnSchema;
    const { type } = found;
    const rule = own.get(name);
    const { method: wanted, value } = rule ? { method: rule.method, value: constantFor(type, rule.value) } : common(found, params);
    const method = (isLabel(type) || type === 'boolean') && (wanted === 'median' || wanted === 'mean') ? 'mode' : wanted;
    if (method === 'leave' || (method === 'constant' && value === undefined)) return [];
    return [{ column: name, type, method, value: value ?? '' }];
  });
}

/** Type of a filled column: a mean or a median of whole numbers need not be whole. */
export const filledType = ({ type, method, value }: FillRule): ColumnType =>
  type === 'integer' && (method === 'mean' || method === 'median' || (method === 'constant' && !Number.isInteger(value))) ? 'number' : type;
