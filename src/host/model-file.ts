/** The ONNX file of a model, proved, for a step that no Export node follows. */
import { formatBytes } from '../base/bytes.ts';
import type { Problem } from '../base/problem.ts';
import { lookups } from '../nodes/lookup.ts';
import { learnerOf } from '../nodes/shared-learner.ts';
import { prove } from '../recipe/prove.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import { proveSeries } from '../series/prove.ts';

/** `said`: its size, and how far its answers are from the model's. */
export type ModelFile = { bytes: Uint8Array; said: string; problem?: undefined } | { problem: Problem };

export async function modelFile(model: AnyModel): Promise<ModelFile> {
  const proof = model.shape === 'series' ? await proveSeries(model, await learnerOf(model)) : await prove(model, undefined, lookups);
  if (proof.problem) return { problem: proof.problem };
  const { bytes, certificate } = proof;
  return { bytes, said: `${formatBytes(bytes.length)}, proved: largest difference ${certificate.maxDelta.toExponential(2)}` };
}
