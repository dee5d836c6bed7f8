/** Scores a table file with an exported ONNX file or a `.millrace-model`, like every other client: the model's own schema says how cells are read. */
import { fromUtf8 } from '../base/bytes.ts';
import { type Problem, ProblemError } from '../base/problem.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { inTrial, tryInTime, type Within } from '../nodes/foreign-trial.ts';
import { lookupsFor } from '../nodes/lookup.ts';
import { checkModel } from '../onnx/check.ts';
import { readHeader } from '../onnx/header.ts';
import { createSession, runSession } from '../onnx/session.ts';
import { graphFeeds } from '../recipe/graph-feeds.ts';
import { lacking } from '../recipe/match-columns.ts';
import { missingInputs, predictModel } from '../recipe/predict.ts';
import { isPackage, packagedModel } from '../registry/model-package.ts';
import { type Column, categoriesOf, numeric } from '../table/column.ts';
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { gatherRows, type Table, table } from '../table/table.ts';
import { fileAt } from './node-files.ts';
import { predictSeries, type ReadAs } from './predict-series.ts';
import { nodeScripts } from './sandbox-node.ts';

interface FileSchema {
  inputs: ColumnSchema[];
  classes?: string[];
}
const OWN_MOST_NODES = 200_000;
type Warn = (problem: Problem) => void;

/**
 * CSV text with the label and one probability per class, or the predicted value, one line per row of `rowsFile`. `within` is
 * asked to end this thread where opening the model and its first row take longer than a model may.
 */
export async function predictFile(
  modelFile: string,
  rowsFile: string,
  warn: Warn = () => {},
  allowScripts = false,
  within: Within = (_ms, _late, work) => work(),
): Promise<string> {
  const bytes = await fileAt(modelFile);
  const answers = isPackage(bytes)
    ? await fromPackage(bytes, rowsFile, warn, allowScripts, within)
    : await fromOnnx(modelFile, bytes, rowsFile, warn, within);
  return fromUtf8(writeCsv(answers));
}

/** The file's table, with what its types must be. */
async function readAs(rowsFile: string, types: readonly ReadAs[], warn: Warn): Promise<Table> {
  const read = await readTable(await fileAt(rowsFile), { name: rowsFile, header: true, types });
  const failed = read.problems.find((problem) => problem.severity === 'error');
  if (failed) throw new ProblemError(failed);
  for (const problem of read.problems) if (problem.severity === 'warning') warn(problem);
  return read.table;
}

/** The file's table with the inputs' types; whole-number inputs take fractions, as the graph and Score do; dates are read in the order that training's were. */
async function readRows(rowsFile: string, inputs: readonly ColumnSchema[], warn: Warn): Promise<Table> {
  const types = inputs.map(({ name, type, dateOrder }) => ({
    column: name,
    type: type === 'integer' ? ('number' as const) : type,
    ...(dateOrder ? { dateOrder } : {}),
  }));
  const table = await readAs(rowsFile, types, warn);
  const missing = lacking(table, inputs);
  if (missing.length > 0) throw missingInputs(inputs, missing, table);
  return table;
}

async function fromPackage(bytes: Uint8Array, rowsFile: string, warn: Warn, allowScripts: boolean, within: Within): Promise<Table> {
  const model = await packagedModel(bytes);
  if (model.shape === 'series') return predictSeries(model, (types) => readAs(rowsFile, types, warn));
  if (model.foreign) await tryInTime(model, within, {});
  const rows = await readRows(rowsFile, model.inputs, warn);
  const { labels, probabilities } = await predictModel(model, rows, lookupsFor({ runScript: nodeScripts(allowScripts) }));
  const classes = model.classes ?? [];
  const shares = classes.map((_, c) =>
    numeric(Float64Array.from({ length: rows.rowCount }, (_value, row) => probabilities![row * classes.length + c])),
  );
  const names = [model.task === 'classify' ? 'label' : 'prediction', ...classes.map((label) => `P(${label})`)];
  return table(names, [labels, ...shares], rows.rowCount);
}

/** Classes that are whole numbers are written as numbers: as a text, -1 would be guarded against spreadsheets. */
const labelsOf = (labels: readonly string[], classes: readonly string[]): Column =>
  classes.every((label) => /^-?\d+$/.test(label)) ? numeric(Float64Array.from(labels, Number), 'integer') : categoriesOf(labels);

async function fromOnnx(modelFile: string, bytes: Uint8Array, rowsFile: string, warn: Warn, within: Within): Promise<Table> {
  // Anyone can write our schema into a file. Our own exports of very wide tables have more operators than a foreign file may have.
  const [unsafe] = checkModel(bytes, OWN_MOST_NODES);
  if (unsafe) throw new ProblemError(unsafe);
  const text = readHeader(bytes).metadata['millrace.schema'];
  if (!text)
    throw new ProblemError({
      code: 'predict.no-schema',
      args: { file: modelFile },
      message: `${modelFile} does not say how its input columns are read.`,
      hint: 'Use an ONNX file exported by Millrace; open any other one in a pipeline with “Import ONNX model”.',
    });
  const schema = JSON.parse(text) as FileSchema;
  const given = await readRows(rowsFile, schema.inputs, warn);
  const session = await inTrial(within, {}, bytes.length, async () => {
    const opened = await createSession(bytes);
    if (given.rowCount > 0) await opened.run(graphFeeds(schema.inputs, gatherRows(given, Int32Array.of(0))));
    return opened;
  });
  const answers = await runSession(session, graphFeeds(schema.inputs, given));
  const names: string[] = [];
  const columns: Column[] = [];
  const rows = given.rowCount;
  for (const [name, answer] of Object.entries(answers)) {
    const width = rows === 0 ? 0 : answer.data.length / rows;
    if (answer.dtype === 'string') {
      names.push(name);
      columns.push(labelsOf(Array.from(answer.data as readonly string[]), schema.classes ?? []));
      continue;
    }
    const values = answer.data as ArrayLike<number>;
    for (let j = 0; j < width; j++) {
      names.push(schema.classes !== undefined ? `P(${schema.classes[j] ?? j})` : width > 1 ? `${name}_${j + 1}` : name);
      columns.push(numeric(Float64Array.from({ length: rows }, (_, i) => values[i * width + j])));
    }
  }
  return table(names, columns, rows);
}
