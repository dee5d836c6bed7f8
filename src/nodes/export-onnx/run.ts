/** Runs Export ONNX: proves the model on the held-out rows and hands out the file, or says why not. */
import { formatBytes } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import { modelName } from '../../recipe/model.ts';
import { prove } from '../../recipe/prove.ts';
import type { Artefact } from '../../recipe/results.ts';
import { rowsToScore } from '../../recipe/score.ts';
import type { AnyModel } from '../../recipe/series-model.ts';
import { proveSeries } from '../../series/prove.ts';
import { lookupsFor } from '../lookup.ts';
import { learnerOf } from '../shared-learner.ts';

export const run: NodeCode['run'] = async ({ params, inputs, services, log }) => {
  const model = inputs.model as AnyModel;
  const frame = inputs.table as Frame | undefined;
  const proof =
    model.shape === 'series'
      ? await proveSeries(model, await learnerOf(model))
      : await prove(model, frame && rowsToScore(model, frame).rows, lookupsFor(services));
  if (proof.problem) throw new ProblemError(proof.problem);
  const { bytes, certificate } = proof;
  const counts = { rows: certificate.rows, odd: certificate.edgeRows, delta: certificate.maxDelta.toExponential(2) };
  log(
    model.shape === 'series'
      ? phrase('log.proved-series', 'Proved on {rows} series and {odd} odd rows: largest difference {delta}', counts)
      : certificate.heldOut
        ? phrase('log.proved', 'Proved on {rows} held-out and {odd} odd rows: largest difference {delta}, all labels equal', counts)
        : phrase(
            'log.proved-learned',
            'Proved on {rows} learning and {odd} odd rows: largest difference {delta}, all labels equal',
            counts,
          ),
  );
  const artefact: Artefact = {
    name: `${String(params.name).trim() || 'model'}.onnx`,
    mime: 'application/octet-stream',
    bytes,
    about: {
      type: 'onnx',
      headline: phrase('result.file-proved', '{size} · proved', { size: formatBytes(bytes.length) }),
      model: model.shape === 'series' ? (model.title ?? model.target) : modelName(model),
      certificate,
    },
  };
  if (params.download) await services.saveFile(artefact.name, artefact.bytes, artefact.mime);
  return { artefact };
};
