/** pandas in a Python process (`MILLRACE_PYTHON`, set by `npm run conformance:speed`), over the same rows as CSV files. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeCsv } from '../table/csv/write.ts';
import type { Table } from '../table/table.ts';
import { benchTable, lookupTables } from './data.ts';
import { PeerProcess } from './peer-process.ts';

const script = path.resolve('src/conformance/verbs_speed.py');

function python(...args: string[]): PeerProcess {
  const command = process.env.MILLRACE_PYTHON;
  if (!command) throw new Error('no Python given; npm run conformance:speed brings it');
  return new PeerProcess('pandas', command, [script, ...args]);
}

/** Writes the tables into a new folder, which the caller removes. */
export async function pandasVerbs(rows: number): Promise<{ peer: PeerProcess; folder: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-bench-'));
  const peer = python(folder);
  const tables: Record<string, Table> = { main: benchTable(rows), ...lookupTables() };
  for (const [name, t] of Object.entries(tables)) await writeFile(path.join(folder, `${name}.csv`), writeCsv(t, { guard: false }));
  const typesOf = (t: Table) => Object.fromEntries(t.fields.map(({ name }, i) => [name, t.columns[i].type]));
  const types = Object.fromEntries(Object.entries(tables).map(([name, t]) => [name, typesOf(t)]));
  await writeFile(path.join(folder, 'columns.json'), JSON.stringify(types));
  return { peer, folder };
}

/** `read_csv` of one file, by pandas' C parser. */
export const pandasCsv = (file: string): PeerProcess => python(os.tmpdir(), 'csv', file);
