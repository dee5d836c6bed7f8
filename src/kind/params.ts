/**
 * Parameter builders. One record per parameter carries everything that the form, the check, the key, the docs, the JSON
 * Schema and the AutoML space need. Values in documents are plain JSON.
 */
import type { Json } from '../base/json.ts';
import type { ColumnType, Role } from './schema.ts';

interface Common {
  label: string;
  help: string;
  /** The name that scikit-learn, pandas or Azure uses for it, shown in help and found by search. */
  alias?: string;
  unit?: string;
  advanced?: boolean;
  /** The heading that it stands under in the form, together with its neighbours of the same one. */
  section?: string;
  /** `view` parameters change what is shown only, and are in no key. Default `result`. */
  effect?: 'result' | 'view';
  /** Shown only while another parameter, or an item of it where it is a list, has one of these values. */
  when?: { param: string; in: readonly Json[] };
}
/** Search range for tuning and AutoML; `log` samples on a log scale. */
export interface Tune {
  min: number;
  max: number;
  log?: boolean;
}
/** Which columns of which input port a picker offers. */
export interface ColumnFilter {
  port?: string;
  types?: readonly ColumnType[];
  roles?: readonly Role[];
}
/** A column choice: names in order, or rules, plus exclusions. `all` means every column the filter allows. */
export type ColumnPick = { all: true; except?: string[] } | { names: string[] } | { types: ColumnType[] } | { pattern: string };

export interface NumberParam extends Common {
  type: 'number' | 'integer';
  default: number | null;
  min?: number;
  max?: number;
  step?: number;
  /** `null` means "choose for me"; the label of that choice. */
  auto?: string;
  log?: boolean;
  tune?: Tune;
}
export interface ChoiceParam extends Common {
  type: 'choice';
  default: string;
  options: readonly { value: string; label: string; help?: string }[];
  tune?: readonly string[];
}
export interface FlagParam extends Common {
  type: 'flag';
  default: boolean;
  tune?: boolean;
}
export interface TextParam extends Common {
  type: 'text';
  default: string;
  multiline?: boolean;
  placeholder?: string;
  pattern?: string;
  language?: 'javascript' | 'csv' | 'json';
}
export interface FormulaParam extends Common {
  type: 'formula';
  default: string;
  port?: string;
}
export interface ColumnsParam extends Common {
  type: 'columns';
  default: ColumnPick;
  filter?: ColumnFilter;
}
/** One column; `null` = none chosen or, with `auto`, guessed. */
export interface ColumnParam extends Common {
  type: 'column';
  default: string | null;
  filter?: ColumnFilter;
  auto?: string;
  optional?: boolean;
}
export interface FileParam extends Common {
  type: 'file';
  default: null;
  /** Extensions with dot. The value is a `FileRef`. */
  accept: readonly string[];
}
export interface SeedParam extends Common {
  type: 'seed';
  default: number;
}
/** A list of records, one form row each: rename pairs, sort keys, aggregations. */
export interface ListParam extends Common {
  type: 'list';
  default: readonly Record<string, Json>[];
  item: Record<string, Param>;
  itemLabel: string;
  /** There is one row for each wire into this port, in their order: rows are called by the nodes the wires come from. */
  rowsOf?: string;
}
/** An editable sheet; the value is `{columns: [{name, type}], rows: (string|null)[][]}`. */
export interface GridParam extends Common {
  type: 'grid';
  default: Json;
}
/** One entry of the registry or the samples; the host lists them. */
export interface CatalogueParam extends Common {
  type: 'catalogue';
  default: string;
  of: 'sample' | 'dataset' | 'model';
}

export type Param =
  | NumberParam
  | ChoiceParam
  | FlagParam
  | TextParam
  | FormulaParam
  | ColumnsParam
  | ColumnParam
  | FileParam
  | SeedParam
  | ListParam
  | GridParam
  | CatalogueParam;
export type Params = Record<string, Param>;
export type ParamValues = Record<string, Json>;

/** A file in the workspace: bytes are found by digest through services; a `url` or `handle` reference is re-read on run. */
export interface FileRef {
  name: string;
  /** SHA-256 of the bytes as last read. */
  digest: string;
  size: number;
  url?: string;
  /** Id of a stored file handle. */
  handle?: string;
}

type Options<P extends Param> = Omit<P, 'type' | 'default' | 'label' | 'help'>;

export const number = (label: string, initial: number | null, help: string, more: Options<NumberParam> = {}): NumberParam => ({
  type: 'number',
  label,
  default: initial,
  help,
  ...more,
});
export const integer = (label: string, initial: number | null, help: string, more: Options<NumberParam> = {}): NumberParam => ({
  type: 'integer',
  label,
  default: initial,
  help,
  step: 1,
  ...more,
});
/** `options` as `{value: label}`. */
export const choice = (
  label: string,
  initial: string,
  help: string,
  options: Record<string, string>,
  more: Omit<Options<ChoiceParam>, 'options'> = {},
): ChoiceParam => ({
  type: 'choice',
  label,
  default: initial,
  help,
  options: Object.entries(options).map(([value, text]) => ({ value, label: text })),
  ...more,
});
export const flag = (label: string, initial: boolean, help: string, more: Options<FlagParam> = {}): FlagParam => ({
  type: 'flag',
  label,
  default: initial,
  help,
  ...more,
});
/** Parameters with a heading above them in the form. */
export const under = (section: string, params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([id, param]) => [id, { ...param, section }]));
export const text = (label: string, initial: string, help: string, more: Options<TextParam> = {}): TextParam => ({
  type: 'text',
  label,
  default: initial,
  help,
  ...more,
});
export const formula = (label: string, initial: string, help: string, more: Options<FormulaParam> = {}): FormulaParam => ({
  type: 'formula',
  label,
  default: initial,
  help,
  ...more,
});
export const columns = (label: string, initial: ColumnPick, help: string, more: Options<ColumnsParam> = {}): ColumnsParam => ({
  type: 'columns',
  label,
  default: initial,
  help,
  ...more,
});
export const columnParam = (label: string, help: string, more: Options<ColumnParam> = {}): ColumnParam => ({
  type: 'column',
  label,
  default: null,
  help,
  ...more,
});
export const file = (label: string, help: string, more: Options<FileParam>): FileParam => ({
  type: 'file',
  label,
  default: null,
  help,
  ...more,
});
export const seed = (label = 'Seed', help = 'Same seed, same result.', more: Options<SeedParam> = {}): SeedParam => ({
  type: 'seed',
  label,
  default: 0,
  help,
  advanced: true,
  ...more,
});
export const list = (label: string, initial: readonly Record<string, Json>[], help: string, more: Options<ListParam>): ListParam => ({
  type: 'list',
  label,
  default: initial,
  help,
  ...more,
});
export const grid = (label: string, initial: Json, help: string, more: Options<GridParam> = {}): GridParam => ({
  type: 'grid',
  label,
  default: initial,
  help,
  ...more,
});
export const catalogue = (label: string, of: CatalogueParam['of'], initial: string, help: string): CatalogueParam => ({
  type: 'catalogue',
  label,
  default: initial,
  of,
  help,
});

/** Defaults of a parameter set, as a document would hold them. */
export function defaults(params: Params): ParamValues {
  return Object.fromEntries(Object.entries(params).map(([id, p]) => [id, structuredClone(p.default) as Json]));
}
