/** Where all nodes stand, as one value that stays the same object while no node moved: wires lay their lanes by it. */
import type { DocumentNode } from '../../engine/document.ts';
import type { Point } from '../state/node-geometry.ts';

export type Boxes = readonly { id: string; at: Point }[];

export function createBoxes(): (nodes: Readonly<Record<string, DocumentNode>>) => Boxes {
  let seen: Readonly<Record<string, DocumentNode>> | undefined;
  let kept: Boxes = [];
  return (nodes) => {
    if (nodes === seen) return kept;
    seen = nodes;
    const next = Object.values(nodes).map((node) => ({ id: node.id, at: node.position }));
    const same =
      next.length === kept.length &&
      next.every((box, i) => box.id === kept[i].id && box.at.x === kept[i].at.x && box.at.y === kept[i].at.y);
    if (!same) kept = next;
    return kept;
  };
}
