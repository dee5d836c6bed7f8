/** How the last table becomes the learner's matrix (contracts §1 rule 9): impute, one-hot; nothing is unscorable. */
import { compareText } from '../base/text-order.ts';
import { phrase, rowsOf, type Words } from '../base/words.ts';
import { isNumeric } from '../kind/schema.ts';
import { type Column, isMissing } from '../table/column.ts';
import { columnIndex, columnNamed, type Table } from '../table/table.ts';
import type { Featuriser, Matrix, Training } from './model.ts';
import { labelAt, numbersOf } from './target.ts';

/** A category keeps its most frequent levels up to this many; the others count as unseen. */
const MAX_LEVELS = { 'one-hot': 100, codes: 254 };
/** A text column with at most this many different values is read as a category. */
const MAX_TEXT_LEVELS = 30;
type FeatureColumn = Featuriser['columns'][number];
type Categories = keyof typeof MAX_LEVELS;

export interface Fitted {
  featuriser: Featuriser;
  /** What was capped or left out, for people. */
  notes: Words[];
}

/** Learns fills, scales and levels from the named columns of the learning rows. Where missing is filled, so is infinite. */
export function fitFeaturiser(
  table: Table,
  names: readonly string[],
  numbers: Featuriser['numbers'],
  categories: Categories = 'one-hot',
): Fitted {
  const notes: Words[] = [];
  const fitted = names.flatMap((name): FeatureColumn[] => {
    const column = columnNamed(table, name);
    if (isNumeric(column.type) || column.type === 'datetime') return [fitNumber(name, column, numbers)];
    return fitLevels(name, column, categories, notes) ?? [];
  });
  const flat = new Set(fitted.filter((spec) => isConstant(columnNamed(table, spec.name), numbers)).map((spec) => spec.name));
  // A table of constants still has a model: its mean.
  const columns = flat.size === fitted.length ? fitted : fitted.filter((spec) => !flat.has(spec.name));
  if (columns.length < fitted.length)
    notes.push(phrase('note.constant', 'Not used, because they are the same in every row: {columns}.', { columns: [...flat] }));
  return { featuriser: { numbers, columns, features: columns.flatMap(featureNames) }, notes };
}

/** Whether a column tells no two learning rows apart; a missing cell is a value of its own unless it will be filled. */
function isConstant(column: Column, numbers: Featuriser['numbers']): boolean {
  if (column.type === 'category' || column.type === 'text') {
    const labels = countLabels(column);
    const present = [...labels.values()].reduce((sum, count) => sum + count, 0);
    return labels.size === 0 || (labels.size === 1 && present === column.length);
  }
  let seen: number | undefined;
  for (const value of numbersOf(column)) {
    if (numbers !== 'native' && !Number.isFinite(value)) continue;
    if (seen !== undefined && !Object.is(value, seen)) return false;
    seen = value;
  }
  return true;
}

const featureNames = (column: FeatureColumn): string[] =>
  column.levels && !column.coded ? column.levels.map((level) => `${column.name}=${level}`) : [column.name];

/** What each matrix column comes from, and how many categories its codes stand for (0 = a number). */
export function featureKinds({ columns }: Featuriser): Pick<Training, 'types' | 'categories'> {
  const wide = columns.flatMap((column) => featureNames(column).map(() => column));
  return { types: wide.map(({ type }) => type), categories: wide.map(({ coded, levels }) => (coded ? levels!.length : 0)) };
}

function fitNumber(name: string, column: Column, numbers: Featuriser['numbers']): FeatureColumn {
  if (numbers === 'native') return { name, type: column.type };
  const values = numbersOf(column);
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
  }
  const fill = count > 0 ? sum / count : 0;
  if (numbers === 'impute') return { name, type: column.type, fill };
  const scale = deviation(values, fill, count);
  return { name, type: column.type, fill, offset: fill, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
}

/** Root of the mean square about `center` of the `count` finite values; numbers whose squares leave the doubles are made smaller or larger first. */
function deviation(values: Float64Array, center: number, count: number): number {
  if (count === 0) return 0;
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value - center));
  const unit = most > 1e-140 && most < 1e140 ? 1 : most;
  if (unit === 0) return 0;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += ((value - center) / unit) * ((value - center) / unit);
  return unit * Math.sqrt(squares / count);
}

