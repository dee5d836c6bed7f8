/** Calibrated class shares: how sure a model is, stretched or flattened after the fact (Platt 1999; Guo et al. 2017, "On calibration of modern neural networks"). */
import type { Graph, Value } from '../onnx/build.ts';
import { lowerStack, stacked } from './stack.ts';

/** New shares are the softmax of scale · log(share + ε) + shift, class by class: a stack of one. */
export interface Calibration {
  /** Below 1 the model was too sure, above 1 not sure enough. */
  readonly scale: number;
  /** One per class. */
  readonly shift: readonly number[];
}

/** Of class shares row-major [n, classes]. */
export const calibrated = (shares: Float64Array, { scale, shift }: Calibration): Float64Array =>
  stacked([shares], { weights: [scale], shift }, shift.length);

/** The same on float ['batch', classes]. */
export const lowerCalibration = (graph: Graph, shares: Value, { scale, shift }: Calibration): Value =>
  lowerStack(graph, [shares], { weights: [scale], shift }, shift.length);
