/** Checks parameter values against their records: every wrong value is a Problem at its parameter, with the next step. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import { isShown } from './fill.ts';
import type { NumberParam, Param, Params, ParamValues } from './params.ts';

/** Problems of all parameters that are shown; `values` has defaults filled in. Columns against schemas are the check's business. */
export function validateParams(params: Params, values: ParamValues): Problem[] {
  return Object.entries(params)
    .filter(([, param]) => isShown(param, values))
    .flatMap(([id, param]) => validateValue(param, values[id]).map((found) => ({ ...found, at: { ...found.at, param: id } })));
}

const wrong = (code: string, message: string, hint: string, args: Record<string, Json> = {}): Problem[] => [
  problem({ code: `param.${code}`, message, hint, args }),
];
const badShape = (param: Param, value: Json | undefined, wanted: string) =>
  wrong('wrong-type', `${param.label} should be ${wanted}.`, 'Set it again in the inspector.', { value: value ?? null });
const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList = (value: Json | undefined): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

function validateValue(param: Param, value: Json | undefined): Problem[] {
  switch (param.type) {
    case 'number':
    case 'integer':
      return validateNumber(param, value);
    case 'seed':
      return Number.isSafeInteger(value) ? [] : badShape(param, value, 'a whole number');
    case 'flag':
      return typeof value === 'boolean' ? [] : badShape(param, value, 'on or off');
    case 'choice': {
      if (param.options.some((option) => option.value === value)) return [];
      const offered = param.options.map((option) => option.label).join(', ');
      return wrong('unknown-choice', `${param.label} has no choice “${String(value)}”.`, `Choose one of: ${offered}.`, {
        value: value ?? null,
      });
    }
    case 'text':
    case 'formula': {
      if (typeof value !== 'string') return badShape(param, value, 'a text');
      if (param.type === 'text' && param.pattern && value !== '' && !new RegExp(`^(?:${param.pattern})$`, 'u').test(value))
        return wrong('pattern', `${param.label} cannot be “${value}”.`, param.help, { value });
      return [];
    }
    case 'columns':
      return isColumnPick(value) ? [] : badShape(param, value, 'a choice of columns');
    case 'column':
      if (value === null && (param.auto !== undefined || param.optional)) return [];
      if (value === null) return wrong('required', `${param.label} is not chosen yet.`, 'Choose a column.');
      return typeof value === 'string' ? [] : badShape(param, value, 'a column name');
    case 'catalogue':
      if (value === '') return wrong('required', `${param.label} is not chosen yet.`, 'Choose one from the list.');
      return typeof value === 'string' ? [] : badShape(param, value, 'a name from the list');
    case 'file':
      if (value === null)
        return wrong('required', 'No file is chosen yet.', `Choose a file (${param.accept.join(', ')}) or drop one here.`);
      return isRecord(value) && typeof value.digest === 'string' && typeof value.name === 'string' ? [] : badShape(param, value, 'a file');
    case 'list':
      return validateList(param.label, param.item, value);
    case 'grid':
      return isRecord(value) && Array.isArray(value.columns) && Array.isArray(value.rows) ? [] : badShape(param, value, 'a sheet of cells');
  }
}

function validateNumber(param: NumberParam, value: Json | undefined): Problem[] {
  if (value === null && (param.default === null || param.auto !== undefined)) return [];
  if (typeof value !== 'number' || !Number.isFinite(value)) return badShape(param, value, 'a number');
  if (param.type === 'integer' && !Number.isInteger(value)) return badShape(param, value, 'a whole number');
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = param;
  if (value >= min && value <= max) return [];
  const unit = param.unit ? ` ${param.unit}` : '';
  const range =
    param.max === undefined ? `at least ${min}${unit}` : param.min === undefined ? `at most ${max}${unit}` : `from ${min} to ${max}${unit}`;
  return wrong('range', `${param.label} is ${value}, but must be ${range}.`, `Set it to a value ${range}.`, { value });
}

function validateList(label: string, item: Params, value: Json | undefined): Problem[] {
  if (!Array.isArray(value)) return wrong('wrong-type', `${label} should be a list.`, 'Set it again in the inspector.');
  return value.flatMap((row, i) => {
    if (!isRecord(row)) return wrong('wrong-type', `${label}, entry ${i + 1}, is not complete.`, 'Remove the entry and add it again.');
    const filled = Object.fromEntries(
      Object.entries(item).map(([id, param]) => [id, Object.hasOwn(row, id) ? row[id] : (param.default as Json)]),
    );
    return validateParams(item, filled).map((found) => ({
      ...found,
      at: {},
      message: `${label}, entry ${i + 1}: ${found.message}`,
      args: { ...found.args, entry: i },
    }));
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
