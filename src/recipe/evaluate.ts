/**
 * Evaluates a recipe from its leaves (contracts §1 rules 3, 4): every learning step fitted on the learning rows only,
 * every step applied to all rows. `refit.ts` and `apply-step.ts` choose what to learn on; nothing else walks the DAG.
 */
import type { Digest } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import type { Table } from '../table/table.ts';
import { act } from './act.ts';
import { type Raw, type Recipe, type Step, stepName } from './frame.ts';
import type { StepCode, StepLookup } from './step.ts';
import { knownColumns, stepColumns } from './step-columns.ts';
import { complementOf, gatherTrack, maskOf, placesIn, reaches, type Track } from './track.ts';

export interface Evaluation {
  /** The raw table whose row ids `learn` holds. */
  source: Digest;
  sources: Readonly<Record<Digest, Table>>;
  /** One byte per raw row: learn from it. */
  learn: Uint8Array;
  /** False replays the steps as they were fitted. */
  refit: boolean;
  lookup: StepLookup;
}
/** All rows of an entry, and its learning rows where a pick (Split) has taken some of them out of `rows`. */
export interface State {
  source: Digest;
  rows: Track;
  learn?: Track;
}
interface Evaluated {
  state: State;
  recipe: Recipe;
}

/** The rows that a learning step sees at this point. */
export function learningRows(state: State, run: Pick<Evaluation, 'source' | 'learn'>): Track {
  if (state.learn) return state.learn;
  if (state.source !== run.source) return state.rows;
  const places = placesIn(state.rows, run.learn);
  return places.length === state.rows.table.rowCount ? state.rows : gatherTrack(state.rows, places);
}

/** Indices that a subset or repeat step keeps of this table. */
export function selectPlaces(
  code: StepCode,
  step: Pick<Step, 'kind' | 'params' | 'complement'>,
  table: Table,
  fitted: unknown,
  sides: readonly Table[],
) {
  if (!code.select) throw new Error(`${step.kind} has no select`);
  const places = code.select(table, step.params, fitted, sides);
  return step.complement ? complementOf(places, table.rowCount) : places;
}

/** What a barrier makes: `make`, or for a step over whole columns (rule 10) its own fit and apply; or one of `others`. */
export async function makeTable(
  code: StepCode,
  origin: Pick<NonNullable<Raw['origin']>, 'kind' | 'params' | 'output'>,
  tables: readonly Table[],
  seed: string,
): Promise<Table> {
  const [table, ...sides] = tables;
  if (code.make && !origin.output) return code.make(table, origin.params, sides);
  const fitted = await code.fit?.(table, origin.params, { sides, random: (purpose) => stream(seed, purpose) });
  if (origin.output) {
    const other = code.others?.[origin.output];
    if (!other) throw new Error(`${origin.kind} has no output ${origin.output}`);
    return other(table, origin.params, fitted, sides) as Table;
  }
  if (!code.apply) throw new Error(`${origin.kind} makes no table`);
  return code.apply(table, origin.params, fitted, sides);
}

