/** For tests: chains of the registry's real steps, drawn at random on a table and then played on others, and rows to disturb. */
import { type Random, stream } from '../base/random.ts';
import type { ParamValues } from '../kind/params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { type Cell, cellAt, cellsOf, columnOf } from '../table/column.ts';
import { type Table, table, tableOf } from '../table/table.ts';
import { playOn } from './play-step.fixture.ts';

const LABELS = ['red', 'green', 'blue', 'ünï'];

/** Every column type with gaps; `id` names the row, `y` is the target, half of it told by `n`. */
export function randomTable(draw: Random, rows: number): Table {
  const cell = <T>(value: () => T): T | null => (draw.below(6) === 0 ? null : value());
  const list = <T>(value: () => T) => Array.from({ length: rows }, () => cell(value));
  const n = list(() => Math.round(draw.normal() * 100) / 8);
  const made = tableOf({
    id: ['integer', Array.from({ length: rows }, (_, i) => i)],
    n: ['number', n],
    i: ['integer', list(() => draw.below(9) - 3)],
    b: ['boolean', list(() => draw.below(2) === 1)],
    c: ['category', list(() => LABELS[draw.below(4)])],
    t: ['text', list(() => `note ${draw.below(3)}`)],
    d: ['datetime', list(() => 1.5e12 + draw.below(1e6) * 1e5)],
    y: ['category', n.map((value) => (draw.below(9) === 0 ? null : (value ?? 0) + draw.normal() * 4 > 0 ? 'yes' : 'no'))],
  });
  const roles = new Map([
    ['id', 'id'],
    ['y', 'target'],
  ] as const);
  return { ...made, fields: made.fields.map((field) => ({ ...field, role: roles.get(field.name as 'id') ?? field.role })) };
}

const FAR: Record<string, readonly Cell[]> = {
  number: [1e9, -1e9, 0, null],
  integer: [99, -99, null],
  boolean: [true, false, null],
  category: ['never seen', 'red', null],
  text: ['never seen', 'note 1', null],
  datetime: [0, 4e12, null],
};
/** The table with other cells (far off, unseen, missing, another target) in all rows but those in `keep`; ids stay. */
export function disturbed(
  t: Table,
  keep: ReadonlySet<number>,
  draw: Random,
  targets: readonly Cell[] = ['yes', 'no', 'maybe', null],
): Table {
  const columns = t.columns.map((column, at) => {
    if (t.fields[at].name === 'id') return column;
    const far = t.fields[at].name === 'y' ? targets : FAR[column.type];
    return columnOf(
      column.type,
      cellsOf(column).map((value, row) => (keep.has(row) ? value : far[draw.below(far.length)])),
    );
  });
  return table(t.fields, columns, t.rowCount);
}

export interface Link {
  name: string;
  play: (frame: Frame) => Promise<Frame>;
}
/** Draws a step that fits the frame's columns; undefined when none of this sort does. `number` makes new names distinct. */
type Maker = (draw: Random, frame: Frame, number: number) => { kind: string; params: ParamValues } | undefined;

const choose = <T>(draw: Random, items: readonly T[]): T | undefined => (items.length > 0 ? items[draw.below(items.length)] : undefined);
const named = ({ table: t }: Frame, ...types: string[]): string[] =>
  t.fields.flatMap((field, i) => (types.includes(t.columns[i].type) && field.role === 'feature' ? [field.name] : []));
const numbersIn = (frame: Frame) => named(frame, 'number', 'integer');

