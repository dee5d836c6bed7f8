/** Places a binary tree in the plane: leaves side by side from left to right, parents over the middle of their children; pure. */
import type { TreeNode } from '../../recipe/model.ts';

export interface Placed {
  index: number;
  /** In leaf widths and levels. */
  x: number;
  depth: number;
  /** The child at the depth limit whose own children are not drawn. */
  folded: boolean;
  children: number[];
}

/** Nodes down to `maxDepth`, the root first; `width` is the number of leaves drawn. */
export function layOut(nodes: readonly TreeNode[], maxDepth: number): { placed: Placed[]; width: number; depth: number } {
  const placed: Placed[] = [];
  let leaves = 0;
  let deepest = 0;
  const visit = (index: number, depth: number): Placed => {
    const node = nodes[index];
    const { left, right } = node;
    const splits = left !== undefined && right !== undefined;
    const here: Placed = { index, x: 0, depth, folded: splits && depth === maxDepth, children: [] };
    placed.push(here);
    deepest = Math.max(deepest, depth);
    if (splits && depth < maxDepth) {
      const children = [visit(left, depth + 1), visit(right, depth + 1)];
      here.children = children.map((child) => child.index);
      here.x = (children[0].x + children[1].x) / 2;
    } else {
      here.x = leaves++;
    }
    return here;
  };
  if (nodes.length > 0) visit(0, 0);
  return { placed, width: leaves, depth: deepest };
}
