/** For tests: a table with every kind of cell, and formulas written back from their trees. */
import { tableOf } from '../table.ts';
import type { Expression } from './ast.ts';

export const sample = tableOf({
  a: ['number', [1, -2.5, null, 0, 1e6]],
  i: ['integer', [3, null, -1, 0, 7]],
  b: ['boolean', [true, false, null, true, false]],
  'my text': ['category', ['x', null, 'yes', 'X', 'x']],
  t: ['text', ['a b', '', 'é😀z', 'x', null]],
  d: ['datetime', [0, 951_782_400_000, null, -1, 4_102_444_800_000]],
});

/** Writes a tree with brackets everywhere. */
export function print(e: Expression): string {
  switch (e.type) {
    case 'number':
      return String(e.value);
    case 'text':
      return `'${e.value.replaceAll("'", "''")}'`;
    case 'boolean':
      return String(e.value);
    case 'missing':
      return 'missing';
    case 'column':
      return `[${e.name.replaceAll(']', ']]')}]`;
    case 'unary':
      return `(${e.operator} ${print(e.argument)})`;
    case 'binary':
      return `(${print(e.left)} ${e.operator} ${print(e.right)})`;
    case 'call':
      return `${e.name}(${e.arguments.map(print).join(', ')})`;
  }
}
