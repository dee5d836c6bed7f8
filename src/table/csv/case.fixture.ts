/** One file and what it must read as: the exact table, and every diagnostic with its count. */
import { expect } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { type Cell, cellsOf } from '../column.ts';
import type { CsvOptions } from './options.ts';
import { readCsv } from './read.ts';

export interface Case {
  name: string;
  input: string | Uint8Array;
  options?: CsvOptions;
  /** Columns as `type: cells`. */
  table: Record<string, [string, Cell[]]>;
  /** Counts by diagnostic code; every diagnostic must be listed. */
  notes?: Record<string, number>;
}

export function readsAs({ name, input, options, table, notes = {} }: Case): void {
  const result = readCsv(typeof input === 'string' ? utf8(input) : input, options);
  expect(
    Object.fromEntries(result.table.fields.map((f, i) => [f.name, [result.table.columns[i].type, cellsOf(result.table.columns[i])]])),
  ).toEqual(table);
  const counts: Record<string, number> = {};
  for (const problem of result.problems) counts[problem.code] = (counts[problem.code] ?? 0) + Number(problem.args.count);
  expect(counts, name).toEqual(notes);
}
