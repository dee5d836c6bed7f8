/** What the functions of the formula language do, on whole vectors. Arguments are already type-checked. */
import { exp, log, log10 } from '../../base/float.ts';
import { formatDateTime, parseDateTime } from '../datetime.ts';
import { roundEven } from '../round-even.ts';
import { readNumber } from '../verbs/cast.ts';
import type { FormulaType } from './ast.ts';
import { type DateField, dateField } from './date-fields.ts';
import { DATE_FUNCTIONS } from './functions.ts';
import {
  isMissingVector,
  labelsOf,
  lengthOf,
  mapLabels,
  missingVector,
  numbersOf,
  type TextVector,
  textVector,
  type Vector,
} from './vector.ts';

const ONE_NUMBER: Record<string, (x: number) => number> = {
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundEven,
  sqrt: (x) => (x < 0 ? Number.NaN : Math.sqrt(x)),
  exp,
  log: (x) => (x > 0 ? log(x) : Number.NaN),
  log10: (x) => (x > 0 ? log10(x) : Number.NaN),
};
const ONE_TEXT: Record<string, (text: string) => string> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};
const TEXT_TESTS: Record<string, (text: string, part: string) => boolean> = {
  contains: (text, part) => text.includes(part),
  starts_with: (text, part) => text.startsWith(part),
  ends_with: (text, part) => text.endsWith(part),
};

const rowsOf = (vectors: readonly Vector[]) => (vectors.some((v) => lengthOf(v) === 0) ? 0 : Math.max(...vectors.map(lengthOf)));
const at = <T>(list: ArrayLike<T>, i: number): T => list[list.length === 1 ? 0 : i];

export function callFunction(name: string, args: Vector[], type: FormulaType | undefined): Vector {
  const rows = rowsOf(args);
  const one = ONE_NUMBER[name];
  if (one) return { type: 'number', values: numbersOf(args[0]).map(one) };
  if (DATE_FUNCTIONS.has(name)) return { type: 'number', values: numbersOf(args[0]).map((ms) => dateField(name as DateField, ms)) };
  const relabel = ONE_TEXT[name];
  if (relabel) return mapLabels(args[0] as TextVector, relabel);
  const test = TEXT_TESTS[name];
  if (test) {
    const [texts, parts] = [labelsOf(args[0] as TextVector), labelsOf(args[1] as TextVector)];
    return {
      type: 'boolean',
      values: Uint8Array.from({ length: rows }, (_, i) =>
        at(texts, i) === '' || at(parts, i) === '' ? 2 : Number(test(at(texts, i), at(parts, i))),
      ),
    };
  }
  switch (name) {
    case 'if':
      return choose(args[0] as { values: Uint8Array }, like(args[1], type), like(args[2], type), rows);
    case 'coalesce':
      return args
        .map((value) => like(value, type))
        .reduce((left, right) => choose({ values: isMissingVector(left) }, right, left, Math.max(lengthOf(left), lengthOf(right))));
    case 'is_missing':
      return { type: 'boolean', values: isMissingVector(args[0]) };
    case 'min':
    case 'max': {
      const columns = args.map(numbersOf);
      const pick = name === 'min' ? Math.min : Math.max;
      return {
        type: 'number',
        values: Float64Array.from({ length: rows }, (_, i) =>
          columns.reduce((best, values) => pick(best, at(values, i)), at(columns[0], i)),
        ),
      };
    }
    case 'clip': {
      const [x, low, high] = args.map(numbersOf);
      return {
        type: 'number',
        values: Float64Array.from({ length: rows }, (_, i) => Math.min(Math.max(at(x, i), at(low, i)), at(high, i))),
      };
    }
    case 'length':
      return {
        type: 'number',
        values: Float64Array.from(labelsOf(args[0] as TextVector), (text) => (text === '' ? Number.NaN : [...text].length)),
      };
    case 'replace': {
      const [texts, finds, writes] = args.map((v) => labelsOf(v as TextVector));
      return textVector(
        Array.from({ length: rows }, (_, i) =>
          at(finds, i) === '' ? at(texts, i) : at(texts, i).replaceAll(at(finds, i), () => at(writes, i)),
        ),
      );
    }
    case 'left':
    case 'right':
    case 'mid':
      return slice(name, args, rows);
    case 'number':
      return toNumber(args[0]);
    case 'text':
      return toText(args[0]);
    default:
      return { type: 'datetime', values: Float64Array.from(labelsOf(args[0] as TextVector), (text) => parseDateTime(text)) };
  }
}

/** A bare `missing` or a boolean beside numbers takes the common type. */
function like(v: Vector, type: FormulaType | undefined): Vector {
  if (type === undefined || v.type === type) return v;
  return type === 'number' && v.type === 'boolean' ? { type: 'number', values: numbersOf(v) } : missingVector(type);
}

/** `then` where the condition is 1, else `otherwise`; both of one type. */
function choose(condition: { values: Uint8Array }, then: Vector, otherwise: Vector, rows: number): Vector {
  const yes = (i: number) => at(condition.values, i) === 1;
  if (then.type === 'text' || otherwise.type === 'text') {
    const [a, b] = [labelsOf(then as TextVector), labelsOf(otherwise as TextVector)];
    return textVector(Array.from({ length: rows }, (_, i) => (yes(i) ? at(a, i) : at(b, i))));
  }
  const fill = <A extends Float64Array | Uint8Array>(out: A): A => {
    for (let i = 0; i < rows; i++) out[i] = yes(i) ? at(then.values, i) : at(otherwise.values, i);
    return out;
  };
  return then.type === 'boolean'
    ? { type: 'boolean', values: fill(new Uint8Array(rows)) }
    : { type: then.type, values: fill(new Float64Array(rows)) };
}

function slice(name: string, args: Vector[], rows: number): Vector {
  const texts = labelsOf(args[0] as TextVector);
  const [a, b] = args.slice(1).map(numbersOf);
  return textVector(
    Array.from({ length: rows }, (_, i) => {
      const characters = [...at(texts, i)];
      const n = Math.floor(at(a, i));
      if (Number.isNaN(n)) return '';
      if (name === 'left') return characters.slice(0, Math.max(0, n)).join('');
      if (name === 'right') return n <= 0 ? '' : characters.slice(-n).join('');
      const start = Math.max(0, n - 1);
      return characters.slice(start, start + Math.max(0, Math.floor(at(b, i)))).join('');
    }),
  );
}

function toNumber(v: Vector): Vector {
  if (v.type !== 'text') return { type: 'number', values: numbersOf(v) };
  const values = v.labels.map(readNumber);
  return { type: 'number', values: Float64Array.from(v.codes, (code) => (code < 0 ? Number.NaN : values[code])) };
}

function toText(v: Vector): Vector {
  if (v.type === 'text') return v;
  if (v.type === 'boolean') return textVector(Array.from(v.values, (bit) => (bit === 2 ? '' : bit ? 'true' : 'false')));
  const write = v.type === 'datetime' ? formatDateTime : String;
  return textVector(Array.from(v.values, (x) => (Number.isNaN(x) ? '' : write(x))));
}