/** Steps that keep rows or drop them row by row. */
export const ROW_STEPS: Record<string, Maker> = {
  // Without “value before”: what looks back sees the rows between, learned from or not (rule 10).
  fill: (draw) => ({
    kind: 'prepare.fill-missing',
    params: {
      numbers: choose(draw, ['median', 'mean', 'mode', 'constant', 'leave'])!,
      labels: choose(draw, ['mode', 'constant', 'leave'])!,
      indicator: draw.below(2) === 1,
    },
  }),
  normalise: (draw) => ({
    kind: 'features.normalise',
    params: { method: choose(draw, ['zscore', 'minmax', 'maxabs', 'robust', 'log1p', 'tanh', 'logistic'])!, clip: draw.below(2) === 1 },
  }),
  encode: (draw) => ({
    kind: 'features.encode',
    params: { method: choose(draw, ['one-hot', 'ordinal', 'frequency'])!, maxLevels: 2 + draw.below(3), dropFirst: draw.below(2) === 1 },
  }),
  bin: (draw, frame) => {
    const name = choose(draw, numbersIn(frame));
    return name === undefined
      ? undefined
      : {
          kind: 'features.bin',
          params: { columns: { names: [name] }, method: choose(draw, ['quantile', 'width'])!, asNumber: draw.below(2) === 1 },
        };
  },
  groups: (draw, frame) => {
    const name = choose(draw, numbersIn(frame));
    return name === undefined
      ? undefined
      : { kind: 'unsupervised.clusters', params: { columns: { names: [name] }, k: 1 + draw.below(4), restarts: 1 } };
  },
  components: (draw, frame) =>
    numbersIn(frame).length === 0
      ? undefined
      : { kind: 'features.components', params: { share: 0.5 + draw.below(50) / 100, keep: draw.below(2) === 1 } },
  anomalies: (draw, frame) =>
    numbersIn(frame).length === 0
      ? undefined
      : { kind: 'unsupervised.anomalies', params: { trees: 10 + draw.below(10), contamination: 0.1 } },
  'drop rows': (draw, frame) => {
    const name = choose(draw, [...numbersIn(frame), ...named(frame, 'category', 'text')]);
    return name === undefined ? undefined : { kind: 'prepare.drop-missing', params: { columns: { names: [name] } } };
  },
  'drop columns': (draw) => ({ kind: 'prepare.drop-missing', params: { axis: 'columns', how: 'atLeast', thresh: 5 + draw.below(10) } }),
  filter: (draw, frame) => {
    const name = choose(draw, numbersIn(frame));
    return name === undefined
      ? undefined
      : { kind: 'prepare.filter-rows', params: { conditions: [{ column: name, test: '<=', value: String(draw.below(12)) }] } };
  },
  formula: (draw, frame, number) => {
    const [a, b] = [choose(draw, numbersIn(frame)), choose(draw, numbersIn(frame))];
    return a === undefined || b === undefined
      ? undefined
      : { kind: 'prepare.formula', params: { formulas: [{ name: `f${number}`, formula: `coalesce([${a}], 1) * 0.5 + [${b}]` }] } };
  },
  'date parts': (_draw, frame) =>
    named(frame, 'datetime').length > 0 ? { kind: 'prepare.date-parts', params: { keep: true } } : undefined,
  replace: () => ({ kind: 'prepare.replace', params: { values: [{ find: 'red', replace: 'blue' }] } }),
  rename: (draw, frame, number) => {
    const name = choose(draw, numbersIn(frame));
    return name === undefined ? undefined : { kind: 'prepare.rename', params: { names: [{ from: name, to: `r${number}` }] } };
  },
  cast: (draw, frame) => {
    const name = choose(draw, named(frame, 'integer', 'boolean', 'text'));
    return name === undefined
      ? undefined
      : { kind: 'prepare.edit-metadata', params: { columns: [{ column: name, type: 'category', role: 'same', name: '' }] } };
  },
  'leave out': (draw, frame) => {
    const name = choose(draw, numbersIn(frame));
    return name === undefined ? undefined : { kind: 'prepare.select-columns', params: { columns: { names: [name] } } };
  },
};

const STRANGE = tableOf({ c: ['category', ['red', 'blue', 'never seen']], price: ['number', [1.5, null, 7]] });

/** Joins: aggregates of the same rows joined back, and a table of another source. */
async function joinLink(draw: Random, frame: Frame, number: number): Promise<Link | undefined> {
  const key = choose(draw, named(frame, 'category', 'boolean', 'text'));
  const value = choose(draw, numbersIn(frame));
  const how = draw.below(2) === 1 ? 'left' : 'inner';
  if (draw.below(3) === 0 && named(frame, 'category').includes('c'))
    return {
      name: `join other ${how}`,
      play: (f) => playOn('prepare.join', { keys: [{ left: 'c', right: 'c' }], how, suffix: `_${number}` }, f, rawFrame(STRANGE)),
    };
  if (key === undefined || value === undefined) return undefined;
  const values = [
    { column: value, how: choose(draw, ['mean', 'std', 'median', 'max', 'count'])!, name: `g${number}` },
    { column: 'y', how: 'mode', name: `m${number}` },
  ];
  return {
    name: `join back ${key} ${how}`,
    play: async (f) => {
      const grouped = await playOn('prepare.group-by', { keys: { names: [key] }, values }, f);
      return playOn('prepare.join', { keys: [{ left: key, right: key }], how, suffix: `_${number}` }, f, grouped);
    },
  };
}

/** A chain of up to `most` steps, each chosen for the columns that there are when it is its turn. */
export async function drawChain(draw: Random, start: Frame, most: number): Promise<{ links: Link[]; end: Frame }> {
  const links: Link[] = [];
  let end = start;
  const sorts = Object.keys(ROW_STEPS);
  for (let turn = 0; turn < most; turn++) {
    // Names end in this number; no name that is there does.
    let number = turn;
    while (end.table.fields.some((field) => field.name.endsWith(String(number)))) number += most;
    const sort = draw.below(5) === 0 ? 'join' : sorts[draw.below(sorts.length)];
    const step = sort === 'join' ? undefined : ROW_STEPS[sort](draw, end, number);
    const link: Link | undefined =
      sort === 'join'
        ? await joinLink(draw, end, number)
        : step && { name: `${sort} ${JSON.stringify(step.params)}`, play: (frame) => playOn(step.kind, step.params, frame) };
    if (!link) continue;
    const next = await link.play(end);
    // A chain that has lost its rows tells nothing.
    if (next.table.rowCount < 6) continue;
    links.push(link);
    end = next;
  }
  return { links, end };
}

export const playAll = async (links: readonly Link[], frame: Frame): Promise<Frame> => {
  let end = frame;
  for (const link of links) end = await link.play(end);
  return end;
};
export const rowsOf = ({ table: t }: Frame): Record<string, Cell>[] =>
  Array.from({ length: t.rowCount }, (_, row) => Object.fromEntries(t.fields.map((field, i) => [field.name, cellAt(t.columns[i], row)])));
export const drawsOf = (seed: number): Random => stream('random chain', seed);
