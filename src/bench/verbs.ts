/** The verbs of a table of 20 columns, as our nodes run them, and what pandas is given to run the same. */
import { writeCsv } from '../table/csv/write.ts';
import type { Table } from '../table/table.ts';
import { type Area, many, type PythonPeer } from './area.ts';
import { benchTable, lookupTables } from './data.ts';
import { ourWork, type Tables, VERBS, type Work } from './verb-cases.ts';

export const verbRows = (full: boolean): number => (full ? 1_000_000 : 100_000);

/** pandas over the same rows, one process for all verbs. */
export function pandasOf(rows: number, tables: () => Tables, title: string): PythonPeer {
  const files = () => {
    const { main, lookups } = tables();
    const all: Record<string, Table> = { main, ...lookups };
    const typesOf = (t: Table) => Object.fromEntries(t.fields.map(({ name }, i) => [name, t.columns[i].type]));
    const types = Object.fromEntries(Object.entries(all).map(([name, t]) => [name, typesOf(t)]));
    const csv = Object.entries(all).map(([name, t]) => [`${name}.csv`, writeCsv(t, { guard: false })] as const);
    return { ...Object.fromEntries(csv), 'columns.json': new TextEncoder().encode(JSON.stringify(types)) };
  };
  return { script: 'verbs_speed.py', files, args: [], asks: [{ name: 'pandas', work: title }], shared: `verbs ${rows}` };
}

/** Made once per realm: all verbs work on the same tables, and none changes them. */
let made: { rows: number; tables: Tables; work: Promise<Work> | Work } | undefined;
export function ourTables(rows: number) {
  if (made?.rows !== rows) {
    const tables = { main: benchTable(rows), lookups: lookupTables() };
    made = { rows, tables, work: ourWork(tables) };
  }
  return made;
}

export const verbsArea: Area = {
  name: 'verbs',
  about: 'verbs on a table of 20 columns',
  contests: (full) =>
    VERBS.map(({ title }) => ({
      title: `${title}, ${many(verbRows(full))} rows`,
      open: async () => {
        const { work } = ourTables(verbRows(full));
        const run = (await work)[title];
        return {
          entrants: [{ name: 'millrace', run }],
          python: pandasOf(verbRows(full), () => ourTables(verbRows(full)).tables, title),
        };
      },
    })),
};
