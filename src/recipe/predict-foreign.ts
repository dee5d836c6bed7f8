/** Predicts with a foreign ONNX file: feeds its inputs from the mapped columns, reads the outputs the user confirmed. */
import { type Problem, ProblemError } from '../base/problem.ts';
import { checkModel } from '../onnx/check.ts';
import { type HeaderValue, readHeader } from '../onnx/header.ts';
import type { DType } from '../onnx/proto.ts';
import { type Answer, createSession, type Feed, runSession, type Session } from '../onnx/session.ts';
import { type Column, columnOf, numeric } from '../table/column.ts';
import { columnNamed, type Table, table } from '../table/table.ts';
import type { Model, Predicted } from './model.ts';
import { decodeClasses, labelAt, numbersOf } from './target.ts';

const NUMBER_TYPES: readonly string[] = ['float', 'double', 'int32', 'int64', 'bool'];

/** Columns that an input takes: what the file says, or as many as are mapped where it leaves that open. */
function widthOf(input: HeaderValue, map: Record<string, string>): number {
  const stated = input.dims && input.dims.length > 1 ? input.dims[1] : 1;
  if (typeof stated === 'number') return stated;
  let mapped = 0;
  while (map[`${input.name}[${mapped}]`] !== undefined) mapped++;
  return Math.max(1, mapped);
}

/** One feed per graph input, from the columns that `columns` maps `name`, or `name[0]` … `name[d-1]`, to. */
function feedOf(input: HeaderValue, model: Model, table: Table): Feed {
  const map = model.foreign!.columns;
  const width = widthOf(input, map);
  const names = Array.from(
    { length: width },
    (_, i) => map[width === 1 && map[input.name] ? input.name : `${input.name}[${i}]`] ?? input.name,
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
    if (input.dtype !== 'float' && input.dtype !== 'double') refuseMissing(values, names[j]);
    for (let i = 0; i < table.rowCount; i++) data[i * width + j] = values[i];
  });
  return { dtype: input.dtype as DType, dims, data };
}

function refuseMissing(values: Float64Array, column: string): void {
  const row = values.findIndex((value) => Number.isNaN(value));
  if (row < 0) return;
  throw new ProblemError({
    code: 'foreign.missing-integer',
    at: { column, row },
    args: { column, row: row + 1 },
    message: `“${column}” is missing in row ${row + 1}, and the model takes whole numbers only there.`,
    hint: 'Fill the missing cells of that column before scoring.',
  });
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

/** The answers of an open session to every row of a table: the outputs the user confirmed, else the first. */
function answersOf(session: Session, model: Model, table: Table): Promise<Record<string, Answer>> {
  const { bytes, label, scores } = model.foreign!;
  const feeds = Object.fromEntries(readHeader(bytes).inputs.map((input) => [input.name, feedOf(input, model, table)]));
  const wanted = [label, scores].filter((name): name is string => name !== undefined);
  return runSession(session, feeds, wanted.length > 0 ? wanted : [session.outputs[0]]);
}

/**
 * Opens the file and runs it on one row of zeros and empty texts. Throws the Problem of a file that does not open; gives the
 * Problem of a row that has no answer, which need not be the file's fault: real rows hold other values.
 */
export async function tryForeign(model: Model): Promise<Problem | undefined> {
  const session = await createSession(model.foreign!.bytes);
  const blank = table(
    model.inputs.map((input) => input.name),
    model.inputs.map(({ type }) => columnOf(type, [type === 'category' || type === 'text' ? '' : 0])),
  );
  try {
    await answersOf(session, model, blank);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  } finally {
    await session.release();
  }
}

/** Runs the file on every row. Without a class list the first wanted output is read as numbers. */
export async function predictForeign(model: Model, rows: Table): Promise<Predicted> {
  const foreign = model.foreign!;
  // Import ONNX checked its file, but models also come in packages and workspaces that others made.
  const [unsafe] = checkModel(foreign.bytes);
  if (unsafe) throw new ProblemError(unsafe);
  const session = await createSession(foreign.bytes);
  try {
    const answers = await answersOf(session, model, rows);
    const labels = foreign.label === undefined ? undefined : answers[foreign.label];
    const scores = foreign.scores === undefined ? undefined : answers[foreign.scores];
    if (model.classes) return classified(model, rows.rowCount, labels, scores);
    const values = numbersIn(scores ?? labels ?? Object.values(answers)[0]).slice(0, rows.rowCount);
    const column: Column = numeric(values);
    return { codes: values, labels: column };
  } finally {
    await session.release();
  }
}
