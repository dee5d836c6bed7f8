/** Where each column of a table comes from, across steps: an identity that survives being passed on, and all ancestors. */
import type { ColumnSchema, ColumnType, TableSchema } from '../kind/schema.ts';

export interface ColumnLineage {
  id: string;
  type: ColumnType;
  /** Identities of every column that it is computed from, near and far. */
  ancestors: ReadonlySet<string>;
  /** The one column that it is a new form of: renamed, cast, its logarithm. */
  parent?: ColumnLineage;
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
    const { name, type } = column;
    const own = find(name)[0];
    const from = column.from ?? [name];
    const kept = !column.fromSides && from.length === 1 && from[0] === name;
    if (kept && own) return own;
    const aside = (column.fromSides ?? []).flatMap((side) => inputs.slice(1).flatMap((lineage) => lineage.get(side) ?? []));
    const sources = [...from.filter((source) => !blind(source)).flatMap(find), ...aside];
    const ancestors = new Set(sources.flatMap((source) => [source.id, ...source.ancestors]));
    const parent = from.includes(name) ? own : from.length === 1 && !column.fromSides ? sources[0] : undefined;
    return { id: `${place} ${name}`, type, ancestors: kept ? NONE : ancestors, ...(parent ? { parent } : {}) };
  };
  return new Map(output.columns.map((column) => [column.name, trace(column)]));
}

/** The column and what it was before it was renamed, cast or rescaled. A part of a date is not the date. */
function formsOf(column: ColumnLineage | undefined): Set<string> {
  const forms = new Set<string>();
  for (let at = column; at; at = at.parent?.type === 'datetime' && at.type !== 'datetime' ? undefined : at.parent) forms.add(at.id);
  return forms;
}

export interface Telling {
  column: string;
  /** `made`: it is computed from the target; `source`: the target is computed from it. */
  how: 'made' | 'source';
}
/** Columns among `names` that tell the column `target`, in any of its forms. */
export function tellingOf(lineage: Lineage, names: readonly string[], target: string): Telling[] {
  const forms = formsOf(lineage.get(target));
  return names.flatMap((name): Telling[] => {
    const column = lineage.get(name);
    if (name === target || !column) return [];
    if (forms.has(column.id)) return [{ column: name, how: 'source' }];
    return [...column.ancestors].some((id) => forms.has(id)) ? [{ column: name, how: 'made' }] : [];
  });
}
