/** Reads one set of the shared test data, with its folds, by the types that its manifest declares. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { classesOf, encodeClasses } from '../recipe/target.ts';
import { type Column, categoriesOf, numeric } from '../table/column.ts';
import { parseDateTime } from '../table/datetime.ts';
import { type Table, table } from '../table/table.ts';

export interface DataSet {
  name: string;
  digest: string;
  table: Table;
  /** Feature names in the manifest's order. */
  features: string[];
  /** Class codes or values. */
  y: Float64Array;
  classes: readonly string[];
  fold: readonly number[];
}
interface Manifest {
  tabular: { name: string; file: string; folds: string; target: string; problem: string; kinds: Record<string, string> }[];
}

/** `dates`: with the date-time columns, which learners alone are compared without. */
export function loadSet(data: string, name: string, dates = false): DataSet {
  const manifest = JSON.parse(readFileSync(path.join(data, 'MANIFEST.json'), 'utf8')) as Manifest;
  const entry = manifest.tabular.find((item) => item.name === name);
  if (!entry) throw new Error(`no set called ${name} in ${data}`);
  const text = readFileSync(path.join(data, entry.file), 'utf8');
  const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
  const columnOf = (column: string, kind: string): Column =>
    kind === 'datetime'
      ? numeric(
          Float64Array.from(rows, (row) => parseDateTime(row[column])),
          'datetime',
        )
      : kind === 'numeric'
        ? numeric(Float64Array.from(rows, (row) => (row[column] === '' ? Number.NaN : Number(row[column]))))
        : categoriesOf(rows.map((row) => row[column]));
  const features = Object.keys(entry.kinds).filter((column) => dates || entry.kinds[column] !== 'datetime');
  const target = columnOf(entry.target, entry.problem === 'regression' ? 'numeric' : 'categorical');
  const classes = entry.problem === 'regression' ? [] : classesOf(target);
  return {
    name,
    digest: createHash('sha256').update(text).digest('hex'),
    table: table(
      features,
      features.map((column) => columnOf(column, entry.kinds[column])),
    ),
    features,
    y: classes.length > 0 ? encodeClasses(target, classes) : target.type === 'number' ? target.values : new Float64Array(),
    classes,
    fold: (JSON.parse(readFileSync(path.join(data, entry.folds), 'utf8')) as { fold_of_row: number[] }).fold_of_row,
  };
}
