/** Where judged rows come from: the table that still has all their columns, and how a filter would tell them there. */

import type { Wire } from '../../engine/document.ts';
import { compareIds } from '../../engine/graph.ts';
import { findColumn, type TableSchema } from '../../kind/schema.ts';
import type { Results } from '../../recipe/results.ts';
import { useBackend } from '../state/backend.tsx';
import { useDocument, useRun, useView } from '../state/session.ts';
import type { Names } from './picks.ts';
import { useAnswer } from './use-answer.ts';

export interface JudgedSource {
  digest: string;
  schema: TableSchema;
  table: Wire['from'];
  /** The wired model that the rows are scored with. */
  model?: Wire['from'];
  /** Prediction columns in the table; none where the wired model makes them. */
  predicted?: string;
  /** Probability columns by class label. */
  shares: Readonly<Record<string, string>>;
}
/** Text key of why no filter can be made; the rows may be known all the same. */
export type NoFilter = 'changed' | 'folds' | 'unknown';

interface Found {
  source?: JudgedSource;
  noFilter?: NoFilter;
}

export function useJudgedSource(nodeId: string, results: Results, modelIndex: number): Found {
  const backend = useBackend();
  const wires = useDocument(({ document }) => document.wires);
  const kind = useDocument(({ document }) => document.nodes[nodeId]?.kind);
  const state = useView(nodeId)?.state;
  const steps = useRun((run) => run.steps);
  const into = Object.values(wires)
    .filter((wire) => wire.to.node === nodeId)
    .sort((a, b) => compareIds(a.id, b.id));
  const tables = into.filter((wire) => wire.to.port === 'table').map((wire) => wire.from);
  const model = into.find((wire) => wire.to.port === 'model')?.from;
  const current = state === 'fresh' || state === 'reused';
  const digests = current ? tables.map((from) => steps[from.node]?.outputs?.[from.port]?.digest) : [];
  const known = digests.length > 0 && digests.every((digest) => digest !== undefined);
  const { value: schemas } = useAnswer(`judged ${digests.join(' ')}`, async () =>
    known ? Promise.all(digests.map(async (digest) => (await backend.rowsById(digest as string, [])).schema)) : undefined,
  );
  if (!current) return { noFilter: 'changed' };
  if (!known || !schemas || schemas.length !== tables.length) return { noFilter: 'unknown' };
  const folds = kind === 'evaluate.cross-validate';
  const place = folds ? { at: 0, own: undefined } : placeOf(schemas, model !== undefined, modelIndex, results.models.length);
  if (!place) return { noFilter: 'unknown' };
  const schema = schemas[place.at];
  const source: JudgedSource = {
    digest: digests[place.at] as string,
    schema,
    table: tables[place.at],
    ...(place.own === undefined && model ? { model } : {}),
    ...columnsOf(schema, place.own),
  };
  return folds ? { source, noFilter: 'folds' } : findColumn(schema, results.target) ? { source } : { source, noFilter: 'unknown' };
}

/** Models that wrote predictions into a table, in column order. */
export const writersOf = (schema: TableSchema): string[] => [
  ...new Set(schema.columns.flatMap((column) => (column.role === 'prediction' ? [column.model ?? ''] : []))),
];

/**
 * Results list models table by table, in each in the order of their columns, the wired model last. `own` names the writer
 * of the columns, absent for the wired model. Undefined when the tables do not add up to the results.
 */
export function placeOf(
  schemas: readonly TableSchema[],
  wired: boolean,
  index: number,
  count: number,
): { at: number; own: string | undefined } | undefined {
  const all = schemas.flatMap((schema, at) => [
    ...writersOf(schema).map((own): { at: number; own: string | undefined } => ({ at, own })),
    ...(wired ? [{ at, own: undefined }] : []),
  ]);
  return all.length === count ? all[index] : undefined;
}

function columnsOf(schema: TableSchema, own: string | undefined): Pick<JudgedSource, 'predicted' | 'shares'> {
  if (own === undefined) return { shares: {} };
  const mine = schema.columns.filter((column) => column.model === own);
  const predicted = mine.find((column) => column.role === 'prediction')?.name;
  const shares = mine.flatMap((column) => (column.role === 'probability' ? [[column.className ?? '', column.name] as const] : []));
  return { ...(predicted === undefined ? {} : { predicted }), shares: Object.fromEntries(shares) };
}

/** As Score names its columns: with (2), (3) … where the table has the name. */
function scoreName(schema: TableSchema, name: string): string {
  let free = name;
  for (let n = 2; findColumn(schema, free); n++) free = `${name} (${n})`;
  return free;
}

/** Names for the filter's conditions; `cut` where a threshold decides between two classes. */
export function namesFor(
  source: JudgedSource,
  results: Pick<Results, 'target' | 'classes'>,
  cut: { at: number; positive: number } | undefined,
): Names {
  const { schema, model } = source;
  const classes = results.classes ?? [];
  const share = (label: string) => (model ? scoreName(schema, `P(${label})`) : source.shares[label]);
  const column = cut && share(classes[cut.positive]);
  return {
    target: results.target,
    predicted: model ? scoreName(schema, 'predicted') : (source.predicted ?? ''),
    classes,
    type: findColumn(schema, results.target)?.type ?? 'category',
    ...(cut && column ? { cut: { ...cut, column } } : {}),
  };
}
