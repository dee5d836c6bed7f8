/** A wire: family colour over a halo of the canvas colour, its own lane round nodes, dashed with a mark where it has a problem. */
import { memo } from 'react';
import { BaseEdge, type EdgeProps } from 'reactflow';
import { PORT_STYLES } from '../../kind/ports.ts';
import { kindOf } from '../state/kinds.ts';
import { useCheck, useCompare, useDocument } from '../state/session.ts';
import { createBoxes } from './boxes.ts';
import { type FlowEdge, PORT_HIT } from './flow-items.ts';
import { countRender } from './render-count.ts';
import { haloPath, midPoint, roundedPath, wirePoints } from './wire-path.ts';

const boxesOf = createBoxes();
const FAMILIES = ['data', 'fitted', 'result', 'delivery'];

export const WireEdge = memo(function WireEdge({
  id,
  source,
  target,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourceHandleId,
  selected,
  data,
}: EdgeProps<FlowEdge>) {
  countRender('wire');
  const broken = useCheck(({ report }) => report.problems.some((p) => p.at.wire === id && p.severity === 'error'));
  // Lanes depend on where all nodes stand: the record changes once per edit, not per move of a drag.
  const all = useDocument(({ document }) => boxesOf(document.nodes));
  const added = useCompare((s) => s.compared?.diff.addedWires.has(id) === true);
  const kind = useDocument(({ document }) => document.nodes[source]?.kind ?? '');
  const from = { x: sourceX, y: sourceY - PORT_HIT / 2 };
  const to = { x: targetX, y: targetY + PORT_HIT / 2 };
  const boxes = all.filter((box) => box.id !== source && box.id !== target).map((box) => box.at);
  const lane = kindOf(kind)?.outputs.findIndex((port) => port.id === sourceHandleId) ?? 0;
  const family = data?.type ? PORT_STYLES[data.type].family : 'delivery';
  const points = wirePoints(from, to, boxes, Math.max(0, lane), FAMILIES.indexOf(family) % 3);
  const path = roundedPath(points);
  const middle = midPoint(points);
  return (
    <g
      className={`mr-wire mr-wire-${family}${selected ? ' is-selected' : ''}${broken ? ' is-broken' : ''}${added ? ' is-diff-added' : ''}`}
    >
      <path d={haloPath(points)} className="mr-wire-halo" />
      <BaseEdge path={path} interactionWidth={16} className="mr-wire-line" />
      {broken ? (
        <g className="mr-wire-mark" transform={`translate(${middle.x} ${middle.y})`}>
          <circle r="7" />
          <path d="M0-3.5V.8M0 3.2v.3" />
        </g>
      ) : null}
    </g>
  );
});
