/** Predicts with a foreign ONNX file: feeds its inputs from the mapped columns, reads the outputs the user confirmed. */
import { ProblemError } from '../base/problem.ts';
import type { DType } from '../onnx/build.ts';
import { type HeaderValue, readHeader } from '../onnx/header.ts';
import { type Answer, createSession, type Feed, runSession } from '../onnx/session.ts';
import { type Column, numeric } from '../table/column.ts';
import { columnNamed, type Table } from '../table/table.ts';
import type { Model } from './model.ts';
import type { Predicted } from './predict.ts';
import { decodeClasses, labelAt, numbersOf } from './target.ts';

const NUMBER_TYPES: readonly string[] = ['float', 'double', 'int32', 'int64', 'bool'];

/**
 * One feed per graph input. A one-column input takes the column that `columns` maps its name to (else its own name); a
 * wide one [batch, d] takes the columns mapped from `name[0]` … `name[d-1]`, or all model inputs when it is the only one.
 */
function feedOf(input: HeaderValue, model: Model, table: Table, only: boolean): Feed {
  const map = model.foreign!.columns;
  const width = input.dims && input.dims.length > 1 ? Number(input.dims[1] || (only ? model.inputs.length : 1)) : 1;
  const names = Array.from(
    { length: width },
    (_, i) => map[`${input.name}[${i}]`] ?? (width === 1 ? (map[input.name] ?? input.name) : model.inputs[i].name),
  );
  const dims = input.dims?.length === 1 ? [table.rowCount] : [table.rowCount, width];
  const columns = names.map((name) => columnNamed(table, name));
  if (input.dtype === 'string') {
    const data: string[] = [];
    for (let i = 0; i < table.rowCount; i++) for (const column of columns) data.push(labelAt(column, i));
    return { dtype: 'string', dims, data };
  }
  if (!NUMBER_TYPES.includes(input.dtype)) {
    throw new ProblemError({
      code: 'foreign.input-type',
      args: { input: input.name, type: input.dtype },
      message: `The model's input “${input.name}” is of the type ${input.dtype}, which cannot be fed from columns.`,
      hint: 'Export the model with inputs of numbers or strings.',
    });
  }
  const data = new Float64Array(table.rowCount * width);
  columns.forEach((column, j) => {
    const values = numbersOf(column);
    for (let i = 0; i < table.rowCount; i++) data[i * width + j] = values[i];
  });
  return { dtype: input.dtype as DType, dims, data };
}

const numbersIn = (answer: Answer): Float64Array => Float64Array.from(answer.data as ArrayLike<number>);

/** Codes from the label output by class name, else by the largest score; probabilities from the scores when they fit. */
function classified(model: Model, rowCount: number, labels: Answer | undefined, scores: Answer | undefined): Predicted {
  const classes = model.classes!;
  const k = classes.length;
  const raw = scores && numbersIn(scores);
  let probabilities: Float64Array | undefined;
  if (raw?.length === rowCount * k) probabilities = raw;
  else if (raw && k === 2 && raw.length === rowCount)
    probabilities = Float64Array.from({ length: rowCount * 2 }, (_, i) => (i % 2 ? raw[i >> 1] : 1 - raw[i >> 1]));
  const codes = new Float64Array(rowCount).fill(Number.NaN);
  if (labels) {
    const place = new Map(classes.map((label, code) => [label, code]));
    for (let i = 0; i < rowCount; i++) codes[i] = place.get(String(labels.data[i])) ?? Number.NaN;
  } else if (probabilities) {
    for (let i = 0; i < rowCount; i++) {
      codes[i] = 0;
      for (let c = 1; c < k; c++) if (probabilities[i * k + c] > probabilities[i * k + codes[i]]) codes[i] = c;
    }
  }
  return { codes, ...(probabilities ? { probabilities } : {}), labels: decodeClasses(codes, classes, model.classType ?? 'category') };
}

/** Runs the file on every row. Without a class list the first wanted output is read as numbers. */
export async function predictForeign(model: Model, table: Table): Promise<Predicted> {
  const foreign = model.foreign!;
  const header = readHeader(foreign.bytes);
  const feeds = Object.fromEntries(header.inputs.map((input) => [input.name, feedOf(input, model, table, header.inputs.length === 1)]));
  const wanted = [foreign.label, foreign.scores].filter((name): name is string => name !== undefined);
  const session = await createSession(foreign.bytes);
  try {
    const answers = await runSession(session, feeds, wanted.length > 0 ? wanted : [session.outputs[0]]);
    const labels = foreign.label === undefined ? undefined : answers[foreign.label];
    const scores = foreign.scores === undefined ? undefined : answers[foreign.scores];
    if (model.classes) return classified(model, table.rowCount, labels, scores);
    const values = numbersIn(scores ?? labels ?? Object.values(answers)[0]).slice(0, table.rowCount);
    const column: Column = numeric(values);
    return { codes: values, labels: column };
  } finally {
    await session.release();
  }
}
