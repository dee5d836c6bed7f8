/** What is known of a table without its rows: columns with type, role, and which input columns each one comes from. */
export type ColumnType = 'number' | 'integer' | 'boolean' | 'category' | 'text' | 'datetime';
/** How dates such as 01/02/2023 are read. */
export type DateOrder = 'month-first' | 'day-first';
export type Role = 'feature' | 'target' | 'id' | 'time' | 'weight' | 'group' | 'meta' | 'prediction' | 'probability';

export interface ColumnSchema {
  name: string;
  type: ColumnType;
  role: Role;
  /** Known categories, in dictionary order; absent when not known before a run. */
  categories?: readonly string[];
  /** Names of the input columns that this one is computed from (provenance, for leaks), relative to the step that says it; own name when passed through. */
  from?: readonly string[];
  /** Names of columns of the other table inputs that this one is computed from, when there are several inputs. */
  fromSides?: readonly string[];
  /** For `prediction`/`probability`: which model wrote it, what it predicts, and for which class. */
  model?: string;
  of?: string;
  className?: string;
  /** Dates that were read from texts which the other order would read otherwise, or not at all. */
  dateOrder?: DateOrder;
}

/** `open` says that more columns may appear at run time (transpose, pivot, a script). */
export interface TableSchema {
  columns: readonly ColumnSchema[];
  rowCount?: number;
  open?: boolean;
}

export const column = (name: string, type: ColumnType, more: Partial<ColumnSchema> = {}): ColumnSchema => ({
  name,
  type,
  role: 'feature',
  ...more,
});

export const findColumn = (schema: TableSchema, name: string): ColumnSchema | undefined => schema.columns.find((c) => c.name === name);

export const isNumeric = (type: ColumnType): boolean => type === 'number' || type === 'integer' || type === 'boolean';

/** The name, or with _2, _3 … where it is taken; the answer is added to `taken`. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

/** Role of a column computed from one: what is kept from learning stays so; everything else becomes a feature. */
export const derivedRole = (source: Role): Role => (source === 'meta' ? 'meta' : 'feature');
