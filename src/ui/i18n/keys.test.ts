/** Every key that results and pages ask for literally is there in English. */
import { expect, it } from 'vitest';
import { lookUp } from './text.ts';

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*'], { eager: true, query: '?raw', import: 'default' });

it('finds a text for every literal key', () => {
  const missing = new Set<string>();
  for (const [file, source] of Object.entries(sources)) {
    const keys = [
      ...[...source.matchAll(/\b(?:t|translate)\(\s*'([a-z]+\.[\w.-]+)'/g)].map((m) => m[1]),
      ...[...source.matchAll(/\bt\([^'`()]*\? '([a-z]+\.[\w.-]+)' : '([a-z]+\.[\w.-]+)'/g)].flatMap((m) => [m[1], m[2]]),
    ];
    for (const key of keys) {
      const [area, ...path] = key.split('.');
      if (lookUp(area, ...path) === undefined) missing.add(`${file}: ${key}`);
    }
  }
  expect([...missing]).toEqual([]);
});
