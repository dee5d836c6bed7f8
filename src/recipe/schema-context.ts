/** What a kind's pure functions are asked with at run time: the schemas of the frames that are on its wires. */
import type { Kind, PortSchema, SchemaContext } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import { schemaOf } from '../table/table.ts';
import type { Frame } from './frame.ts';

/** Frames are spread over the table inputs in port order; a `many` port takes all that are left. */
export function schemaContext(kind: Kind, params: ParamValues, frames: readonly Frame[]): SchemaContext {
  const inputs: Record<string, PortSchema> = {};
  const lists: Record<string, PortSchema[]> = {};
  const left = frames.map((frame): PortSchema => ({ type: 'table', schema: schemaOf(frame.table) }));
  for (const port of kind.inputs.filter((input) => input.type === 'table')) {
    if (port.many) lists[port.id] = left.splice(0);
    else if (left.length > 0) inputs[port.id] = left.shift()!;
  }
  return { params, inputs, lists };
}
