/** A pipeline the size of a stamp: nodes as bars in family colours, wires as lines. */
import { memo } from 'react';
import type { PipelineDocument } from '../../engine/document.ts';
import { familyOf, kindOf } from '../state/kinds.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../state/node-geometry.ts';

const WIDTH = 64;
const HEIGHT = 32;

export const Thumb = memo(function Thumb({ document }: { document: PipelineDocument }) {
  const nodes = Object.values(document.nodes);
  const left = Math.min(...nodes.map((n) => n.position.x));
  const top = Math.min(...nodes.map((n) => n.position.y));
  const wide = Math.max(...nodes.map((n) => n.position.x + NODE_WIDTH)) - left;
  const tall = Math.max(...nodes.map((n) => n.position.y + NODE_HEIGHT)) - top;
  const scale = Math.min(WIDTH / Math.max(wide, 1), HEIGHT / Math.max(tall, 1), 0.08);
  const x = (value: number) => (value - left) * scale + (WIDTH - wide * scale) / 2;
  const y = (value: number) => (value - top) * scale + (HEIGHT - tall * scale) / 2;
  return (
    <svg className="mr-thumb" width={WIDTH} height={HEIGHT} aria-hidden="true">
      {Object.values(document.wires).map((wire) => {
        const [a, b] = [document.nodes[wire.from.node], document.nodes[wire.to.node]];
        return a && b ? (
          <path
            key={wire.id}
            d={`M${x(a.position.x + NODE_WIDTH / 2)} ${y(a.position.y + NODE_HEIGHT)}L${x(b.position.x + NODE_WIDTH / 2)} ${y(b.position.y)}`}
          />
        ) : null;
      })}
      {nodes.map((node) => {
        const kind = kindOf(node.kind);
        return (
          <rect
            key={node.id}
            className={`is-${kind ? familyOf(kind) : 'prepare'}`}
            x={x(node.position.x)}
            y={y(node.position.y)}
            width={NODE_WIDTH * scale}
            height={Math.max(2.5, NODE_HEIGHT * scale * 0.7)}
            rx="1"
          />
        );
      })}
    </svg>
  );
});
