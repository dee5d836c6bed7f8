/** Grows one boosted tree leaf by leaf; the booster does all of it, this writes the nodes down. */
import { blank, type Growth, type Workshop, writeSplit } from './growth.ts';

/** Grows a tree on the taken rows, whose gradients are ready; with a seed thresholds are drawn. Leaf values are left to the caller. */
export function growTree({ booster, edges }: Workshop, _taken: number, seed?: number): Growth {
  return booster.grow((grown) => {
    const node = blank(grown.rows);
    if (grown.feature >= 0) writeSplit(node, edges, grown, grown);
    return node;
  }, seed);
}
