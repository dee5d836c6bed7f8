/** A wire: family colour over a halo of the canvas colour, its own lane round nodes, dashed with a mark where it has a problem. */
import { memo } from 'react';
import { BaseEdge, type EdgeProps } from 'reactflow';
import { PORT_STYLES } from '../../kind/ports.ts';
import { useCheck, useCompare } from '../state/session.ts';
import { type FlowEdge, PORT_HIT } from './flow-items.ts';
import { countRender } from './render-count.ts';
import { useWirePoints } from './use-wire-points.ts';
import { haloPath, midPoint, roundedPath } from './wire-path.ts';

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
  countRender('wire', id);
  const broken = useCheck(({ report }) => report.problems.some((p) => p.at.wire === id && p.severity === 'error'));
  const added = useCompare((s) => s.compared?.diff.addedWires.has(id) === true);
  const family = data?.type ? PORT_STYLES[data.type].family : 'delivery';
  const points = useWirePoints(
    { node: source, port: sourceHandleId ?? '', x: sourceX, y: sourceY - PORT_HIT / 2 },
    { node: target, x: targetX, y: targetY + PORT_HIT / 2 },
    FAMILIES.indexOf(family) % 3,
  );
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
