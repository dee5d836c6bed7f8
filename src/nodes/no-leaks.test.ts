/**
 * Contracts §1 rules 3 to 6 with the registry's real steps and learners: in any chain, before or after a split or inside
 * folds, nothing that is learned changes when the rows that are held out do.
 */
import { describe, expect, it } from 'vitest';
import { ProblemError, toProblem } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { fillParams } from '../kind/fill.ts';
import { learners } from '../learners/index.ts';
import { crossValidate } from '../recipe/cross-validate.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { type Frame, rawFrame, type Step } from '../recipe/frame.ts';
import type { FitRun, LearnerSpec, Model } from '../recipe/model.ts';
import { predictModel } from '../recipe/predict.ts';
import { refit } from '../recipe/refit.ts';
import { rowsToScore } from '../recipe/score.ts';
import { pickRows, splitFrame } from '../recipe/split-frame.ts';
import { frameIds } from '../recipe/track.ts';
import { cellsOf } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { lookups } from './lookup.ts';
import { disturbed, drawChain, drawsOf, type Link, playAll, randomTable, rowsOf } from './random-chain.fixture.ts';

const ROWS = 48;
/** `LEAK_CASES=2000` for a long night. */
const CASES = Number(process.env.LEAK_CASES ?? 60);
const by = { kind: 'prepare.split', version: 1, params: {}, title: 'Split' };
const run: FitRun = {
  random: (purpose, seed) => drawsOf(Number(seed ?? purpose.length)),
  progress: () => {},
  stopRequested: () => false,
  backend: 'cpu',
};

const specOf = (id: string): LearnerSpec => {
  const { kind } = learners.find((entry) => entry.kind.id === id)!;
  return { kind: id, version: kind.version, params: fillParams(kind.params, { target: 'y' }), title: kind.title };
};
const SPECS = ['learn.baseline', 'learn.logistic', 'learn.tree'].map(specOf);

/** Tables by their cells: a dictionary may name labels that no row has. */
const cellsIn = ({ fields, columns }: Table) => fields.map((field, i) => [field.name, cellsOf(columns[i])]);
const bare = (fitted: unknown) => (fitted && typeof fitted === 'object' && 'right' in fitted ? cellsIn(fitted.right as Table) : fitted);
const fittedOf = (frame: Frame): unknown[] =>
  frame.recipe.entries.flatMap((entry) =>
    entry.type === 'step' && !entry.picked ? [[entry.kind, bare((entry as Step).fitted), entry.frozen?.map(cellsIn)]] : [],
  );
/** All that a model says, but for the raw table's identity, which the held-out rows are part of. */
const wordsOf = ({ recipe, learned, sample: kept, about, ...model }: Model) => ({
  ...model,
  about: { ...about, notes: about.notes.filter((note) => !COUNTS_ALL.test(inEnglish(note))) },
  sample: kept && cellsIn(kept),
  fittedSteps: recipe.entries.flatMap((entry) =>
    entry.type === 'step' ? [[entry.kind, entry.params, bare(entry.fitted), entry.columns]] : [],
  ),
  ids: [...learned.ids],
});
/** A row step before the split counts what it left out of the whole table: those rows are on no side. */
const COUNTS_ALL = /^Trained without the .* left out;/;
const rowsBy = (frame: Frame) => ({ ids: [...frameIds(frame)], rows: rowsOf(frame) });
const sample = (draw: Random, share: number) => Int32Array.from({ length: ROWS }, (_, i) => i).filter(() => draw.below(100) < share * 100);
const rest = (ids: Int32Array) => Int32Array.from({ length: ROWS }, (_, i) => i).filter((id) => !ids.includes(id));

/** Draws a table, a chain before the split, and one after it; undefined where the second table cannot be told the same columns. */
async function drawCase(seed: number) {
  const draw = drawsOf(seed);
  const original = randomTable(draw, ROWS);
  const train = sample(draw, 0.6);
  const other = disturbed(original, new Set(train), draw);
  const { links, end } = await drawChain(draw, rawFrame(original), 1 + draw.below(5));
  return { draw, original, other, train, before: links, end };
}

/** Both sides after the split and the chain behind it. */
async function sidesOf(table: Parameters<typeof rawFrame>[0], before: readonly Link[], train: Int32Array, after: readonly Link[]) {
  const [first, second] = await splitFrame(await playAll(before, rawFrame(table)), [train, rest(train)], by, lookups.step);
  return { training: await playAll(after, first), test: await playAll(after, second) };
}
/** A refusal in words is an answer too; anything else is a fault. */
const told = (error: unknown): string => {
  if (error instanceof ProblemError) return error.message;
  throw error;
};
/** A level that only held-out rows have names a column that the other table never gets. */
const isMissingColumn = (error: unknown) => toProblem(error).message.includes('There is no column');
/** A chain that leaves nothing to learn from is refused by the step after it, as it should be. */
const isNothingLeft = (error: unknown) => ['step.no-rows', 'step.no-columns'].includes(toProblem(error).code);
const isNoCase = (error: unknown) => isMissingColumn(error) || isNothingLeft(error);

