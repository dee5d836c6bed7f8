/** The published JSON Schema (2020-12) of pipeline files, from the same shape that reading uses and the kinds' own records. */
import type { Json } from '../base/json.ts';
import { paramsSchema } from '../kind/json-schema.ts';
import type { Kind } from '../kind/kind.ts';
import { DOCUMENT_FORMAT } from './document.ts';
import { DOCUMENT_SHAPE, ID_PATTERN } from './document-shape.ts';
import type { Shape } from './shape.ts';

type Schema = { [key: string]: Json };

/** Every kind is one definition; a node is any of them, told apart by `kind`. */
export function documentSchema(kinds: Iterable<Kind>): Schema {
  const list = [...kinds];
  const { properties, ...document } = schemaOf(DOCUMENT_SHAPE) as { properties: Record<string, Schema> };
  const node = (properties.nodes as { additionalProperties: Schema }).additionalProperties as { properties: Schema };
  const nodeOf = (kind: Kind): Schema => ({
    ...node,
    title: kind.title,
    description: kind.summary,
    properties: {
      ...node.properties,
      kind: { const: kind.id },
      version: { type: 'integer', minimum: 1, maximum: kind.version },
      params: paramsSchema(kind.params),
    },
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Millrace pipeline',
    ...document,
    properties: {
      ...properties,
      format: { const: DOCUMENT_FORMAT },
      nodes: { ...properties.nodes, additionalProperties: { oneOf: list.map((kind) => ({ $ref: `#/$defs/${kind.id}` })) } },
    },
    $defs: Object.fromEntries(list.map((kind) => [kind.id, nodeOf(kind)])),
  };
}

function schemaOf(shape: Shape): Schema {
  switch (shape.type) {
    case 'text':
      return { type: 'string' };
    case 'flag':
      return { type: 'boolean' };
    case 'id':
      return { type: 'string', pattern: ID_PATTERN };
    case 'choice':
      return { enum: [...shape.of] };
    case 'map':
      return { type: 'object', propertyNames: { pattern: ID_PATTERN }, additionalProperties: schemaOf(shape.of) };
    case 'record': {
      const members = Object.entries(shape.members).map(([name, member]) => [name.replace(/\?$/, ''), schemaOf(member)]);
      const required = Object.keys(shape.members).filter((name) => !name.endsWith('?'));
      return { type: 'object', properties: Object.fromEntries(members), required, additionalProperties: false };
    }
    default:
      return { type: shape.type };
  }
}
