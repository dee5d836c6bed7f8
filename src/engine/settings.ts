/** What of a node's settings counts in its keys: result parameters, backend, seeds. */

import { isShown } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { FileRef, Params, ParamValues } from '../kind/params.ts';
import type { DocumentNode } from './document.ts';

/** The values that results depend on: no view parameters, nothing hidden, files by the digest of their bytes. */
export function resultParams(params: Params, filled: ParamValues): ParamValues {
  const counted = Object.entries(params).filter(([, param]) => param.effect !== 'view' && param.type !== 'seed' && isShown(param, filled));
  return Object.fromEntries(
    counted.map(([id, param]) => {
      const value = filled[id];
      if (param.type !== 'file' || value === null) return [id, value];
      const { digest, name } = value as unknown as FileRef;
      return [id, { digest, name }];
    }),
  );
}

/** The step's own seed: its first seed parameter, 0 when it has none. */
export function stepSeed(params: Params, filled: ParamValues): number {
  const id = Object.keys(params).find((name) => params[name].type === 'seed');
  const value = id === undefined ? 0 : filled[id];
  return typeof value === 'number' ? value : 0;
}

/** A step that fits a wired learner draws whatever that learner draws, so it counts as random itself. */
export const drawsRandom = (kind: Kind): boolean => kind.tags?.random === true || kind.inputs.some((port) => port.type === 'learner');

export type Backend = 'cpu' | 'gpu';
/** `gpu` only where the kind can use one, the machine has one, and the user did not say cpu. */
export const backendOf = (node: DocumentNode, kind: Kind, gpu: boolean): Backend =>
  gpu && kind.tags?.gpu && node.runOn !== 'cpu' ? 'gpu' : 'cpu';
