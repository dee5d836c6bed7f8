/** The corner points of one wire round all other nodes; the same array while they stay, so that only wires that give way render. */
import { useMemo } from 'react';
import { kindOf } from '../state/kinds.ts';
import type { Point } from '../state/node-geometry.ts';
import { useDocument } from '../state/session.ts';
import { type Boxes, createBoxes } from './boxes.ts';
import { wirePoints } from './wire-path.ts';

const boxesOf = createBoxes();
const same = (a: readonly Point[], b: readonly Point[]) => a.length === b.length && a.every((p, i) => p.x === b[i].x && p.y === b[i].y);

/** `family` shifts the lane, 0 to 2; the ends are where the ports stand, which is ahead of the document while a node is in the hand. */
export function useWirePoints(
  source: { node: string; port: string; x: number; y: number },
  target: { node: string; x: number; y: number },
  family: number,
): readonly Point[] {
  const kind = useDocument(({ document }) => document.nodes[source.node]?.kind ?? '');
  const lane = kindOf(kind)?.outputs.findIndex((port) => port.id === source.port) ?? 0;
  const pick = useMemo(() => {
    let seen: Boxes | undefined;
    let kept: readonly Point[] = [];
    return (all: Boxes) => {
      if (all === seen) return kept;
      seen = all;
      const others = all.filter((box) => box.id !== source.node && box.id !== target.node).map((box) => box.at);
      const next = wirePoints({ x: source.x, y: source.y }, { x: target.x, y: target.y }, others, Math.max(0, lane), family);
      if (!same(next, kept)) kept = next;
      return kept;
    };
  }, [source.node, source.x, source.y, target.node, target.x, target.y, lane, family]);
  return useDocument(({ document }) => pick(boxesOf(document.nodes)));
}
