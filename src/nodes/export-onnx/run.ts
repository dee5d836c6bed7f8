/** Runs Export ONNX: proves the model on the held-out rows and hands out the file, or says why not. */
import { formatBytes } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { NodeCode } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { prove } from '../../recipe/prove.ts';
import type { Artefact } from '../../recipe/results.ts';
import { rowsToScore } from '../../recipe/score.ts';
import { lookups } from '../lookup.ts';

export const run: NodeCode['run'] = async ({ params, inputs, services, log }) => {
  const model = inputs.model as Model;
  const frame = inputs.table as Frame | undefined;
  const proof = await prove(model, frame && rowsToScore(model, frame).rows, lookups);
  if (proof.problem) throw new ProblemError(proof.problem);
  const { bytes, certificate } = proof;
  const checked = `${certificate.rows.toLocaleString('en')} ${certificate.heldOut ? 'held-out' : 'learning'} and ${certificate.edgeRows.toLocaleString('en')} odd rows`;
  log(`Proved on ${checked}: largest difference ${certificate.maxDelta.toExponential(2)}, all labels equal`);
  const artefact: Artefact = {
    name: `${String(params.name).trim() || 'model'}.onnx`,
    mime: 'application/octet-stream',
    bytes,
    about: { type: 'onnx', headline: `${formatBytes(bytes.length)} · proved`, model: model.title ?? model.learner.kind, certificate },
  };
  if (params.download) await services.saveFile(artefact.name, artefact.bytes, artefact.mime);
  return { artefact };
};
