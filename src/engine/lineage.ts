/** Where each column of a table comes from, across steps: an identity that survives being passed on, and all ancestors. */
import type { ColumnSchema, TableSchema } from '../kind/schema.ts';

export interface ColumnLineage {
  id: string;
  /** Identities of every column that it is computed from, near and far. */
  ancestors: ReadonlySet<string>;
}
export type Lineage = ReadonlyMap<string, ColumnLineage>;

const NONE: ReadonlySet<string> = new Set();

/**
 * Lineage of a step's output from its inputs'. A column that says nothing of itself, or comes from its own name only, is
 * passed on; `blind` names columns that the step reads in a way that is refitted, hence leaks nothing (target encoding).
 */
export function lineageOf(place: string, output: TableSchema, inputs: readonly Lineage[], blind: (name: string) => boolean): Lineage {
  const find = (name: string) => inputs.flatMap((lineage) => lineage.get(name) ?? []);
  const trace = (column: ColumnSchema): ColumnLineage => {
    const own = find(column.name)[0];
    const from = column.from ?? [column.name];
    const kept = from.length === 1 && from[0] === column.name;
    if (kept && own) return own;
    const sources = from.filter((name) => !blind(name)).flatMap(find);
    const ancestors = new Set(sources.flatMap((source) => [source.id, ...source.ancestors]));
    return { id: `${place} ${column.name}`, ancestors: kept ? NONE : ancestors };
  };
  return new Map(output.columns.map((column) => [column.name, trace(column)]));
}

/** Columns among `names` whose ancestors include the column `target`. */
export function derivedFrom(lineage: Lineage, names: readonly string[], target: string): string[] {
  const id = lineage.get(target)?.id;
  return id === undefined ? [] : names.filter((name) => name !== target && lineage.get(name)?.ancestors.has(id));
}
