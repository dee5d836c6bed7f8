/** Runs Calibrate: fits scale and shift to the answers for the wired rows, or takes those given. */
import { ProblemError, problem } from '../../base/problem.ts';
import { type Phrase, phrase, rowsOf } from '../../base/words.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import { logLoss } from '../../metrics/probability.ts';
import { type Calibration, calibrated } from '../../recipe/calibration.ts';
import { cellsOf } from '../../recipe/cells-of.ts';
import { fitCalibration } from '../../recipe/fit-calibration.ts';
import type { Frame } from '../../recipe/frame.ts';
import { joinedModel } from '../../recipe/mean-model.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { learnedRows, rowsToScore, truthOf } from '../../recipe/score.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { lookupsFor } from '../lookup.ts';
import { calibrate as kind, NO_CLASSES, NO_ROWS } from './kind.ts';

/** Fewer rows than this say too little. */
const LEAST_ROWS = 10;

export const run: NodeCode['run'] = async (ctx) => {
  const model = rowModel(ctx.inputs.model as AnyModel);
  if (model.task !== 'classify' || !model.classes) throw new ProblemError(NO_CLASSES);
  const { calibration, notes } = ctx.params.from === 'given' ? given(ctx.params, model) : await fitted(ctx, model);
  for (const note of notes) ctx.log(note);
  const maker = { kind: kind.id, version: kind.version, params: ctx.params, title: kind.title };
  const about = { ...model.about, notes: [...notes, ...model.about.notes] };
  // What is calibrated already is calibrated from the outside.
  const plain = model.calibration ? joinedModel([{ model, weight: 1 }], maker, []) : model;
  return { model: { ...plain, about, calibration } satisfies Model };
};

interface Made {
  calibration: Calibration;
  notes: readonly Phrase[];
}

function given({ scale, shift }: RunContext['params'], { classes = [] }: Model): Made {
  const moved = Number(shift);
  return {
    calibration: { scale: Number(scale), shift: classes.map((_, c) => (classes.length === 2 && c === 1 ? moved : 0)) },
    notes: [phrase('calibrate.given', 'Calibrated: log-odds are taken times {scale}.', { scale: Number(Number(scale).toPrecision(3)) })],
  };
}

async function fitted(ctx: RunContext, model: Model): Promise<Made> {
  const table = ctx.inputs.table as Frame | undefined;
  if (!table) throw new ProblemError(NO_ROWS);
  const lookups = lookupsFor(ctx.services);
  const width = model.classes!.length;
  const codes = await truthOf(model, table, lookups);
  const answer = await predictModel(model, rowsToScore(model, table).rows, lookups);
  const known = codes ? Int32Array.from(codes.keys()).filter((row) => Number.isFinite(codes[row])) : new Int32Array(0);
  if (!codes || !answer.probabilities || known.length < LEAST_ROWS)
    throw new ProblemError({
      code: 'calibrate.few-rows',
      at: { port: 'table' },
      args: { rows: known.length },
      message: phrase('calibrate.few', 'The target “{target}” is known in {rows} of this table.', {
        rows: rowsOf(known.length),
        target: model.target ?? '',
      }),
      hint: phrase('calibrate.least', 'Calibration needs at least {count} rows with the target that the model did not learn from.', {
        count: LEAST_ROWS,
      }),
    });
  const truth = cellsOf(codes, known, 1);
  const shares = cellsOf(answer.probabilities, known, width);
  const calibration = fitCalibration(shares, truth, width, () => true);
  const loss = (of: Float64Array) => Number(logLoss(truth, of, width).toPrecision(4));
  const found = phrase(
    'calibrate.found',
    'Calibrated on {rows}: log-odds are taken times {scale}; log-loss on these rows from {before} before, {after} after.',
    {
      rows: rowsOf(known.length),
      scale: Number(calibration.scale.toPrecision(3)),
      before: loss(shares),
      after: loss(calibrated(shares, calibration)),
    },
  );
  const shared = learnedRows(model, table);
  if (shared === 0) return { calibration, notes: [found] };
  const seen = phrase('calibrate.learned', 'The model learned from {rows} of these: it is surer of them than of others.', {
    rows: rowsOf(shared),
  });
  ctx.log(
    seen,
    problem({
      code: 'calibrate.learned',
      severity: 'warning',
      at: { port: 'table' },
      args: { rows: shared },
      message: seen,
      hint: 'Wire a part that was split off before training.',
    }),
  );
  return { calibration, notes: [found, seen] };
}