describe('no leaks with real steps', () => {
  it('what is learned, the training side and every model stay the same when test rows change', async () => {
    let played = 0;
    const seen = new Set<string>();
    for (let seed = 1; seed <= CASES; seed++) {
      const { draw, original, other, train, before } = await drawCase(seed);
      const start = await sidesOf(original, before, train, []).catch((error: unknown) => {
        if (isNoCase(error)) return undefined;
        throw error;
      });
      if (!start || start.training.table.rowCount < 8) continue;
      const { links: after } = await drawChain(draw, start.training, draw.below(4));
      const tale = `seed ${seed}: ${before.map((link) => link.name).join(' → ')} | split | ${after.map((link) => link.name).join(' → ')}`;
      let a: Awaited<ReturnType<typeof sidesOf>>;
      let b: Awaited<ReturnType<typeof sidesOf>>;
      try {
        a = await sidesOf(original, before, train, after);
        b = await sidesOf(other, before, train, after);
      } catch (error) {
        if (isNoCase(error)) continue;
        throw new Error(tale, { cause: error });
      }
      expect(rowsBy(b.training), tale).toEqual(rowsBy(a.training));
      expect(fittedOf(b.training), tale).toEqual(fittedOf(a.training));
      expect(fittedOf(b.test), tale).toEqual(fittedOf(a.test));
      for (const spec of SPECS) {
        const fit = (frame: Frame) => fitModel(frame, spec, lookups, run).then(wordsOf, told);
        expect(await fit(b.training), tale).toEqual(await fit(a.training));
      }
      played++;
      for (const link of [...before, ...after]) seen.add(link.name.split(' ').slice(0, 2).join(' '));
    }
    expect(played).toBeGreaterThan(CASES / 2);
    expect(seen.size).toBeGreaterThan(10);
  });

  it('inside folds: a fold’s model does not change when the fold’s own rows do, and judges each row as if it were alone', async () => {
    for (let seed = 1; seed <= CASES / 4; seed++) {
      const { draw, original, before, end } = await drawCase(1000 + seed);
      const folds = Int32Array.from({ length: ROWS }, () => draw.below(3));
      const byRow = (frame: Frame) => Int32Array.from(frameIds(frame), (id) => folds[id]);
      const judged = Int32Array.from({ length: ROWS }, (_, i) => i).filter((id) => folds[id] === 0);
      // Half of fold 0 changes; the other half must be predicted as before.
      const changed = new Set(judged.filter(() => draw.below(2) === 1));
      const kept = new Set(Array.from({ length: ROWS }, (_, i) => i).filter((id) => !changed.has(id)));
      const other = disturbed(original, kept, draw, ['yes', 'no', null]);
      const tale = `seed ${1000 + seed}: ${before.map((link) => link.name).join(' → ')}`;
      let twin: Frame;
      try {
        twin = await playAll(before, rawFrame(other));
      } catch (error) {
        if (isNoCase(error)) continue;
        throw error;
      }
      const predictions = async (frame: Frame) => {
        const { models } = await crossValidate(frame, [specOf('learn.logistic')], { repeats: [byRow(frame)], by }, lookups, run);
        const [model] = models;
        const k = model.probabilities ? model.probabilities.length / model.ids.length : 0;
        return new Map(
          [...model.ids].flatMap((id, i) =>
            model.fold?.[i] === 0 && !changed.has(id) ? [[id, [...(model.probabilities?.slice(i * k, i * k + k) ?? [])]]] : [],
          ),
        );
      };
      const here = await predictions(end).catch(told);
      const there = await predictions(twin).catch(told);
      expect(there, tale).toEqual(here);
    }
  });

  it('a model answers for a raw row as it was trained, whatever rows stand beside it', async () => {
    for (let seed = 1; seed <= CASES / 3; seed++) {
      const { original, train, before } = await drawCase(2000 + seed);
      const { training, test } = await sidesOf(original, before, train, []);
      const model = await fitModel(training, specOf('learn.logistic'), lookups, run).catch(() => undefined);
      if (!model || test.table.rowCount === 0) continue;
      const { rows } = rowsToScore(model, test);
      const all = (await predictModel(model, rows, lookups)).probabilities!;
      const one = rowsToScore(model, pickRows(test, frameIds(test).slice(0, 1), by)).rows;
      const alone = (await predictModel(model, one, lookups)).probabilities!;
      expect([...alone]).toEqual([...all.slice(0, alone.length)]);
      // Evaluating Split's own wire and scoring raw rows are one thing.
      const refitted = await refit(await playAll(before, rawFrame(original)), train, lookups.step);
      expect(rowsToScore(model, pickRows(refitted, rest(train), by)).rows.rowCount).toBe(test.table.rowCount);
    }
  });
});
