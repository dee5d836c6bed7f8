/** Our verbs against what pandas answered for the same tables (`src/conformance/pandas_goldens.py` wrote the file). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { fillParams } from '../kind/fill.ts';
import type { ParamValues } from '../kind/params.ts';
import type { ColumnType } from '../kind/schema.ts';
import { runStep } from '../recipe/apply-step.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { type Cell, cellsOf } from '../table/column.ts';
import { schemaOf, tableOf } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import { stepLookup } from './lookup.ts';
import { steps } from './steps.ts';

interface Golden {
  kind: string;
  title: string;
  params: ParamValues;
  inputs: Record<string, [ColumnType, Cell[]]>[];
  expected: Record<string, Cell[]>;
}
const file = path.join(import.meta.dirname, '../conformance/goldens/pandas.json');
const goldens = JSON.parse(readFileSync(file, 'utf8')) as { pandas: string; cases: Golden[] };
const kinds = new Map([...steps, ...transforms].map((item) => [item.kind.id, item]));

async function answer(golden: Golden): Promise<Frame> {
  const { kind, load } = kinds.get(golden.kind)!;
  const params = fillParams(kind.params, golden.params);
  const frames = golden.inputs.map((input) => rawFrame(tableOf(input)));
  return runStep(await load(), kind, params, frames, { random: (purpose) => stream('golden', purpose), lookup: stepLookup });
}

describe(`as pandas ${goldens.pandas}`, () => {
  for (const golden of goldens.cases) {
    it(`${golden.kind} ${golden.title}`, async () => {
      const { table } = await answer(golden);
      expect(table.fields.map((field) => field.name)).toEqual(Object.keys(golden.expected));
      for (const [i, [name, cells]] of Object.entries(golden.expected).entries()) {
        const ours = cellsOf(table.columns[i]);
        expect(ours.length, name).toBe(cells.length);
        ours.forEach((cell, row) => {
          const wanted = cells[row];
          if (typeof cell === 'number' && typeof wanted === 'number') expect(cell, `${name} ${row}`).toBeCloseTo(wanted, 12);
          else expect(cell, `${name} ${row}`).toEqual(wanted);
        });
      }
    });

    it(`${golden.kind} ${golden.title}: the schema known at edit time is the schema after the run`, async () => {
      const { kind } = kinds.get(golden.kind)!;
      const params = fillParams(kind.params, golden.params);
      const ports = golden.inputs.map((input) => ({ type: 'table' as const, schema: schemaOf(tableOf(input)) }));
      const many = kind.inputs[0].many;
      const inputs = Object.fromEntries(kind.inputs.map((port, i) => [port.id, ports[i]]));
      const known = kind.schema({ params, inputs: many ? {} : inputs, lists: many ? { [kind.inputs[0].id]: ports } : {} })[
        kind.outputs[0].id
      ];
      if (known?.type !== 'table') throw new Error('the output is not known');
      const { table } = await answer(golden);
      const after = schemaOf(table).columns.map(({ name, type }) => ({ name, type }));
      const before = known.schema.columns.map(({ name, type }) => ({ name, type }));
      if (!known.schema.open) expect(before).toEqual(after);
    });
  }
});
