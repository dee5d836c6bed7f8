/** Several nodes of one kind seen as one: the settings that all of them show, the values they share, and where they differ; pure. */
import { canonical, type Json } from '../../base/json.ts';
import type { DocumentNode } from '../../engine/document.ts';
import { isShown } from '../../kind/fill.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param, ParamValues } from '../../kind/params.ts';
import type { ColumnSchema, TableSchema } from '../../kind/schema.ts';
import { valuesOf } from '../state/kinds.ts';

export interface SharedValues {
  /** Settings that every node shows, in the order of the form. */
  entries: [string, Param][];
  /** The first node's values; what counts for all of them where `differs` does not name the setting. */
  values: ParamValues;
  /** How many different values a setting has, for those with more than one. */
  differs: Record<string, number>;
  /** Settings that are not at their default in some node. */
  changed: ReadonlySet<string>;
}

const sameJson = (a: Json | undefined, b: unknown) => canonical(a ?? null) === canonical(b ?? null);

export function sharedValues(nodes: readonly DocumentNode[], kind: Kind): SharedValues {
  const all = nodes.map((node) => valuesOf(node, kind));
  const entries = Object.entries(kind.params).filter(([, param]) => all.every((values) => isShown(param, values)));
  const differs: Record<string, number> = {};
  const changed = new Set<string>();
  for (const [id, param] of entries) {
    const distinct = new Set(all.map((values) => canonical(values[id] ?? null))).size;
    if (distinct > 1) differs[id] = distinct;
    if (all.some((values) => !sameJson(values[id], param.default))) changed.add(id);
  }
  return { entries, values: all[0] ?? {}, differs, changed };
}

/** Columns that all of the tables have, by name; of one type, else they are told as text. Undefined when one table is not known. */
export function commonSchema(schemas: readonly (TableSchema | undefined)[]): TableSchema | undefined {
  const [first, ...others] = schemas;
  if (!first || others.some((schema) => schema === undefined)) return undefined;
  if (others.length === 0) return first;
  const columns = first.columns.flatMap((column): ColumnSchema[] => {
    const twins = others.map((schema) => schema?.columns.find((other) => other.name === column.name));
    if (twins.some((twin) => twin === undefined)) return [];
    return [twins.every((twin) => twin?.type === column.type) ? column : { ...column, type: 'text' }];
  });
  return { columns, ...(schemas.some((schema) => schema?.open) ? { open: true } : {}) };
}
