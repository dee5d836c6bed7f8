/** For tests: plays one step of the registries on tables, and says what its kind knew before the run. */
import { stream } from '../base/random.ts';
import { fillParams } from '../kind/fill.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Role } from '../kind/schema.ts';
import { runStep } from '../recipe/apply-step.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { schemaContext } from '../recipe/schema-context.ts';
import { type Cell, cellsOf } from '../table/column.ts';
import { columnNamed, type Table, tableOf } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import { stepLookup } from './lookup.ts';
import { steps } from './steps.ts';

const kinds = new Map([...steps, ...transforms].map((item) => [item.kind.id, item]));
export const withRoles = (t: Table, roles: Record<string, Role>): Table => ({
  ...t,
  fields: t.fields.map((field) => ({ ...field, role: roles[field.name] ?? field.role })),
});
const paramsOf = (id: string, params: ParamValues) => fillParams(kinds.get(id)!.kind.params, params);
export async function playOn(id: string, params: ParamValues, ...frames: Frame[]): Promise<Frame> {
  const { kind, load } = kinds.get(id)!;
  const run = { random: (purpose: string) => stream('edge', purpose), lookup: stepLookup };
  return runStep(await load(), kind, paramsOf(id, params), frames, run);
}
export const play = (id: string, params: ParamValues, ...tables: Table[]): Promise<Frame> =>
  playOn(id, params, ...tables.map((t) => rawFrame(t)));
export const column = ({ table }: Frame, name: string): Cell[] => cellsOf(columnNamed(table, name));
export const idsOf = (frame: unknown): number[] => [...((frame as Frame).rows.ids ?? [])];
export const names = ({ table }: Frame) => table.fields.map((field) => field.name);
export const roles = ({ table }: Frame) => Object.fromEntries(table.fields.map((field) => [field.name, field.role]));
export function known(id: string, params: ParamValues, ...tables: Table[]) {
  const { kind } = kinds.get(id)!;
  const context = schemaContext(
    kind,
    paramsOf(id, params),
    tables.map((t) => rawFrame(t)),
  );
  const output = kind.schema(context)[kind.outputs[0].id];
  return {
    columns: output?.type === 'table' ? output.schema.columns : [],
    codes: (kind.check?.(context) ?? []).map((p) => p.code),
  };
}

export const people = withRoles(
  tableOf({
    age: ['number', [20, null, 40, 30]],
    city: ['category', ['Rom', 'Ulm', null, 'Rom']],
    note: ['text', ['a', '', 'c', 'd']],
    born: ['datetime', [0, 1, null, 86_400_000]],
    ok: ['boolean', [true, null, false, true]],
    y: ['number', [1, 2, null, 4]],
  }),
  { y: 'target', note: 'meta' },
);
