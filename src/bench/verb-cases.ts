/** The verbs that are measured, as our nodes run them; each peer says the same under the same title. */
import { fillParams } from '../kind/fill.ts';
import { effectsOf } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import { steps } from '../nodes/steps.ts';
import type { StepCode } from '../recipe/step.ts';
import { summarise } from '../table/summary.ts';
import { gatherRows, type Table } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import type { lookupTables } from './data.ts';

export interface Tables {
  main: Table;
  lookups: ReturnType<typeof lookupTables>;
}
export interface VerbCase {
  title: string;
  kind: string;
  params: ParamValues;
  side?: 'small' | 'large' | 'main';
  /** Moves no cell, so that its ratio says nothing about speed. */
  names?: true;
}

const by = (...columns: [string, string][]) => ({ by: columns.map(([column, direction]) => ({ column, direction })) });
const named = (...names: string[]) => ({ names });
const value = (column: string, how: string) => ({ column, how, name: '' });

export const VERBS: readonly VerbCase[] = [
  { title: 'filter by number', kind: 'prepare.filter-rows', params: { conditions: [{ column: 'a', test: '>', value: '0' }] } },
  { title: 'filter by label', kind: 'prepare.filter-rows', params: { conditions: [{ column: 'h', test: '=', value: 'level 2' }] } },
  { title: 'sort by integer', kind: 'prepare.sort', params: by(['k', 'ascending']) },
  { title: 'sort by label, number', kind: 'prepare.sort', params: by(['g', 'ascending'], ['a', 'descending']) },
  { title: 'sort by text', kind: 'prepare.sort', params: by(['s', 'ascending']) },
  { title: 'drop missing', kind: 'prepare.drop-missing', params: {} },
  { title: 'fill missing', kind: 'prepare.fill-missing', params: { numbers: 'constant', number: 0, labels: 'constant', label: 'none' } },
  { title: 'drop columns', kind: 'prepare.select-columns', params: { columns: named('b', 'h'), mode: 'drop' }, names: true },
  { title: 'rename', kind: 'prepare.rename', params: { names: [{ from: 'a', to: 'z' }] }, names: true },
  { title: 'concat', kind: 'prepare.concat', params: {}, side: 'main' },
  { title: 'group by label', kind: 'prepare.group-by', params: { keys: named('g'), values: [value('a', 'mean')] } },
  {
    title: 'group by two, five values',
    kind: 'prepare.group-by',
    params: {
      keys: named('p', 'q'),
      missing: false,
      values: [value('a', 'mean'), value('b', 'sum'), value('c', 'min'), value('d', 'max'), value('e', 'std')],
    },
  },
  { title: 'group by integer, median', kind: 'prepare.group-by', params: { keys: named('o'), values: [value('e', 'median')] } },
  { title: 'distinct by two', kind: 'prepare.remove-duplicates', params: { columns: named('m', 'g') } },
  { title: 'distinct by text', kind: 'prepare.remove-duplicates', params: { columns: named('s') } },
  { title: 'join 1,000 labels', kind: 'prepare.join', params: { keys: [{ left: 'g', right: 'g' }], how: 'left' }, side: 'small' },
  { title: 'join 200,000 integers', kind: 'prepare.join', params: { keys: [{ left: 'k', right: 'k' }], how: 'inner' }, side: 'large' },
  { title: 'summary', kind: '', params: {} },
];

/** A candidate's work by title; answers the number of rows of the result. */
export type Work = Readonly<Record<string, () => number | Promise<number>>>;

export async function ourWork(tables: Tables): Promise<Work> {
  const work: Record<string, () => number | Promise<number>> = {};
  for (const verb of VERBS) {
    if (verb.kind === '') {
      work[verb.title] = () => summarise(tables.main).length;
      continue;
    }
    const run = await runnable(verb, tables);
    work[verb.title] = async () => (await run()).rowCount;
  }
  return work;
}

/** Runs the verb as the node does. */
async function runnable({ kind: id, params, side }: VerbCase, { main, lookups }: Tables): Promise<() => Promise<Table>> {
  const found = [...steps, ...transforms].find((item) => item.kind.id === id)!;
  const code: StepCode = await found.load();
  const full = fillParams(found.kind.params, params);
  const sides = side === undefined ? [] : [side === 'main' ? main : lookups[side]];
  const random = () => {
    throw new Error('no verb here draws numbers');
  };
  return async () => {
    const effect = [code.effect?.(main, full, sides) ?? effectsOf(found.kind, full).rows].flat();
    if (effect.includes('new')) return code.make!(main, full, sides);
    let table = main;
    const fitted = await code.fit?.(main, full, { sides, random });
    if (effect.includes('keep')) table = await code.apply!(main, full, fitted, sides);
    if (effect.includes('subset')) table = gatherRows(table, code.select!(table, full, fitted, sides));
    return table;
  };
}
