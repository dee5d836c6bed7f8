/** Runs one table step on frames (contracts §1 rules 1–3): keeps join the recipe, subsets change rows, barriers start anew. */
import { stream } from '../base/random.ts';
import { effectsOf, type Kind, type RowEffect } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { RunContext } from '../kind/run.ts';
import type { Table } from '../table/table.ts';
import { act } from './act.ts';
import { branch, evaluate, learningRows, makeTable, selectPlaces } from './evaluate.ts';
import { type Frame, type Raw, type Recipe, rawFrame, type Step } from './frame.ts';
import { schemaContext } from './schema-context.ts';
import type { StepCode, StepLookup } from './step.ts';
import { declaredColumns, knownColumns, stepColumns } from './step-columns.ts';
import { gatherTrack, maskOf, placesIn, reaches, type Track, trackOf } from './track.ts';

export interface StepRun {
  random: RunContext['random'];
  lookup: StepLookup;
}

/**
 * Applies a step to its main frame (`frames[0]`) and sides (the rest, in port order) and gives its first table output.
 * `complement` gives a subset step's second one. A learning step is fitted on the main frame's rows, or, where a split
 * lies upstream, on the rows that the split's training side has at this point, also when `frames[0]` is the other side.
 */
export async function runStep(
  code: StepCode,
  kind: Kind,
  params: ParamValues,
  frames: readonly Frame[],
  run: StepRun,
  complement = false,
): Promise<Frame> {
  const [main, ...sides] = frames;
  const effects = effectsOf(kind, params);
  const declared =
    code.effect?.(
      main.table,
      params,
      sides.map((side) => side.table),
    ) ?? effects.rows;
  const wanted = (typeof declared === 'string' ? [declared] : declared).map(
    (rows): RowEffect => (rows === 'keep' && effects.order === 'whole' ? 'new' : rows),
  );
  if (wanted.includes('new')) return barrier(code, kind, params, frames);
  let frame = main;
  for (const rows of wanted as Step['rows'][]) {
    const fresh = frame === main;
    frame = await appendStep(
      code,
      { kind, params, rows, complement: complement && rows !== 'keep', learns: effects.learns, target: effects.target },
      frame,
      sides,
      run,
      fresh,
    );
  }
  return frame;
}

/** A barrier's output: a new raw table that remembers how it was made; with what the step has `fitted` already where its first output is no barrier. */
export async function barrier(
  code: StepCode,
  kind: Kind,
  params: ParamValues,
  frames: readonly Frame[],
  output?: string,
  fitted?: unknown,
): Promise<Frame> {
  const origin: NonNullable<Raw['origin']> = {
    kind: kind.id,
    version: kind.version,
    params,
    inputs: frames.map((frame) => frame.recipe),
    title: kind.title,
    ...(output ? { output } : {}),
  };
  const [main, ...sides] = frames.map((frame) => frame.table);
  const repeats = output === undefined && code.repeats?.(main, params, sides);
  const other = output !== undefined && fitted !== undefined ? code.others?.[output] : undefined;
  const table = other ? (other(main, params, fitted, sides) as Table) : await makeTable(code, origin, [main, ...sides], 'side');
  const plain = code.unites && frames.every((frame) => frame.recipe.entries.length === 1 && !(frame.recipe.entries[0] as Raw).origin);
  const made = rawFrame(table, plain ? undefined : { ...origin, ...(repeats ? { repeats } : {}) });
  return { ...made, sources: Object.assign({}, ...frames.map((frame) => frame.sources), made.sources) };
}

interface Wanted {
  kind: Kind;
  params: ParamValues;
  rows: Step['rows'];
  complement: boolean;
  learns: boolean;
  target: Step['target'];
}

