/** What a field needs to know of the form it stands in: nodes, kind, columns to choose from, and how to change a value. */
import { createContext, useContext } from 'react';
import type { Json } from '../../base/json.ts';
import type { Kind } from '../../kind/kind.ts';
import type { ColumnFilter } from '../../kind/params.ts';
import type { ColumnSchema, TableSchema } from '../../kind/schema.ts';

export interface FormFacts {
  /** One node, or several of the kind that are set together. */
  nodes: readonly string[];
  kind: Kind;
  /** Schema of an input port (the first table input when none is named), or of the output of a source. */
  schema: (port?: string) => TableSchema | undefined;
  /** What stands for settings that are left open, in the language of the page. */
  guesses: Readonly<Record<string, string>>;
  set: (param: string, value: Json) => void;
}
const FormContext = createContext<FormFacts | undefined>(undefined);
export const FormProvider = FormContext.Provider;

export function useForm(): FormFacts {
  const form = useContext(FormContext);
  if (!form) throw new Error('no form above this field');
  return form;
}

export const allowed = (column: ColumnSchema, filter: ColumnFilter | undefined): boolean =>
  (!filter?.types || filter.types.includes(column.type)) && (!filter?.roles || filter.roles.includes(column.role));
