/** Exports a model as one ONNX file and proves it: onnxruntime against the native prediction on raw rows. No proof, no file. */
import { spreadPlaces } from '../base/indices.ts';
import type { Json } from '../base/json.ts';
import { type Problem, problem, toProblem } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
import type { Certificate } from '../onnx/certificate.ts';
import { encodeModel } from '../onnx/encode.ts';
import type { GraphProto } from '../onnx/proto.ts';
import { createSession, runSession } from '../onnx/session.ts';
import { gatherRows, type Table } from '../table/table.ts';
import { type Comparison, compareAnswers, spreadOf } from './compare-answers.ts';
import { edgeRows } from './edge-rows.ts';
import { graphFeeds } from './graph-feeds.ts';
import { lowerModel } from './lower-model.ts';
import type { Lookups, Model } from './model.ts';
import { predictModel } from './predict.ts';
import { seal } from './seal.ts';

export const MAX_PROOF_ROWS = 2000;

export interface ProveOptions {
  /** Milliseconds since 1970, for `at` and `ms` of the certificate; without it they are '' and 0. */
  clock?: () => number;
  /** Version of this app, written as the producer's. */
  version?: string;
  /** Further metadata of the file as JSON, under `millrace.` keys: metrics, lineage. */
  metadata?: Record<string, Json>;
}
export type Proof = { bytes: Uint8Array; certificate: Certificate; problem?: undefined } | { problem: Problem; bytes?: undefined };

/** At most 2,000 rows, evenly spread. */
function proofRows(rows: Table): Table {
  if (rows.rowCount <= MAX_PROOF_ROWS) return rows;
  return gatherRows(rows, spreadPlaces(rows.rowCount, MAX_PROOF_ROWS));
}

/** Feeds the same rows to both and compares; `spread` is the scale of values. */
async function judge(
  model: Model,
  graph: GraphProto,
  bytes: Uint8Array,
  tables: readonly Table[],
  lookups: Lookups,
): Promise<Comparison[]> {
  const session = await createSession(bytes);
  try {
    const natives = [];
    for (const table of tables) natives.push(await predictModel(model, table, lookups));
    const spread = spreadOf(model, natives[0]);
    const comparisons: Comparison[] = [];
    for (const [at, table] of tables.entries()) {
      const answers = await runSession(session, graphFeeds(model.inputs, table));
      comparisons.push(compareAnswers(model, graph.outputs, natives[at], answers, spread));
    }
    return comparisons;
  } finally {
    await session.release();
  }
}

/** The refusal that names the first row whose answers differ. */
function refusal(comparison: Comparison, row: Phrase): Problem {
  const { first, maxDelta } = comparison;
  return problem({
    code: 'onnx.not-proved',
    args: { row, output: first?.output ?? '', native: first?.native ?? '', onnx: first?.onnx ?? '', maxDelta },
    message: phrase(
      'onnx.differs',
      'The ONNX file was refused: for {row} it answers {onnx} for {output}, where this app answers {native}.',
      {
        row,
        onnx: first?.onnx ?? '',
        output: first?.output ?? '',
        native: first?.native ?? '',
      },
    ),
    hint: 'Use the model in this app, or take out the step that treats that row differently; please report it, for it is a fault of ours.',
  });
}

function nothingToProve(model: Model): Problem {
  return model.foreign
    ? problem({
        code: 'onnx.foreign',
        message: 'This model came from an ONNX file, so there is nothing to export.',
        hint: 'Use the file that it was imported from.',
      })
    : problem({
        code: 'onnx.no-rows',
        message: 'There are no rows to prove the ONNX file with.',
        hint: 'Wire a table of held-out rows into the export.',
      });
}

export const signature = (model: Pick<Model, 'inputs' | 'outputs' | 'classes' | 'positive' | 'target'>): Json => ({
  inputs: model.inputs.map((input) => ({
    name: input.name,
    type: input.type,
    ...(input.categories ? { categories: [...input.categories] } : {}),
    ...(input.dateOrder ? { dateOrder: input.dateOrder } : {}),
  })),
  outputs: model.outputs.map((output) => ({ ...output })),
  ...(model.classes ? { classes: [...model.classes] } : {}),
  ...(model.positive === undefined ? {} : { positive: model.positive }),
  ...(model.target === undefined ? {} : { target: model.target }),
});

export const lineage = (model: Pick<Model, 'learner' | 'about' | 'learned'>): Json => ({
  learner: model.learner.kind,
  version: model.learner.version,
  params: model.learner.params,
  rows: model.about.rowCount,
  data: model.learned.source,
});

/**
 * Lowers the model, runs the graph on `heldOut` raw rows (≤ 2,000; without them the model's own sample) and on generated edge
 * rows, and compares with the native prediction: probabilities within 1e-5, values within 1e-5 of the larger of the spread and
 * their own size, all labels equal (ties apart). The certificate, the schema, the lineage and `options.metadata` go into the file (`seal.ts`).
 */
export async function prove(model: Model, heldOut: Table | undefined, lookups: Lookups, options: ProveOptions = {}): Promise<Proof> {
  const started = options.clock?.();
  try {
    const given = heldOut ?? model.sample;
    if (model.foreign || !given) return { problem: nothingToProve(model) };
    const graph = await lowerModel(model, lookups);
    if ('message' in graph) return { problem: graph };
    const bare = encodeModel(graph, { producer: { name: 'millrace', version: options.version ?? '' } });
    const rows = proofRows(given);
    const edges = edgeRows(model.inputs, rows);
    const [usual, odd] = await judge(model, graph, bare, [rows, edges.table], lookups);
    if (!usual.passed)
      return { problem: refusal(usual, phrase('onnx.row-checked', 'row {row} of the rows checked', { row: usual.first!.row + 1 })) };
    if (!odd.passed)
      return { problem: refusal(odd, phrase('onnx.odd-row', 'the row with {what}', { what: edges.labels[odd.first!.row] })) };
    const checked = {
      rows: rows.rowCount,
      edgeRows: edges.table.rowCount,
      heldOut: heldOut !== undefined,
      maxDelta: Math.max(usual.maxDelta, odd.maxDelta),
      ties: usual.ties + odd.ties,
    };
    const texts = { lineage: lineage(model), ...options.metadata, schema: signature(model) };
    return await seal(bare, checked, texts, { clock: options.clock, started });
  } catch (error) {
    return { problem: toProblem(error) };
  }
}
