/** DuckDB compiled to WASM, one thread, in this process: results are new tables in its memory; categories are ENUMs. */
import path from 'node:path';
import { writeCsv } from '../table/csv/write.ts';
import type { Table } from '../table/table.ts';
import { importPeer, peerFile } from './import-peer.ts';
import type { Tables, Work } from './verb-cases.ts';

interface Connection {
  query: (sql: string) => { toArray: () => Record<string, unknown>[] };
}
interface Database {
  instantiate: (progress: () => void) => Promise<unknown>;
  connect: () => Connection;
  registerFileBuffer: (name: string, bytes: Uint8Array) => void;
  dropFile: (name: string) => void;
}
interface Duck {
  createDuckDB: (bundles: unknown, logger: unknown, runtime: unknown) => Promise<Database>;
  VoidLogger: new () => unknown;
  NODE_RUNTIME: unknown;
}
const SQL_TYPES = { number: 'DOUBLE', integer: 'BIGINT', datetime: 'TIMESTAMP', boolean: 'BOOLEAN', category: 'VARCHAR', text: 'VARCHAR' };

async function open(): Promise<Database> {
  const entry = '@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs';
  const folder = path.dirname(peerFile(entry));
  const loaded = (await importPeer(entry)) as { default: Duck };
  const duck = loaded.default;
  const bundle = (name: string) => ({ mainModule: path.join(folder, `duckdb-${name}.wasm`), mainWorker: '' });
  const database = await duck.createDuckDB({ mvp: bundle('mvp'), eh: bundle('eh') }, new duck.VoidLogger(), duck.NODE_RUNTIME);
  await database.instantiate(() => {});
  return database;
}

function load(database: Database, connection: Connection, name: string, t: Table): void {
  database.registerFileBuffer(`${name}.csv`, writeCsv(t, { guard: false }));
  const types = t.fields.map((field, i) => `'${field.name}': '${SQL_TYPES[t.columns[i].type]}'`);
  connection.query(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${name}.csv', header = true, columns = {${types.join(', ')}})`);
  database.dropFile(`${name}.csv`);
  for (const [i, column] of t.columns.entries()) {
    if (column.type !== 'category') continue;
    const field = t.fields[i].name;
    const known = connection.query(`SELECT 1 FROM duckdb_types() WHERE type_name = 'labels_${field}'`).toArray().length > 0;
    if (!known)
      connection.query(`CREATE TYPE labels_${field} AS ENUM (SELECT DISTINCT ${field} FROM ${name} WHERE ${field} IS NOT NULL ORDER BY 1)`);
    connection.query(`ALTER TABLE ${name} ALTER ${field} TYPE labels_${field}`);
  }
}

export async function duckdbWork({ main, lookups }: Tables): Promise<Work> {
  const database = await open();
  const connection = database.connect();
  load(database, connection, 't', main);
  load(database, connection, 'small', lookups.small);
  load(database, connection, 'large', lookups.large);
  const made = (sql: string) => () => {
    connection.query(`CREATE OR REPLACE TABLE result AS ${sql}`);
    return Number(connection.query('SELECT count(*) AS n FROM result').toArray()[0].n);
  };
  const names = main.fields.map(({ name }) => `"${name}"`);
  const types = main.columns.map(({ type }) => type);
  const filled = names.map((name, i) => {
    if (types[i] === 'datetime') return name;
    return types[i] === 'category' || types[i] === 'text'
      ? `coalesce(${name}::VARCHAR, 'none') AS ${name}`
      : `coalesce(${name}, 0) AS ${name}`;
  });
  const figures = names.map((name, i) => {
    const count = `count(${name}), count(DISTINCT ${name})`;
    if (types[i] === 'category' || types[i] === 'text') return `${count}, mode(${name})`;
    const x = types[i] === 'datetime' ? `epoch_ms(${name})` : name;
    return `${count}, min(${x}), max(${x}), avg(${x}), stddev(${x}), skewness(${x}), quantile_cont(${x}, [0.25, 0.5, 0.75])`;
  });
  return {
    'filter by number': made('SELECT * FROM t WHERE a > 0'),
    'filter by label': made(`SELECT * FROM t WHERE h = 'level 2'`),
    'sort by integer': made('SELECT * FROM t ORDER BY k'),
    'sort by label, number': made('SELECT * FROM t ORDER BY g, a DESC NULLS LAST'),
    'sort by text': made('SELECT * FROM t ORDER BY s'),
    'drop missing': made(`SELECT * FROM t WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')}`),
    'fill missing': made(`SELECT ${filled.join(', ')} FROM t`),
    concat: made('SELECT * FROM t UNION ALL SELECT * FROM t'),
    'group by label': made('SELECT g, avg(a) AS a FROM t GROUP BY g ORDER BY g'),
    'group by two, five values': made(
      'SELECT p, q, avg(a) AS a, sum(b) AS b, min(c) AS c, max(d) AS d, stddev(e) AS e FROM t WHERE p IS NOT NULL AND q IS NOT NULL GROUP BY p, q ORDER BY p, q',
    ),
    'group by integer, median': made('SELECT o, median(e) AS e FROM t GROUP BY o ORDER BY o'),
    'distinct by two': made('SELECT DISTINCT ON (m, g) * FROM t'),
    'distinct by text': made('SELECT DISTINCT ON (s) * FROM t'),
    'join 1,000 labels': made('SELECT t.*, small.v, small.w FROM t LEFT JOIN small USING (g)'),
    'join 200,000 integers': made('SELECT t.*, large.v, large.w FROM t JOIN large USING (k)'),
    summary: () => connection.query(`SELECT ${figures.join(', ')} FROM t`).toArray().length,
  };
}
