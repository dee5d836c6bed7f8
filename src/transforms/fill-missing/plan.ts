/** Reads the node's parameters into one rule per column. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { ColumnType, TableSchema } from '../../kind/schema.ts';

export type FillMethod = 'median' | 'mean' | 'mode' | 'constant' | 'ffill' | 'bfill' | 'leave';
export interface FillRule {
  column: string;
  type: ColumnType;
  method: FillMethod;
  /** For `constant`. */
  value: string | number;
}
interface Override {
  column: string | null;
  method: FillMethod;
  value: string;
}

/** The chosen columns and every method that may be used on them. */
export function fillPlan(params: ParamValues): { columns: ColumnPick; methods: FillMethod[]; overrides: Override[] } {
  const overrides = (params.overrides as unknown as Override[]) ?? [];
  const methods = [params.numbers, params.labels, ...overrides.map((rule) => rule.method)] as FillMethod[];
  return { columns: params.columns as ColumnPick, methods, overrides };
}

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';

/** One rule per chosen column; the target is never touched. A statistic that a type has not becomes the most frequent value. */
export function fillRules(schema: TableSchema, params: ParamValues): FillRule[] {
  const plan = fillPlan(params);
  return resolveColumns(plan.columns, schema).flatMap((name): FillRule[] => {
    const found = schema.columns.find((column) => column.name === name);
    if (!found || found.role === 'target') return [];
    const own = plan.overrides.find((rule) => rule.column === name);
    const label = isLabel(found.type);
    let method = own?.method ?? ((label ? params.labels : params.numbers) as FillMethod);
    if (found.type === 'boolean' && !own)
      method = params.numbers === 'leave' ? 'leave' : params.numbers === 'constant' ? 'leave' : (params.numbers as FillMethod);
    if ((label || found.type === 'boolean') && (method === 'median' || method === 'mean')) method = 'mode';
    const value = own ? (label ? own.value : Number(own.value)) : ((label ? params.label : params.number) as string | number);
    return method === 'leave' ? [] : [{ column: name, type: found.type, method, value }];
  });
}
