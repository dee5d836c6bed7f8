/** Trees are drawn without overlap, parents over their children, folded at the depth limit. */
import { expect, it } from 'vitest';
import { layOut } from './tree-layout.ts';

const leaf = { rows: 1, value: [1] };
const nodes = [
  { feature: 'a', threshold: 1, left: 1, right: 2, rows: 4, value: [0] },
  leaf,
  { feature: 'b', threshold: 2, left: 3, right: 4, rows: 3, value: [0] },
  leaf,
  leaf,
];

it('puts leaves in a row and parents between their children', () => {
  const { placed, width, depth } = layOut(nodes, 9);
  expect([width, depth]).toEqual([3, 2]);
  expect(placed.map((node) => [node.index, node.x, node.depth])).toEqual([
    [0, 0.75, 0],
    [1, 0, 1],
    [2, 1.5, 1],
    [3, 1, 2],
    [4, 2, 2],
  ]);
});

it('folds what lies deeper than the limit', () => {
  const { placed, width } = layOut(nodes, 1);
  expect(width).toBe(2);
  expect(placed.map((node) => node.folded)).toEqual([false, false, true]);
});

it('draws nothing for no nodes', () => expect(layOut([], 3).placed).toEqual([]));
