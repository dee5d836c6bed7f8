/** Makes a model of a checked ONNX file: inputs as columns, outputs by role, classes from the file or from the user. */
import { type Json, parseJson } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import { type ColumnSchema, type ColumnType, column } from '../../kind/schema.ts';
import { checkModel } from '../../onnx/check.ts';
import { type Header, type HeaderValue, readHeader } from '../../onnx/header.ts';
import { stripZipMap } from '../../onnx/rewrite.ts';
import type { Model, ModelOutput } from '../../recipe/model.ts';

const FLOATS: readonly string[] = ['float', 'double'];
const LABELS: readonly string[] = ['string', 'int64', 'int32'];
const COLUMN_TYPES: Record<string, ColumnType> = { string: 'category', int64: 'integer', int32: 'integer', bool: 'boolean' };

/** The schema that our own exports carry. */
interface OwnSchema {
  inputs: { name: string; type: ColumnType; categories?: string[] }[];
  classes?: string[];
  target?: string;
}
function ownSchema(header: Header): OwnSchema | undefined {
  const text = header.metadata['millrace.schema'];
  if (text === undefined) return undefined;
  try {
    const schema = parseJson(text) as unknown as OwnSchema;
    return Array.isArray(schema.inputs) && schema.inputs.every((input) => typeof input.name === 'string') ? schema : undefined;
  } catch {
    // Metadata that is not ours reads as none.
    return undefined;
  }
}

/** Refuses what the static check refuses, naming the first reason. */
function checked(bytes: Uint8Array): { bytes: Uint8Array; header: Header; zipped: string[] | undefined } {
  const [first] = checkModel(bytes);
  if (first) throw new ProblemError({ ...first, at: { param: 'file' } });
  const stripped = stripZipMap(bytes);
  return { bytes: stripped.bytes, header: readHeader(stripped.bytes), zipped: Object.values(stripped.classes)[0] };
}

/** Columns in the order in which the inputs take them, and the map from `input` or `input[i]` to column. */
function inputColumns(header: Header, params: ParamValues): { inputs: ColumnSchema[]; map: Record<string, string> } {
  const own = new Map((ownSchema(header)?.inputs ?? []).map((input) => [input.name, input]));
  const pairs = params.columns as { input: string; column: string }[];
  const map: Record<string, string> = {};
  const inputs = new Map<string, ColumnSchema>();
  for (const input of header.inputs) {
    const named = pairs.filter((pair) => pair.input === input.name && pair.column !== '').map((pair) => pair.column);
    const width = widthOf(input, named.length);
    if (named.length > 0 && named.length !== width) throw wrongCount(input, width, named.length);
    for (let i = 0; i < width; i++) {
      const name = named[i] ?? (width === 1 ? input.name : `${input.name}[${i}]`);
      map[width === 1 ? input.name : `${input.name}[${i}]`] = name;
      const known = width === 1 ? own.get(input.name) : undefined;
      const categories = known?.categories ? { categories: known.categories } : {};
      inputs.set(name, column(name, known?.type ?? COLUMN_TYPES[input.dtype] ?? 'number', categories));
    }
  }
  return { inputs: [...inputs.values()], map };
}

/** Columns that an input takes: its second dimension, or as many as were listed where the file leaves it open. */
function widthOf(input: HeaderValue, listed: number): number {
  const width = input.dims && input.dims.length > 1 ? input.dims[1] : 1;
  return typeof width === 'number' ? width : Math.max(1, listed);
}

const wrongCount = (input: HeaderValue, width: number, listed: number) =>
  new ProblemError({
    code: 'import-onnx.columns',
    at: { param: 'columns' },
    args: { input: input.name, width, listed },
    message: `The input “${input.name}” takes ${width} columns, and ${listed} are listed.`,
    hint: `List ${width} columns for “${input.name}”, in the order of the file.`,
  });

function outputNamed(header: Header, wanted: Json, param: string, fits: (output: HeaderValue) => boolean): HeaderValue | undefined {
  if (typeof wanted !== 'string' || wanted.trim() === '') return header.outputs.find(fits);
  const found = header.outputs.find((output) => output.name === wanted.trim());
  if (found) return found;
  throw new ProblemError({
    code: 'import-onnx.output',
    at: { param },
    args: { output: wanted },
    message: `The file has no output “${wanted}”.`,
    hint: `Its outputs are ${header.outputs.map((output) => output.name).join(', ')}.`,
  });
}

/** Class names: the user's, the file's own, or 0 … k-1 where the file only says how many. */
function classList(header: Header, params: ParamValues, zipped: string[] | undefined, label?: HeaderValue, scores?: HeaderValue) {
  const given = String(params.classes ?? '')
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (given.length > 0) return given;
  const own = ownSchema(header)?.classes ?? zipped;
  const count = scores?.dims?.[1];
  const wide = typeof count === 'number' && count > 1;
  if (own || (!label && !wide)) return own;
  if (label && label.dtype !== 'string' && typeof count === 'number' && count > 1)
    return Array.from({ length: count }, (_, i) => String(i));
  throw new ProblemError({
    code: 'import-onnx.classes',
    at: { param: 'classes' },
    args: { output: (label ?? scores)!.name },
    message: `The file answers with classes (“${(label ?? scores)!.name}”) but does not say which there are.`,
    hint: 'Write the class names under Classes, one a line, in the order of its scores.',
  });
}

/** The model, of task classify where it has classes, else regress. Throws Problems on unsafe files and wrong maps. */
export function foreignModel(source: Uint8Array, name: string, version: number, params: ParamValues): Model {
  const { bytes, header, zipped } = checked(source);
  const label = outputNamed(header, params.label, 'label', (output) => LABELS.includes(output.dtype));
  const scores = outputNamed(header, params.scores, 'scores', (output) => FLOATS.includes(output.dtype));
  const classes = classList(header, params, zipped, label, scores);
  const { inputs, map } = inputColumns(header, params);
  const target = String(params.target ?? '').trim() || ownSchema(header)?.target;
  const answer = target ?? name;
  const outputs: ModelOutput[] = classes
    ? [
        { name: answer, type: 'category', role: 'label' },
        ...classes.map((of): ModelOutput => ({ name: `P(${of})`, type: 'number', role: 'probability', of })),
      ]
    : [{ name: answer, type: 'number', role: 'value' }];
  return {
    shape: 'row',
    task: classes ? 'classify' : 'regress',
    inputs,
    outputs,
    ...(classes ? { classes, classType: 'category' as const } : {}),
    ...(target === undefined ? {} : { target }),
    title: name,
    recipe: { entries: [] },
    targets: [],
    learner: { kind: 'deliver.import-onnx', version, params },
    featuriser: { numbers: 'native', columns: [], features: [] },
    fitted: null,
    about: { rowCount: 0, notes: [`imported from ${name}, made by ${header.producer || 'an unnamed program'}`] },
    learned: { source: '', ids: new Int32Array(0) },
    foreign: {
      bytes,
      columns: map,
      ...(classes && label ? { label: label.name } : {}),
      ...(scores ? { scores: scores.name } : {}),
    },
  };
}
