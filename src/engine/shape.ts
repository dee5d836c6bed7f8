/** A small description of JSON shapes, and the first place where a value does not have its shape. */
import type { Json } from '../base/json.ts';

export type Shape =
  | { type: 'text' | 'number' | 'integer' | 'flag' | 'id' | 'object' }
  | { type: 'choice'; of: readonly string[] }
  /** An object of exactly these members; a `?` at the end of a name makes it optional. */
  | { type: 'record'; members: Record<string, Shape> }
  /** An object from ids to values; a value with an `id` carries its own key. */
  | { type: 'map'; of: Shape };

export interface Misfit {
  path: string;
  expected: string;
  /** A member that is not known, rather than a wrong value. */
  unknown?: boolean;
}

export function misfit(value: Json | undefined, shape: Shape, isId: (id: unknown) => boolean, path = ''): Misfit | undefined {
  const wrong = (expected: string): Misfit => ({ path, expected });
  const at = (key: string) => (path ? `${path}.${key}` : key);
  switch (shape.type) {
    case 'object':
      return isObject(value) ? undefined : wrong('an object');
    case 'text':
      return typeof value === 'string' ? undefined : wrong('a text');
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : wrong('a number');
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : wrong('a whole number');
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrong('true or false');
    case 'id':
      return isId(value) ? undefined : wrong('an id (letters, digits, dots and dashes)');
    case 'choice':
      return typeof value === 'string' && shape.of.includes(value) ? undefined : wrong(`one of ${shape.of.join(', ')}`);
    case 'map': {
      if (!isObject(value)) return wrong('an object');
      for (const [key, member] of Object.entries(value)) {
        if (!isId(key)) return { path: at(key), expected: 'an id (letters, digits, dots and dashes)' };
        if (isObject(member) && member.id !== undefined && member.id !== key) return { path: at(`${key}.id`), expected: `“${key}”` };
        const found = misfit(member, shape.of, isId, at(key));
        if (found) return found;
      }
      return undefined;
    }
    case 'record': {
      if (!isObject(value)) return wrong('an object');
      const names = Object.keys(shape.members).map((name) => name.replace(/\?$/, ''));
      const unknown = Object.keys(value).find((key) => !names.includes(key));
      if (unknown !== undefined) return { path: at(unknown), expected: `one of ${names.join(', ')}`, unknown: true };
      for (const [name, member] of Object.entries(shape.members)) {
        const key = name.replace(/\?$/, '');
        if (!Object.hasOwn(value, key)) {
          if (name.endsWith('?')) continue;
          return { path: at(key), expected: 'present' };
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