/** Number of rows per label, missing left out. */
function countLabels(column: Column): Map<string, number> {
  const counts = new Map<string, number>();
  if (column.type === 'category') {
    const byCode = new Int32Array(column.dictionary.length);
    for (const code of column.codes) if (code >= 0) byCode[code]++;
    byCode.forEach((count, code) => {
      if (count > 0) counts.set(column.dictionary[code], count);
    });
    return counts;
  }
  for (let i = 0; i < column.length; i++) {
    if (isMissing(column, i)) continue;
    const label = labelAt(column, i);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

function fitLevels(name: string, column: Column, categories: Categories, notes: Words[]): FeatureColumn[] | undefined {
  const counts = countLabels(column);
  let present = 0;
  for (const count of counts.values()) present += count;
  if (column.type === 'text' && counts.size > MAX_TEXT_LEVELS) {
    notes.push(
      phrase(
        'note.text-unused',
        '“{name}” is text with {values} different values and is not used; turn it into categories or numbers to use it.',
        {
          name,
          values: counts.size,
        },
      ),
    );
    return undefined;
  }
  if (counts.size > MAX_TEXT_LEVELS && counts.size > present / 2) {
    notes.push(
      phrase('note.too-many-levels', '“{name}” is not used: {values} different values in {rows} say nothing about new rows.', {
        name,
        values: counts.size,
        rows: rowsOf(present),
      }),
    );
    return undefined;
  }
  const levels = [...counts.keys()].sort(compareText);
  const most = MAX_LEVELS[categories];
  const spec = { name, type: column.type, ...(categories === 'codes' ? { coded: true as const } : {}) };
  if (levels.length <= most) return [{ ...spec, levels }];
  notes.push(
    phrase('note.levels-capped', '“{name}” has {values} different values; the {most} most frequent are used, the rest count as unseen.', {
      name,
      values: levels.length,
      most,
    }),
  );
  const kept = levels
    .map((level, order) => ({ level, order, count: counts.get(level)! }))
    .sort((a, b) => b.count - a.count || a.order - b.order)
    .slice(0, most);
  return [{ ...spec, levels: kept.map((entry) => entry.level).sort(compareText) }];
}

/** Place of each row's label among the levels, -1 for unseen and missing. */
function levelCodes(column: Column, levels: readonly string[]): Int32Array {
  const place = new Map(levels.map((level, i) => [level, i]));
  const codes = new Int32Array(column.length);
  if (column.type === 'category') {
    const byCode = column.dictionary.map((label) => place.get(label) ?? -1);
    for (let i = 0; i < codes.length; i++) codes[i] = column.codes[i] < 0 ? -1 : byCode[column.codes[i]];
    return codes;
  }
  for (let i = 0; i < codes.length; i++) codes[i] = isMissing(column, i) ? -1 : (place.get(labelAt(column, i)) ?? -1);
  return codes;
}

/** Computed in double; one cast to float32 where the learner wants that, as the graph does. */
export function applyFeaturiser(featuriser: Featuriser, table: Table, precision: 'float32' | 'float64'): Matrix {
  const rows = table.rowCount;
  const cols = featuriser.features.length;
  const values = precision === 'float32' ? new Float32Array(rows * cols) : new Float64Array(rows * cols);
  let at = 0;
  for (const spec of featuriser.columns) {
    const place = columnIndex(table, spec.name);
    const column = place < 0 ? undefined : table.columns[place];
    if (spec.levels) {
      const codes = column && levelCodes(column, spec.levels);
      if (spec.coded) {
        for (let i = 0; i < rows; i++) values[i * cols + at] = codes && codes[i] >= 0 ? codes[i] : Number.NaN;
        at++;
        continue;
      }
      if (codes) for (let i = 0; i < rows; i++) if (codes[i] >= 0) values[i * cols + at + codes[i]] = 1;
      at += spec.levels.length;
      continue;
    }
    const numbers = column && numbersOf(column);
    const { fill = Number.NaN, offset, scale = 1 } = spec;
    for (let i = 0; i < rows; i++) {
      let value = numbers ? numbers[i] : Number.NaN;
      if (spec.fill === undefined ? Number.isNaN(value) : !Number.isFinite(value)) value = fill;
      values[i * cols + at] = offset === undefined ? value : (value - offset) / scale;
    }
    at++;
  }
  return { rows, cols, values };
}
