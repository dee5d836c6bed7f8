/** Where a node added from another page goes: in the first row of the grid, right of everything that is there; pure. */
import type { PipelineDocument } from '../../engine/document.ts';

const PITCH_X = 208;

export function freePlace(document: PipelineDocument): { x: number; y: number } {
  const places = Object.values(document.nodes).map((node) => node.position);
  if (places.length === 0) return { x: 0, y: 0 };
  return { x: Math.max(...places.map((at) => at.x)) + PITCH_X, y: Math.min(...places.map((at) => at.y)) };
}
