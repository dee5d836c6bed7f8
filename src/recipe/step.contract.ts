/** The contract suite of table steps: a folder joins with one line, `stepContract(entry, cases)`. */
import { describe, expect, it } from 'vitest';
import { canonical } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { type Entry, effectsOf } from '../kind/kind.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession } from '../onnx/session.ts';
import { type Column, cellAt, cellsOf, columnOf } from '../table/column.ts';
import { gatherRows, schemaOf, type Table, table, tableDigest } from '../table/table.ts';
import { runStep } from './apply-step.ts';
import { type Frame, rawFrame, type Step } from './frame.ts';
import { graphFeeds } from './graph-feeds.ts';
import { refit } from './refit.ts';
import { schemaContext } from './schema-context.ts';
import type { LoweredColumn, StepCode } from './step.ts';

export interface StepCase {
  params: ParamValues;
  /** Default: `sampleTable()`. Further tables are sides. */
  tables?: readonly Table[];
  /** Largest relative difference of numbers between code and graph; default 1e-12. */
  tolerance?: number;
}

/** Every column type, missing cells, a constant and a repeated row. */
export function sampleTable(rows = 40): Table {
  const random = stream('step contract');
  const at = Array.from({ length: rows }, (_, i) => i);
  const cell = <T>(value: () => T) => at.map(() => (random.below(7) === 0 ? null : value()));
  const t = table(
    ['n', 'i', 'b', 'c', 't', 'd', 'k', 'y'],
    [
      columnOf(
        'number',
        cell(() => Math.round(random.normal() * 1000) / 8),
      ),
      columnOf(
        'integer',
        cell(() => random.below(9) - 3),
      ),
      columnOf(
        'boolean',
        cell(() => random.below(2) === 1),
      ),
      columnOf(
        'category',
        cell(() => ['red', 'green', 'blue', 'ünï'][random.below(4)]),
      ),
      columnOf(
        'text',
        cell(() => `note ${random.below(20)}`),
      ),
      columnOf(
        'datetime',
        cell(() => 1.5e12 + random.below(1e9) * 100),
      ),
      columnOf(
        'number',
        at.map(() => 2),
      ),
      columnOf(
        'category',
        at.map(() => ['no', 'yes'][random.below(2)]),
      ),
    ],
  );
  return {
    ...gatherRows(
      t,
      Int32Array.from(at, (i) => Math.min(i, rows - 2)),
    ),
    fields: t.fields.map((f) => (f.name === 'y' ? { ...f, role: 'target' } : f)),
  };
}

/** Rows that training did not have: all missing, and unseen labels with far numbers. */
export function oddTable(like: Table): Table {
  const odd = { number: 1e6, integer: 99, boolean: true, category: 'never seen', text: 'never seen', datetime: 0 } as const;
  return table(
    like.fields,
    like.columns.map((column) => columnOf(column.type, [null, odd[column.type]])),
    2,
  );
}

/** The same table with other cells from row `from` on: missing, unseen, far away. */
function disturbed(t: Table, from: number): Table {
  const odd = oddTable(t).columns.map(cellsOf);
  return table(
    t.fields,
    t.columns.map((column, c) =>
      columnOf(
        column.type,
        cellsOf(column).map((cell, row) => (row < from ? cell : odd[c][row % 2])),
      ),
    ),
  );
}

const run = { random: (purpose: string) => stream('contract', purpose) };
const shapeOf = (t: Table) => t.fields.map((field, i) => `${field.name}: ${t.columns[i].type}`);
const rowOf = (t: Table, row: number) => t.columns.map((column) => cellAt(column, row));

