/** Columns that parameters name but the input does not have, with the most similar name as the repair. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import { labelWords, phrase } from '../base/words.ts';
import { isShown } from '../kind/fill.ts';
import type { PortSchema, SchemaContext } from '../kind/kind.ts';
import type { ColumnPick, Param, Params, ParamValues } from '../kind/params.ts';
import { missingNames } from '../kind/pick.ts';
import type { Port } from '../kind/ports.ts';
import type { TableSchema } from '../kind/schema.ts';

interface Missing {
  param: string;
  column: string;
  /** Row of a list parameter and the field in it. */
  entry?: { index: number; field: string };
}

/** Nothing is said while the input's schema is not known or may still grow (`open`). */
export function checkColumns(node: string, ports: readonly Port[], params: Params, context: SchemaContext): Problem[] {
  const schemaOf = (port: string | undefined) => tableSchema(ports, context, port);
  const found: { missing: Missing; schema: TableSchema }[] = [];
  const look = (param: Param, value: Json, place: (column: string) => Missing) => {
    if (param.type !== 'column' && param.type !== 'columns') return;
    const schema = schemaOf(param.filter?.port);
    if (!schema || schema.open) return;
    const names =
      param.type === 'columns'
        ? missingNames(value as ColumnPick, schema)
        : typeof value === 'string'
          ? missingNames({ names: [value] }, schema)
          : [];
    for (const column of names) found.push({ missing: place(column), schema });
  };
  for (const [id, param] of Object.entries(params)) {
    if (!isShown(param, context.params)) continue;
    const value = context.params[id];
    look(param, value, (column) => ({ param: id, column }));
    if (param.type !== 'list' || !Array.isArray(value)) continue;
    (value as ParamValues[]).forEach((row, index) => {
      for (const [field, item] of Object.entries(param.item))
        if (row && typeof row === 'object' && isShown(item, row))
          look(item, row[field] ?? null, (column) => ({ param: id, column, entry: { index, field } }));
    });
  }
  return found.map(({ missing, schema }) => missingColumn(node, params[missing.param].label, missing, schema));
}

/** The table schema on a port; by default the first table input's. A `many` port offers the columns of its first table. */
export function tableSchema(ports: readonly Port[], context: SchemaContext, port?: string): TableSchema | undefined {
  const id = port ?? ports.find((candidate) => candidate.type === 'table')?.id;
  if (id === undefined) return undefined;
  const found: PortSchema | undefined = context.inputs[id] ?? context.lists[id]?.[0];
  return found?.type === 'table' ? found.schema : undefined;
}

function missingColumn(node: string, label: string, { param, column, entry }: Missing, schema: TableSchema): Problem {
  const names = schema.columns.map((candidate) => candidate.name);
  const similar = mostSimilar(column, names);
  const listed = names.slice(0, 12).join(', ') + (names.length > 12 ? ' …' : '');
  return problem({
    code: 'check.no-column',
    at: { node, param, column },
    args: { column, label },
    message: phrase('check.column-gone', '{label}: there is no column “{column}” in the input.', { label: labelWords(label), column }),
    hint:
      similar === undefined
        ? phrase('check.choose-column', 'Choose one of: {columns}.', { columns: listed })
        : phrase('check.similar-column', 'Did you mean “{similar}”? The columns are {columns}.', { similar, columns: listed }),
    ...(similar === undefined
      ? {}
      : {
          fix: {
            label: phrase('check.use-column', 'Use “{similar}”', { similar }),
            command: 'replace-column',
            args: { node, param, from: column, to: similar, ...(entry ? { entry: entry.index, field: entry.field } : {}) },
          },
        }),
  });
}

/** The name with the fewest changed letters, if that is at most a third of them; case does not count. */
export function mostSimilar(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(name.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance by rows; stops counting at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
