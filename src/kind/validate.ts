/** Checks parameter values against their records: every wrong value is a Problem at its parameter, with the next step. */
import type { Json } from '../base/json.ts';
import { type Problem, problem, problemWords } from '../base/problem.ts';
import { labelWords, type Phrase, phrase } from '../base/words.ts';
import { isShown } from './fill.ts';
import type { NumberParam, Param, Params, ParamValues } from './params.ts';

/** Problems of all parameters that are shown; `values` has defaults filled in. Columns against schemas are the check's business. */
export function validateParams(params: Params, values: ParamValues): Problem[] {
  return Object.entries(params)
    .filter(([, param]) => isShown(param, values))
    .flatMap(([id, param]) => validateValue(param, values[id]).map((found) => ({ ...found, at: { ...found.at, param: id } })));
}

const wrong = (code: string, message: Phrase, hint: Phrase, args: Record<string, Json> = {}): Problem[] => [
  problem({ code, message, hint, args }),
];
const SET_AGAIN = phrase('param.set-again', 'Set it again in the inspector.');
const badShape = (param: Param, value: Json | undefined, wanted: Phrase) =>
  wrong(
    'param.wrong-type',
    phrase('param.should-be', '{label} should be {wanted}.', { label: labelWords(param.label), wanted }),
    SET_AGAIN,
    {
      value: value ?? null,
    },
  );
const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList = (value: Json | undefined): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

function validateValue(param: Param, value: Json | undefined): Problem[] {
  switch (param.type) {
    case 'number':
    case 'integer':
      return validateNumber(param, value);
    case 'seed':
      return Number.isSafeInteger(value) ? [] : badShape(param, value, phrase('param.a-whole-number', 'a whole number'));
    case 'flag':
      return typeof value === 'boolean' ? [] : badShape(param, value, phrase('param.on-or-off', 'on or off'));
    case 'choice': {
      if (param.options.some((option) => option.value === value)) return [];
      const offered = param.options.map((option) => labelWords(option.label));
      return wrong(
        'param.unknown-choice',
        phrase('param.no-choice', '{label} has no choice “{value}”.', { label: labelWords(param.label), value: String(value) }),
        phrase('param.choose-one', 'Choose one of: {options}.', { options: offered }),
        { value: value ?? null },
      );
    }
    case 'text':
    case 'formula': {
      if (typeof value !== 'string') return badShape(param, value, phrase('param.a-text', 'a text'));
      if (param.type === 'text' && param.pattern && value !== '' && !new RegExp(`^(?:${param.pattern})$`, 'u').test(value))
        return wrong(
          'param.pattern',
          phrase('param.cannot-be', '{label} cannot be “{value}”.', { label: labelWords(param.label), value }),
          labelWords(param.help),
          { value },
        );
      return [];
    }
    case 'columns':
      return isColumnPick(value) ? [] : badShape(param, value, phrase('param.columns', 'a choice of columns'));
    case 'column':
      if (value === null && (param.auto !== undefined || param.optional)) return [];
      if (value === null) return wrong('param.required', notChosen(param), phrase('param.choose-column', 'Choose a column.'));
      return typeof value === 'string' ? [] : badShape(param, value, phrase('param.column', 'a column name'));
    case 'catalogue':
      if (value === '') return wrong('param.required', notChosen(param), phrase('param.choose-listed', 'Choose one from the list.'));
      return typeof value === 'string' ? [] : badShape(param, value, phrase('param.listed', 'a name from the list'));
    case 'file':
      if (value === null)
        return wrong(
          'param.required',
          phrase('param.no-file', 'No file is chosen yet.'),
          phrase('param.choose-file', 'Choose a file ({types}) or drop one here.', { types: param.accept.join(', ') }),
        );
      return isRecord(value) && typeof value.digest === 'string' && typeof value.name === 'string'
        ? []
        : badShape(param, value, phrase('param.a-file', 'a file'));
    case 'list':
      return validateList(param.label, param.item, value);
    case 'grid':
      return isRecord(value) && Array.isArray(value.columns) && Array.isArray(value.rows)
        ? []
        : badShape(param, value, phrase('param.a-sheet', 'a sheet of cells'));
  }
}

const notChosen = (param: Param) => phrase('param.not-chosen', '{label} is not chosen yet.', { label: labelWords(param.label) });

function validateNumber(param: NumberParam, value: Json | undefined): Problem[] {
  if (value === null && (param.default === null || param.auto !== undefined)) return [];
  if (typeof value !== 'number' || !Number.isFinite(value)) return badShape(param, value, phrase('param.a-number', 'a number'));
  if (param.type === 'integer' && !Number.isInteger(value)) return badShape(param, value, phrase('param.a-whole-number', 'a whole number'));
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = param;
  if (value >= min && value <= max) return [];
  const number = (n: number) => (param.unit ? phrase('param.with-unit', '{value} {unit}', { value: n, unit: labelWords(param.unit) }) : n);
  const range =
    param.max === undefined
      ? phrase('param.at-least', 'at least {min}', { min: number(min) })
      : param.min === undefined
        ? phrase('param.at-most', 'at most {max}', { max: number(max) })
        : phrase('param.from-to', 'from {min} to {max}', { min, max: number(max) });
  return wrong(
    'param.range',
    phrase('param.out-of-range', '{label} is {value}, but must be {range}.', { label: labelWords(param.label), value, range }),
    phrase('param.set-range', 'Set it to a value {range}.', { range }),
    { value },
  );
}

function validateList(label: string, item: Params, value: Json | undefined): Problem[] {
  if (!Array.isArray(value))
    return wrong('param.wrong-type', phrase('param.should-be-list', '{label} should be a list.', { label: labelWords(label) }), SET_AGAIN);
  return value.flatMap((row, i) => {
    const entry = { label: labelWords(label), entry: i + 1 };
    if (!isRecord(row))
      return wrong(
        'param.wrong-type',
        phrase('param.incomplete', '{label}, entry {entry}, is not complete.', entry),
        phrase('param.add-again', 'Remove the entry and add it again.'),
      );
    const filled = Object.fromEntries(
      Object.entries(item).map(([id, param]) => [id, Object.hasOwn(row, id) ? row[id] : (param.default as Json)]),
    );
    return validateParams(item, filled).map((found) =>
      problem({
        ...found,
        at: {},
        hint: found.said?.hint ?? found.hint,
        message: phrase('param.in-entry', '{label}, entry {entry}: {problem}', { ...entry, problem: problemWords(found) }),
        args: { ...found.args, entry: i },
      }),
    );
  });
}

function isColumnPick(value: Json | undefined): boolean {
  if (!isRecord(value)) return false;
  if ('names' in value) return isTextList(value.names);
  if ('types' in value) return isTextList(value.types);
  if ('pattern' in value) return typeof value.pattern === 'string' && isPattern(value.pattern);
  return value.all === true && (value.except === undefined || isTextList(value.except));
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