/** Evaluates the whole recipe; `restrict` drops all but the learning rows at the leaf (how a derived side is seen, rule 3). */
export async function evaluate(recipe: Recipe, run: Evaluation, restrict = false): Promise<Evaluated> {
  const entries = [...recipe.entries];
  const done = new Map<string, Promise<State>>();

  const visit = (index: number, restricted: boolean): Promise<State> => {
    const key = `${index} ${restricted}`;
    let state = done.get(key);
    if (!state) {
      const entry = recipe.entries[index];
      state =
        entry.type === 'raw'
          ? leaf(entry, restricted)
          : step(entry, index, restricted).catch((error) => Promise.reject(atStep(error, entry, run.refit)));
      done.set(key, state);
    }
    return state;
  };

  const leaf = async (raw: Raw, restricted: boolean): Promise<State> => {
    const { origin } = raw;
    const derived = origin?.inputs.some((input) => reaches(input, run.source));
    if (raw.digest !== run.source && run.refit && origin && derived) {
      const inputs: Table[] = [];
      for (const input of origin.inputs) inputs.push((await evaluate(input, run, reaches(input, run.source))).state.rows.table);
      const table = await makeTable(await run.lookup(origin.kind, origin.version), origin, inputs, 'side');
      return { source: raw.digest, rows: { table, ids: null } };
    }
    const table = run.sources[raw.digest];
    if (!table) throw new Error(`the raw table ${raw.digest} is not in the frame`);
    const rows: Track = { table, ids: null };
    if (raw.digest !== run.source || !restricted) return { source: raw.digest, rows };
    return { source: raw.digest, rows: gatherTrack(rows, placesIn(rows, run.learn)) };
  };

  const step = async (entry: Step, index: number, restricted: boolean): Promise<State> => {
    const before = await visit(entry.main, restricted);
    if (entry.picked) return pick(before, entry.picked);
    const code = await run.lookup(entry.kind, entry.version);
    const sides = run.refit ? await sideTables(entry, before.source) : (entry.frozen ?? []);
    const seen = learningRows(before, run);
    const random = (purpose: string) => stream(entry.seed ?? '', purpose);
    const fitted = run.refit && code.fit ? await code.fit(seen.table, entry.params, { sides, random }) : entry.fitted;
    const go = async (track: Track): Promise<Track> => {
      if (entry.rows !== 'keep') return gatherTrack(track, selectPlaces(code, entry, track.table, fitted, sides));
      if (!code.apply) throw new Error(`${entry.kind} has no apply`);
      return { table: await act(code, { params: entry.params, fitted, sides }, track, seen), ids: track.ids };
    };
    const rows = await go(before.rows);
    const learn = before.learn && (await go(before.learn));
    if (run.refit && !(restricted && done.has(`${index} false`))) {
      entries[index] = {
        ...entry,
        ...(fitted === undefined ? {} : { fitted }),
        ...(sides.length > 0 ? { frozen: sides } : {}),
        ...(entry.rows === 'subset' ? { dropped: before.rows.table.rowCount - rows.table.rowCount } : {}),
        ...(entry.rows === 'keep'
          ? { columns: stepColumns(before.rows.table, rows.table, knownColumns(code, fitted, entry.columns), sides.length > 0) }
          : {}),
      };
    }
    return { source: before.source, rows, ...(learn ? { learn } : {}) };
  };

  const sideTables = async (entry: Step, source: Digest): Promise<readonly Table[]> => {
    const tables: Table[] = [];
    for (const [place, index] of entry.sides.entries()) {
      const sub: Recipe = { entries: recipe.entries.slice(0, index + 1) };
      const derived = source === run.source && reaches(branch(sub), run.source);
      if (derived || !entry.frozen) tables.push((await visit(index, derived)).rows.table);
      else tables.push(entry.frozen[place]);
    }
    return tables;
  };

  /** A pick keeps its ids; learning rows that it takes away go on beside it, so that later steps still learn from them. */
  const pick = (before: State, picked: Int32Array): State => {
    const rowCount = run.sources[before.source].rowCount;
    const places = placesIn(before.rows, maskOf(picked, rowCount));
    const rows = gatherTrack(before.rows, places);
    const seen = learningRows(before, run);
    const hidden = before.source === run.source && placesIn(seen, maskOf(picked, rowCount)).length < seen.table.rowCount;
    return { source: before.source, rows, ...(before.learn || hidden ? { learn: seen } : {}) };
  };

  const state = await visit(recipe.entries.length - 1, restrict);
  return { state, recipe: { entries } };
}

/** What goes wrong in a refit is told with the step that it happens in: it is seen at a split or a fold, far from there. */
function atStep(error: unknown, step: Step, isRefit: boolean): unknown {
  if (!isRefit || !(error instanceof ProblemError) || error.problem.code === 'refit.step') return error;
  const { message: cause, details } = error.problem;
  return new ProblemError({
    code: 'refit.step',
    args: { step: stepName(step), cause },
    message: `“${stepName(step).text}” cannot be repeated on the training rows alone: ${cause}`,
    hint: 'A step before it came to something else there, for example to other columns; use only columns that do not hang on that.',
    ...(details === undefined ? {} : { details }),
  });
}

/** The sub-recipe that the last entry depends on, other branches left out. */
export function branch(recipe: Recipe): Recipe {
  const used = new Set<number>([recipe.entries.length - 1]);
  for (let i = recipe.entries.length - 1; i >= 0; i--) {
    const entry = recipe.entries[i];
    if (used.has(i) && entry.type === 'step') for (const from of [entry.main, ...entry.sides]) used.add(from);
  }
  const kept = [...used].sort((a, b) => a - b);
  const place = new Map(kept.map((from, to) => [from, to]));
  return {
    entries: kept.map((index) => {
      const entry = recipe.entries[index];
      if (entry.type === 'raw') return entry;
      return { ...entry, main: place.get(entry.main)!, sides: entry.sides.map((side) => place.get(side)!) };
    }),
  };
}
