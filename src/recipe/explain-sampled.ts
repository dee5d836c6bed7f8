/** Shapley values of any model's answer, by sampling: columns become known one after the other in random orders, the others being those of rows learned from. */
import { stream } from '../base/random.ts';
import { gather } from '../table/gather.ts';
import { columnNamed, table as makeTable, type Table } from '../table/table.ts';
import { commonType, concatColumns } from '../table/verbs/concat.ts';
import type { Lookups, Model } from './model.ts';
import { predictModel } from './predict.ts';

export interface Sampled {
  names: readonly string[];
  /** Mean answer for the background rows: the same for all rows that are explained for the same class. */
  start: Float64Array;
  score: Float64Array;
  /** By column, then row. */
  effects: Float64Array[];
  /** Orders that were drawn. */
  orders: number;
}

/** About so many rows are answered in all, between these many orders for each row explained. */
const MOST_ANSWERS = 60_000;
const [LEAST_ORDERS, MOST_ORDERS] = [4, 32];
/** Rows answered at a time. */
const AT_ONCE = 4000;

/**
 * Shapley sampling values (Štrumbelj and Kononenko 2010, "An efficient explanation of individual classifications using game theory"), each order drawn with its reverse.
 * A row's effects add up to its answer less the start. `classes` tells the class whose share is explained, by row; none for numbers.
 */
export async function sampledEffects(
  model: Model,
  rows: Table,
  classes: Int32Array | undefined,
  lookups: Lookups,
  progress: (fraction: number) => void,
): Promise<Sampled> {
  const names = model.inputs.map(({ name }) => name);
  const width = names.length;
  const pairs = Math.floor(MOST_ANSWERS / Math.max(1, rows.rowCount * (width + 1)) / 2);
  const orders = 2 * Math.min(MOST_ORDERS / 2, Math.max(LEAST_ORDERS / 2, pairs));
  const random = stream('explain');
  const background = model.sample && model.sample.rowCount > 0 ? model.sample : rows;
  const drawn = drawOrders(width, orders, background.rowCount, random);
  // Those explained before, those of the background behind them.
  const both = makeTable(
    names,
    names.map((name) => {
      const parts = [columnNamed(rows, name), columnNamed(background, name)];
      return concatColumns(parts, commonType(parts.map(({ type }) => type)));
    }),
    rows.rowCount + background.rowCount,
  );
  const of = model.classes?.length ?? 0;
  const start = new Float64Array(rows.rowCount);
  const score = new Float64Array(rows.rowCount);
  const effects = names.map(() => new Float64Array(rows.rowCount));
  const perRow = orders * (width + 1);
  const together = Math.max(1, Math.floor(AT_ONCE / perRow));
  for (let from = 0; from < rows.rowCount; from += together) {
    const count = Math.min(together, rows.rowCount - from);
    const said = await predictModel(model, mixed(both, drawn, from, count, rows.rowCount), lookups);
    for (let i = 0; i < count; i++) {
      const row = from + i;
      const at = (step: number): number => {
        if (!classes) return said.codes[step];
        // A file without probabilities says only which class.
        return said.probabilities ? said.probabilities[step * of + classes[row]] : said.codes[step] === classes[row] ? 1 : 0;
      };
      for (const [m, { order }] of drawn.entries()) {
        const first = i * perRow + m * (width + 1);
        start[row] += at(first) / orders;
        score[row] += at(first + width) / orders;
        for (const [k, column] of order.entries()) effects[column][row] += (at(first + k + 1) - at(first + k)) / orders;
      }
    }
    progress((from + count) / rows.rowCount);
  }
  return { names, start, score, effects, orders };
}

interface Drawn {
  order: readonly number[];
  /** Of the background. */
  row: number;
}

function drawOrders(width: number, orders: number, backgroundRows: number, random: ReturnType<typeof stream>): Drawn[] {
  const drawn: Drawn[] = [];
  while (drawn.length < orders) {
    const order = Array.from({ length: width }, (_, j) => j);
    for (let j = width - 1; j > 0; j--) {
      const other = random.below(j + 1);
      [order[j], order[other]] = [order[other], order[j]];
    }
    const row = random.below(backgroundRows);
    drawn.push({ order, row }, { order: order.toReversed(), row });
  }
  return drawn;
}

/** For each row and each order: nothing of it known, then its first column, and so on until all of it is. */
function mixed(both: Table, drawn: readonly Drawn[], from: number, count: number, explained: number): Table {
  const width = both.columns.length;
  const rowCount = count * drawn.length * (width + 1);
  const places = both.columns.map(() => new Int32Array(rowCount));
  let at = 0;
  for (let i = from; i < from + count; i++)
    for (const { order, row } of drawn) {
      for (const [k, column] of order.entries())
        for (let step = 0; step <= width; step++) places[column][at + step] = step > k ? i : explained + row;
      at += width + 1;
    }
  return makeTable(
    both.fields,
    both.columns.map((column, j) => gather(column, places[j])),
    rowCount,
  );
}
