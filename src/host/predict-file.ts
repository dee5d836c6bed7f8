/** Scores a CSV with an exported ONNX file, like every other client of it: the file's own schema says how cells are read. */
import { readFile } from 'node:fs/promises';
import { fromUtf8 } from '../base/bytes.ts';
import { ProblemError } from '../base/problem.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { readHeader } from '../onnx/header.ts';
import { createSession, runSession } from '../onnx/session.ts';
import { graphFeeds } from '../recipe/graph-feeds.ts';
import { type Column, categoriesOf, numeric } from '../table/column.ts';
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { table } from '../table/table.ts';

interface FileSchema {
  inputs: ColumnSchema[];
  classes?: string[];
}

/** CSV text with the label and one probability per class, or the predicted value, one line per row of `rowsFile`. */
export async function predictFile(modelFile: string, rowsFile: string): Promise<string> {
  const bytes = new Uint8Array(await readFile(modelFile));
  const text = readHeader(bytes).metadata['millrace.schema'];
  if (!text)
    throw new ProblemError({
      code: 'predict.no-schema',
      args: { file: modelFile },
      message: `${modelFile} does not say how its input columns are read.`,
      hint: 'Use an ONNX file exported by Millrace; open any other one in a pipeline with “Import ONNX model”.',
    });
  const schema = JSON.parse(text) as FileSchema;
  const types = schema.inputs.map((input) => ({ column: input.name, type: input.type }));
  const read = await readTable(new Uint8Array(await readFile(rowsFile)), { name: rowsFile, types });
  const failed = read.problems.find((problem) => problem.severity === 'error');
  if (failed) throw new ProblemError(failed);
  const session = await createSession(bytes);
  const answers = await runSession(session, graphFeeds(schema.inputs, read.table));
  const names: string[] = [];
  const columns: Column[] = [];
  const rows = read.table.rowCount;
  for (const [name, answer] of Object.entries(answers)) {
    const width = rows === 0 ? 0 : answer.data.length / rows;
    if (answer.dtype === 'string') {
      names.push(name);
      columns.push(categoriesOf(Array.from(answer.data as readonly string[])));
      continue;
    }
    const values = answer.data as ArrayLike<number>;
    for (let j = 0; j < width; j++) {
      names.push(width === 1 ? name : `P(${schema.classes?.[j] ?? j})`);
      columns.push(numeric(Float64Array.from({ length: rows }, (_, i) => values[i * width + j])));
    }
  }
  return fromUtf8(writeCsv(table(names, columns, rows)));
}
