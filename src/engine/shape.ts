/** A small description of JSON shapes, and the first place where a value does not have its shape. */
import type { Json } from '../base/json.ts';
import { phrase, type Words } from '../base/words.ts';

export type Shape =
  | { type: 'text' | 'number' | 'integer' | 'flag' | 'id' | 'object' }
  | { type: 'choice'; of: readonly string[] }
  /** An object of exactly these members; a `?` at the end of a name makes it optional. */
  | { type: 'record'; members: Record<string, Shape> }
  /** An object from ids to values; a value with an `id` carries its own key. */
  | { type: 'map'; of: Shape };

export interface Misfit {
  path: string;
  expected: Words;
  /** For a member that is not known, rather than a wrong value: those that are. */
  known?: readonly string[];
}

const AN_OBJECT = phrase('shape.object', 'an object');
const AN_ID = phrase('shape.id', 'an id (letters, digits, dots and dashes)');

export function misfit(value: Json | undefined, shape: Shape, isId: (id: unknown) => boolean, path = ''): Misfit | undefined {
  const wrong = (expected: Words): Misfit => ({ path, expected });
  const at = (key: string) => (path ? `${path}.${key}` : key);
  switch (shape.type) {
    case 'object':
      return isObject(value) ? undefined : wrong(AN_OBJECT);
    case 'text':
      return typeof value === 'string' ? undefined : wrong(phrase('shape.text', 'a text'));
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : wrong(phrase('shape.number', 'a number'));
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : wrong(phrase('shape.integer', 'a whole number'));
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrong(phrase('shape.flag', 'true or false'));
    case 'id':
      return isId(value) ? undefined : wrong(AN_ID);
    case 'choice':
      return typeof value === 'string' && shape.of.includes(value)
        ? undefined
        : wrong(phrase('shape.one-of', 'one of {names}', { names: shape.of.join(', ') }));
    case 'map': {
      if (!isObject(value)) return wrong(AN_OBJECT);
      for (const [key, member] of Object.entries(value)) {
        if (!isId(key)) return { path: at(key), expected: AN_ID };
        if (isObject(member) && member.id !== undefined && member.id !== key) return { path: at(`${key}.id`), expected: `“${key}”` };
        const found = misfit(member, shape.of, isId, at(key));
        if (found) return found;
      }
      return undefined;
    }
    case 'record': {
      if (!isObject(value)) return wrong(AN_OBJECT);
      const names = Object.keys(shape.members).map((name) => name.replace(/\?$/, ''));
      const unknown = Object.keys(value).find((key) => !names.includes(key));
      if (unknown !== undefined) return { path: at(unknown), expected: '', known: names };
      for (const [name, member] of Object.entries(shape.members)) {
        const key = name.replace(/\?$/, '');
        if (!Object.hasOwn(value, key)) {
          if (name.endsWith('?')) continue;
          return { path: at(key), expected: phrase('shape.present', 'present') };
        }
        const found = misfit(value[key], member, isId, at(key));
        if (found) return found;
      }
      return undefined;
    }
  }
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