export function stepContract({ kind, load }: Entry<StepCode>, cases: readonly StepCase[]): void {
  for (const [place, given] of cases.entries()) {
    describe(`${kind.id}, case ${place + 1} ${JSON.stringify(given.params)}`, () => {
      const params = { ...defaults(kind.params), ...given.params };
      const tables = given.tables ?? [sampleTable()];
      const frames = tables.map((t) => rawFrame(t));
      const effects = effectsOf(kind, params);
      const play = async (input: readonly Frame[] = frames) => runStep(await load(), kind, params, input, { ...run, lookup: load });
      const lastStep = (frame: Frame): Step | undefined => {
        const entry = frame.recipe.entries.at(-1)!;
        return entry.type === 'step' && entry.rows === 'keep' ? entry : undefined;
      };

      it('has parameters that are JSON, changes no input, and gives the same twice', async () => {
        expect(JSON.parse(canonical(params))).toEqual(params);
        const before = tables.map(tableDigest);
        const out = await play();
        expect(tableDigest((await play()).table)).toBe(tableDigest(out.table));
        expect(tables.map(tableDigest)).toEqual(before);
        expect(structuredClone(out.recipe)).toEqual(out.recipe);
      });

      it('says its columns before it runs', async () => {
        const declared = kind.schema(schemaContext(kind, params, frames))[kind.outputs[0].id];
        const out = (await play()).table;
        if (declared?.type !== 'table') throw new Error('no schema for known input');
        if (!declared.schema.open) expect(declared.schema.columns.map((column) => `${column.name}: ${column.type}`)).toEqual(shapeOf(out));
        const inputs = new Set(tables.flatMap((t) => t.fields.map((field) => field.name)));
        for (const column of declared.schema.columns) for (const name of column.from ?? []) expect(inputs).toContain(name);
      });

      it('treats rows as it declares', async () => {
        const out = await play();
        const step = out.recipe.entries.at(-1)!;
        if (step.type === 'raw')
          return expect(effects.rows === 'new' || effects.order === 'whole' || 'effect' in (await load())).toBe(true);
        if (step.rows === 'keep') expect(out.rows.ids).toBeNull();
        else if (step.rows === 'subset') expect(new Set(out.rows.ids).size).toBe(out.table.rowCount);
        expect(step.learns || !effects.learns || !(await load()).fit).toBe(true);
      });

      it('when refitted on all rows, is the plain run', async () => {
        const out = await play();
        const again = await refit(
          out,
          Int32Array.from({ length: frames[0].table.rowCount }, (_, i) => i),
          load,
        );
        expect(tableDigest(again.table)).toBe(tableDigest(out.table));
      });

      it('learns nothing from rows that are not for learning', async () => {
        const step = lastStep(await play());
        if (!step || effects.order !== 'free') return;
        const half = Math.floor(tables[0].rowCount / 2);
        const learn = Int32Array.from({ length: half }, (_, i) => i);
        const fittedOn = async (t: Table) => {
          const again = await refit(await play([rawFrame(t), ...frames.slice(1)]), learn, load);
          return { fitted: lastStep(again)?.fitted, rows: [...learn].map((row) => rowOf(again.table, row)) };
        };
        expect(await fittedOn(disturbed(tables[0], half))).toEqual(await fittedOn(tables[0]));
      });

      it('stands no rows, missing cells and unseen labels with the same columns', async () => {
        const out = await play();
        const code = await load();
        const step = lastStep(out);
        if (!step) {
          for (const odd of [gatherRows(tables[0], new Int32Array()), oddTable(tables[0])]) {
            const error = await play([rawFrame(odd), ...frames.slice(1)]).then(
              () => undefined,
              (caught: unknown) => caught,
            );
            if (error !== undefined) expect(error).toBeInstanceOf(ProblemError);
          }
          return;
        }
        for (const odd of [gatherRows(tables[0], new Int32Array()), oddTable(tables[0])]) {
          const made = await code.apply!(odd, params, structuredClone(step.fitted), step.frozen ?? []);
          expect(made.rowCount).toBe(odd.rowCount);
          expect(shapeOf(made)).toEqual(shapeOf(out.table));
        }
      });

      it('gives a row the same answer alone as among others', async () => {
        const out = await play();
        const step = lastStep(out);
        if (!step || effects.order !== 'free') return;
        const code = await load();
        // Rows learned from may have answers of their own on the wire; a scored row has those of any other row.
        const whole = code.applyLearning ? await code.apply!(tables[0], params, step.fitted, step.frozen ?? []) : out.table;
        for (const row of [0, 3, tables[0].rowCount - 1]) {
          const alone = await code.apply!(gatherRows(tables[0], Int32Array.of(row)), params, step.fitted, step.frozen ?? []);
          expect(rowOf(alone, 0)).toEqual(rowOf(whole, row));
        }
      });

      it('gives a row that it learned from nothing of its own target, where it says so', async () => {
        const code = await load();
        if (!code.applyLearning) return;
        const out = await play();
        const step = lastStep(out)!;
        const ids = Int32Array.from({ length: tables[0].rowCount }, (_, i) => i);
        expect(tableDigest(await code.applyLearning(tables[0], params, step.fitted, ids, []))).toBe(tableDigest(out.table));
        const target = typeof params.target === 'string' ? params.target : 'y';
        const at = tables[0].fields.findIndex(({ name }) => name === target);
        for (const row of [0, 5, 11]) {
          const cells = cellsOf(tables[0].columns[at]);
          const other = cells.find((cell) => cell !== null && cell !== cells[row])!;
          const columns = tables[0].columns.with(at, columnOf(tables[0].columns[at].type, cells.with(row, other)));
          const again = await play([rawFrame(table(tables[0].fields, columns))]);
          const own = (frame: Frame) =>
            frame.table.columns.flatMap((column, c) => (frame.table.fields[c].name === target ? [] : [cellAt(column, row)]));
          expect(own(again)).toEqual(own(out));
        }
      });

      it('says whether it can be exported, and does it in onnxruntime as here', async () => {
        const step = lastStep(await play());
        const may = kind.exportable?.(schemaContext(kind, params, frames));
        if (!step || may !== true) return;
        const code = await load();
        expect(code.lower).toBeDefined();
        const graph = newGraph('step');
        const fields = schemaOf(tables[0]).columns;
        const columns = new Map(
          fields.map((input): [string, LoweredColumn] => {
            const text = input.type === 'category' || input.type === 'text';
            const value = graph.input(input.name, text ? 'string' : 'double', ['batch', 1]);
            return [input.name, { type: input.type, value, ...(input.categories ? { categories: input.categories } : {}) }];
          }),
        );
        const lowered = code.lower!(graph, columns, params, step.fitted);
        if ('message' in lowered) throw new Error(lowered.message);
        for (const [name, { value }] of lowered) graph.output(value, `out ${name}`);
        const session = await createSession(encodeModel(graph.finish(), { producer: { name: 'test', version: '' } }));
        for (const rows of [tables[0], oddTable(tables[0])]) {
          const here = await code.apply!(rows, params, step.fitted, step.frozen ?? []);
          const there = await session.run(graphFeeds(fields, rows));
          expect([...lowered.keys()]).toEqual(here.fields.map((field) => field.name));
          here.fields.forEach((field, i) => {
            expectSame(field.name, here.columns[i], there[`out ${field.name}`].data, given.tolerance ?? 1e-12);
          });
        }
        await session.release();
      });
    });
  }
}

function expectSame(name: string, here: Column, there: ArrayLike<number> | readonly string[], tolerance: number): void {
  cellsOf(here).forEach((cell, row) => {
    const answer = there[row];
    if (typeof answer === 'string') expect(`${name} ${answer}`).toBe(`${name} ${cell ?? ''}`);
    else if (answer === cell) return;
    else if (cell === null) expect(`${name} ${answer}`).toBe(`${name} NaN`);
    else
      expect(Math.abs(answer - Number(cell)), `${name} row ${row}: ${answer} for ${cell}`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(Number(cell))),
      );
  });
}
