/** A kind's parameters as JSON Schema, for editors and other tools that write pipeline files. */
import type { Json } from '../base/json.ts';
import type { Param, Params } from './params.ts';

type Schema = { [key: string]: Json };
const TEXTS: Schema = { type: 'array', items: { type: 'string' } };
const closed = (properties: Schema, required: string[] = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** The members of a node's `params`: all optional, since documents leave defaults out. */
export const paramsSchema = (params: Params): Schema =>
  closed(Object.fromEntries(Object.entries(params).map(([id, param]) => [id, paramSchema(param)])), []);

function paramSchema(param: Param): Schema {
  const about = param.unit ? `${param.help} (${param.unit})` : param.help;
  return { title: param.label, description: about, default: structuredClone(param.default) as unknown as Json, ...valueSchema(param) };
}

function valueSchema(param: Param): Schema {
  switch (param.type) {
    case 'number':
    case 'integer': {
      const free = param.default === null || param.auto !== undefined;
      return {
        type: free ? [param.type, 'null'] : param.type,
        ...(param.min === undefined ? {} : { minimum: param.min }),
        ...(param.max === undefined ? {} : { maximum: param.max }),
      };
    }
    case 'seed':
      return { type: 'integer' };
    case 'flag':
      return { type: 'boolean' };
    case 'choice':
      return { enum: param.options.map((option) => option.value) };
    case 'text':
      return { type: 'string', ...(param.pattern ? { pattern: `^(?:${param.pattern})?$` } : {}) };
    case 'formula':
    case 'catalogue':
      return { type: 'string' };
    case 'columns':
      return {
        anyOf: [
          closed({ all: { const: true }, except: TEXTS }, ['all']),
          closed({ names: TEXTS }),
          closed({ types: { type: 'array', items: { enum: ['number', 'integer', 'boolean', 'category', 'text', 'datetime'] } } }),
          closed({ pattern: { type: 'string', format: 'regex' } }),
        ],
      };
    case 'column':
      return { type: ['string', 'null'] };
    case 'file':
      return {
        anyOf: [
          { type: 'null' },
          closed(
            {
              name: { type: 'string' },
              digest: { type: 'string', description: 'SHA-256 of the bytes, 64 hex digits' },
              size: { type: 'integer', minimum: 0 },
              url: { type: 'string' },
              handle: { type: 'string' },
            },
            ['name', 'digest', 'size'],
          ),
        ],
      };
    case 'list':
      return { type: 'array', items: paramsSchema(param.item) };
    case 'grid':
      return closed({
        columns: { type: 'array', items: closed({ name: { type: 'string' }, type: { type: 'string' } }) },
        rows: { type: 'array', items: { type: 'array', items: { type: ['string', 'null'] } } },
      });
  }
}
