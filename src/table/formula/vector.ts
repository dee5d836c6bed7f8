/** Values of a formula over all rows; a vector of length 1 is a constant. Missing: NaN, 2 or code -1. */
import { booleans, type Column, categories, categoriesOf, cellAt, numeric } from '../column.ts';
import type { FormulaType } from './ast.ts';

export interface BooleanVector {
  type: 'boolean';
  values: Uint8Array;
}
export interface TextVector {
  type: 'text';
  /** Codes into `labels`, which are distinct; '' never is one. */
  codes: Int32Array;
  labels: readonly string[];
}
export type Vector = { type: 'number' | 'datetime'; values: Float64Array } | BooleanVector | TextVector;

export const lengthOf = (v: Vector): number => (v.type === 'text' ? v.codes.length : v.values.length);

export function vectorOf(column: Column): Vector {
  switch (column.type) {
    case 'category':
      return { type: 'text', codes: column.codes, labels: column.dictionary };
    case 'text': {
      const coded = categoriesOf(Array.from({ length: column.length }, (_, i) => cellAt(column, i) as string | null));
      return { type: 'text', codes: coded.codes, labels: coded.dictionary };
    }
    case 'boolean':
      return { type: 'boolean', values: column.values };
    default:
      return { type: column.type === 'datetime' ? 'datetime' : 'number', values: column.values };
  }
}

/** Column of `rowCount` rows; whole numbers stay `number`, texts become a category. */
export function columnOfVector(v: Vector, rowCount: number): Column {
  const stretch = <A extends Float64Array | Uint8Array | Int32Array>(values: A): A =>
    values.length === rowCount ? values : (new (values.constructor as new (n: number) => A)(rowCount).fill(values[0]) as A);
  if (v.type === 'text') return categories(stretch(v.codes), v.labels);
  if (v.type === 'boolean') return booleans(stretch(v.values));
  return numeric(stretch(v.values), v.type);
}

/** A vector of nothing but missing values, of a type. */
export function missingVector(type: FormulaType): Vector {
  if (type === 'text') return { type, codes: Int32Array.of(-1), labels: [] };
  if (type === 'boolean') return { type, values: Uint8Array.of(2) };
  return { type, values: Float64Array.of(Number.NaN) };
}

/** Numbers of a number, date or boolean vector. */
export function numbersOf(v: Vector): Float64Array {
  if (v.type === 'text') throw new TypeError('a text is no number');
  return v.type === 'boolean' ? Float64Array.from(v.values, (value) => (value === 2 ? Number.NaN : value)) : v.values;
}

/** Text vector from one label per row ('' = missing), dictionary made distinct. */
export function textVector(rows: readonly string[]): Vector {
  const coded = categoriesOf(rows);
  return { type: 'text', codes: coded.codes, labels: coded.dictionary };
}

/** Applies `change` to each distinct label once. */
export function mapLabels(v: TextVector, change: (label: string) => string): Vector {
  const index = new Map<string, number>();
  const target = v.labels.map((label) => {
    const text = change(label);
    if (text === '') return -1;
    if (!index.has(text)) index.set(text, index.size);
    return index.get(text) as number;
  });
  return { type: 'text', codes: v.codes.map((code) => (code < 0 ? -1 : target[code])), labels: [...index.keys()] };
}

/** The label of each row, '' when missing. */
export const labelsOf = (v: TextVector): string[] => Array.from(v.codes, (code) => (code < 0 ? '' : v.labels[code]));

export function isMissingVector(v: Vector): Uint8Array {
  if (v.type === 'text') return Uint8Array.from(v.codes, (code) => Number(code < 0));
  if (v.type === 'boolean') return v.values.map((value) => Number(value === 2));
  return Uint8Array.from(v.values, (value) => Number(Number.isNaN(value)));
}
