/** The published schema follows the kinds and the shape that reading uses. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { documentSchema } from './document-schema.ts';
import { serialise } from './serialise.ts';
import { randomPipeline, toyKinds } from './toy.fixture.ts';

type Schema = { [key: string]: Json };
/** The part of JSON Schema that the published schema uses. */
function accepts(schema: Schema, value: Json, root: Schema): boolean {
  if (typeof schema.$ref === 'string') return accepts((root.$defs as Record<string, Schema>)[schema.$ref.slice(8)], value, root);
  if (schema.oneOf) return (schema.oneOf as Schema[]).filter((one) => accepts(one, value, root)).length === 1;
  if ('const' in schema) return value === schema.const;
  if (schema.enum) return (schema.enum as Json[]).includes(value);
  const types = ([] as Json[]).concat(schema.type ?? []);
  const type =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'array'
        : Number.isInteger(value) && types.includes('integer')
          ? 'integer'
          : typeof value;
  if (types.length > 0 && !types.includes(type)) return false;
  if (typeof value === 'number') return value >= Number(schema.minimum ?? -Infinity) && value <= Number(schema.maximum ?? Infinity);
  if (type !== 'object') return true;
  const members = value as Schema;
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const names = new RegExp(((schema.propertyNames as Schema)?.pattern as string) ?? '', 'u');
  return (
    ((schema.required ?? []) as string[]).every((name) => name in members) &&
    Object.entries(members).every(([name, member]) => {
      const rest = schema.additionalProperties;
      if (properties[name]) return accepts(properties[name], member, root);
      return names.test(name) && rest !== false && (typeof rest !== 'object' || accepts(rest as Schema, member, root));
    })
  );
}

const schema = documentSchema(toyKinds.values());
const ok = (change: (document: { nodes: Record<string, Schema> } & Schema) => void) => {
  const document = JSON.parse(serialise(randomPipeline('schema', 15)));
  change(document);
  return accepts(schema, document, schema);
};

test('saved documents fit it; what reading or the check refuses does not', () => {
  expect(ok(() => {})).toBe(true);
  expect(ok((d) => Object.assign(d.nodes.n1, { title: 'Mine', runOn: 'gpu' }))).toBe(true);
  expect(ok((d) => Object.assign(d, { schedule: 1 }))).toBe(false);
  expect(ok((d) => Object.assign(d, { format: 2 }))).toBe(false);
  expect(ok((d) => Object.assign(d.nodes.n1, { kind: 'unheard-of' }))).toBe(false);
  expect(ok((d) => Object.assign(d.nodes.n1, { params: { size: 0 } }))).toBe(false);
  expect(ok((d) => Object.assign(d.nodes.n1, { params: { colour: 1 } }))).toBe(false);
  expect(ok((d) => Object.assign(d.nodes, { _x: d.nodes.n1 }))).toBe(false);
});