async function appendStep(
  code: StepCode,
  wanted: Wanted,
  main: Frame,
  sides: readonly Frame[],
  run: StepRun,
  first: boolean,
): Promise<Frame> {
  const { kind, params, rows } = wanted;
  const source = main.rows.source;
  const derived = sides.map((side) => reaches(branch(side.recipe), source));
  const learns = (wanted.learns && code.fit !== undefined) || derived.includes(true);
  const frozen: Table[] = [];
  for (const [i, side] of sides.entries())
    frozen.push(derived[i] && main.fittedOn ? await sideOnLearningRows(side, main, run.lookup) : side.table);
  const seed = code.fit && kind.tags?.random ? String(run.random('step').uint32()) : undefined;
  const fit = async (table: Table) => code.fit?.(table, params, { sides: frozen, random: (purpose) => stream(seed ?? '', purpose) });
  const before = trackOf(main);
  const learned = code.fit ? await learningTrack(main, run.lookup) : before;
  const fitted = code.fit && (await fit(learned.table));
  const places =
    rows === 'keep' ? null : selectPlaces(code, { kind: kind.id, params, complement: wanted.complement }, before.table, fitted, frozen);
  if (rows === 'keep' && !code.apply) throw new Error(`${kind.id} has no apply`);
  const after = places
    ? gatherTrack(before, places)
    : { table: await act(code, { params, fitted, sides: frozen }, before, learned), ids: before.ids };
  const { recipe, mainAt, sidesAt } = mergeRecipes(main.recipe, first ? sides.map((side) => side.recipe) : []);
  const schema = kind.schema(schemaContext(kind, params, [main, ...sides]))[kind.outputs[0].id];
  const step: Step = {
    type: 'step',
    kind: kind.id,
    version: kind.version,
    params,
    main: mainAt,
    sides: first ? sidesAt : previousSides(main.recipe),
    rows,
    learns,
    target: wanted.target,
    title: kind.title,
    ...(fitted === undefined ? {} : { fitted }),
    ...(frozen.length > 0 ? { frozen } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(wanted.complement ? { complement: true } : {}),
    ...(rows === 'keep'
      ? {
          columns: stepColumns(
            before.table,
            after.table,
            knownColumns(code, fitted, declaredColumns(schema?.type === 'table' ? schema.schema : undefined)),
            frozen.length > 0,
          ),
        }
      : {}),
    ...(rows === 'subset' ? { dropped: before.table.rowCount - after.table.rowCount } : {}),
  };
  return {
    ...main,
    table: after.table,
    rows: { source, ids: after.ids },
    recipe: { entries: [...recipe.entries, step] },
    sources: Object.assign({}, ...sides.map((side) => side.sources), main.sources),
  };
}

/** A second step of one kind (`['keep', 'subset']`) has the sides of the first. */
const previousSides = (recipe: Recipe): readonly number[] => {
  const last = recipe.entries.at(-1);
  return last?.type === 'step' ? last.sides : [];
};

/** The rows a learning step sees in this frame: all, or after a split the training side's. */
async function learningTrack(frame: Frame, lookup: StepLookup): Promise<Track> {
  const own = trackOf(frame);
  if (!frame.fittedOn) return own;
  const source = frame.rows.source;
  const learn = maskOf(frame.fittedOn, frame.sources[source].rowCount);
  if (placesIn(own, learn).length === frame.table.rowCount && frame.table.rowCount > 0) return own;
  const { state } = await evaluate(frame.recipe, { source, sources: frame.sources, learn, refit: false, lookup });
  return learningRows(state, { source, learn });
}
export const learningTable = async (frame: Frame, lookup: StepLookup): Promise<Table> => (await learningTrack(frame, lookup)).table;

async function sideOnLearningRows(side: Frame, main: Frame, lookup: StepLookup): Promise<Table> {
  const source = main.rows.source;
  const sources = { ...side.sources, ...main.sources };
  const learn = maskOf(main.fittedOn!, sources[source].rowCount);
  return (await evaluate(side.recipe, { source, sources, learn, refit: true, lookup }, true)).state.rows.table;
}

/** One recipe of main's entries and then the sides', entries that are the same object taken once. */
function mergeRecipes(main: Recipe, sides: readonly Recipe[]): { recipe: Recipe; mainAt: number; sidesAt: number[] } {
  const entries = [...main.entries];
  const place = new Map(entries.map((entry, i) => [entry, i]));
  const rawAt = new Map(entries.flatMap((entry, i) => (entry.type === 'raw' ? [[entry.digest, i] as const] : [])));
  const sidesAt = sides.map((side) => {
    const moved: number[] = [];
    for (const entry of side.entries) {
      let at = place.get(entry) ?? (entry.type === 'raw' ? rawAt.get(entry.digest) : undefined);
      if (at === undefined) {
        at = entries.length;
        entries.push(entry.type === 'raw' ? entry : { ...entry, main: moved[entry.main], sides: entry.sides.map((i) => moved[i]) });
        place.set(entry, at);
        if (entry.type === 'raw') rawAt.set(entry.digest, at);
      }
      moved.push(at);
    }
    return moved.at(-1)!;
  });
  return { recipe: { entries }, mainAt: main.entries.length - 1, sidesAt };
}
