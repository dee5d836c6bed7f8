/** What the page asks about values: table pages, summaries, results, models, files. The values stay in the engine. */
import type { Digest } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import type { Engine } from '../engine/engine.ts';
import { learnerLookup } from '../nodes/lookup.ts';
import type { Frame } from '../recipe/frame.ts';
import type { Artefact, Results } from '../recipe/results.ts';
import type { AnyModel, SeriesModel } from '../recipe/series-model.ts';
import { writeCsv } from '../table/csv/write.ts';
import { type ColumnSummary, summarise } from '../table/summary.ts';
import type { Table } from '../table/table.ts';
import type { EngineApi, ModelView } from './protocol.ts';
import { placesOf, rowsById, sourceRows } from './rows-by-id.ts';
import { seriesGuesses } from './series-guesses.ts';
import { createTableView } from './table-view.ts';

type ValueApi = Pick<
  EngineApi,
  'tablePage' | 'rowsById' | 'tableSummary' | 'seriesGuesses' | 'results' | 'model' | 'artefact' | 'artefactBytes' | 'tableCsv'
>;
const KEPT_SUMMARIES = 32;
const KEPT_PLACES = 4;

/** `dataset` reads a registered table for handles that name one (see `registry-api.ts`). */
export function valueApi(engine: Pick<Engine, 'value'>, dataset: (handle: string) => Promise<Table | undefined>): ValueApi {
  const pages = createTableView();
  const summaries = new Map<Digest, ColumnSummary[]>();
  const places = new Map<Digest, Int32Array>();

  const read = async <T>(digest: Digest): Promise<T> => {
    const value = await engine.value(digest);
    if (value !== undefined) return value as T;
    throw new ProblemError({
      code: 'value.gone',
      args: { digest },
      message: 'This result is no longer stored.',
      hint: 'Run the node again to see it.',
    });
  };
  const tableAt = async (digest: Digest) => (await dataset(digest)) ?? (await read<Frame>(digest)).table;

  return {
    tablePage: async (request) => pages(await tableAt(request.digest), request),
    rowsById: async (digest, ids) => {
      const registered = await dataset(digest);
      if (registered) return rowsById(registered, undefined, ids);
      const frame = await read<Frame>(digest);
      let found = places.get(digest);
      if (!found) {
        found = placesOf(sourceRows(frame));
        places.set(digest, found);
        if (places.size > KEPT_PLACES) places.delete(places.keys().next().value as Digest);
      }
      return rowsById(frame.table, found, ids);
    },
    tableSummary: async (digest) => {
      let summary = summaries.get(digest);
      if (!summary) {
        summary = summarise(await tableAt(digest));
        summaries.set(digest, summary);
        if (summaries.size > KEPT_SUMMARIES) summaries.delete(summaries.keys().next().value as Digest);
      }
      return summary;
    },
    seriesGuesses: async (params, digest) => seriesGuesses(await read<Frame>(digest), params),
    tableCsv: async (digest) => writeCsv(await tableAt(digest)),
    results: (digest) => read<Results>(digest),
    model: async (digest) => {
      const model = await read<AnyModel>(digest);
      const { task, inputs, outputs, target, learner, about, seen } = model;
      if (model.shape === 'series') return { task, inputs, outputs, target, learner, about, seen, series: seriesView(model) };
      const { classes, fitted, featuriser, foreign, members } = model;
      // A model of several has no inside of its own, and its maker need not be a learner.
      const code = foreign || members ? undefined : await learnerLookup(learner.kind, learner.version);
      const inspection = code?.inspect?.(fitted, featuriser.features);
      return { task, inputs, outputs, classes, target, learner, about, seen, ...(inspection ? { inspection } : {}) };
    },
    artefact: async (digest) => {
      const { name, mime, bytes, about } = await read<Artefact>(digest);
      return { name, mime, size: bytes.length, about };
    },
    artefactBytes: async (digest) => (await read<Artefact>(digest)).bytes,
  };
}

/** Series that a model's page lists. */
const LISTED_SERIES = 100;

const seriesView = ({ grid, periods, horizon, series }: SeriesModel): ModelView['series'] => ({
  grid,
  periods,
  horizon,
  total: series.length,
  listed: series.slice(0, LISTED_SERIES).map(({ key, history, members }) => ({
    name: key.join(' · '),
    length: history.length,
    members: members.map(({ method, form, weight }) => ({ method, form, weight })),
  })),
});
