/** A node's parameter values: the document's sparse ones over the kind's defaults, and which of them count now. */
import type { Json } from '../base/json.ts';
import type { Param, Params, ParamValues } from './params.ts';

/** The document's sparse values over the kind's defaults. Values of unknown parameters are left out (the check names them). */
export function fillParams(params: Params, values: ParamValues): ParamValues {
  return Object.fromEntries(
    Object.entries(params).map(([id, param]) => [
      id,
      Object.hasOwn(values, id) ? values[id] : (structuredClone(param.default) as unknown as Json),
    ]),
  );
}

/** Whether the form shows it, given the other values. A parameter that is not shown has no effect, hence is in no key. */
export function isShown(param: Param, filled: ParamValues): boolean {
  const { when } = param;
  if (!when) return true;
  const given = filled[when.param];
  return (Array.isArray(given) ? given.flatMap(partsOf) : [given]).some((value) => when.in.includes(value));
}

/** Of a list a parameter may hang on what one of its items holds. */
const partsOf = (item: Json): Json[] => (typeof item === 'object' && item !== null ? Object.values(item) : [item]);
