/** The wire while it is dragged, and the reason beside the pointer when it hovers a port that does not fit. */
import { type ConnectionLineComponentProps, useConnection, ViewportPortal } from 'reactflow';
import { PORT_STYLES } from '../../kind/ports.ts';
import { kindOf, portOf } from '../state/kinds.ts';
import { useSession } from '../state/session.ts';
import { useConnecting } from './connecting-store.ts';
import { refusalText } from './refusals.ts';
import { roundedPath, wirePoints } from './wire-path.ts';

export function WireInHand({ fromX, fromY, toX, toY, fromHandle, fromNode }: ConnectionLineComponentProps) {
  const session = useSession();
  const node = session.documents.getState().document.nodes[fromNode.id];
  const out = fromHandle.type === 'source';
  const type = portOf(kindOf(node?.kind ?? ''), out ? 'out' : 'in', fromHandle.id ?? '')?.type;
  const from = { x: fromX, y: fromY };
  const points = out ? wirePoints(from, { x: toX, y: toY }, []) : wirePoints({ x: toX, y: toY }, from, []);
  return (
    <g className={`mr-wire is-held mr-wire-${type ? PORT_STYLES[type].family : 'data'}`}>
      <path d={roundedPath(points)} className="mr-wire-line" />
    </g>
  );
}

export function ConnectionHint() {
  const session = useSession();
  const now = useConnecting((s) => s.now);
  const over = useConnection((c) => (c.inProgress && c.toHandle ? `${c.toHandle.nodeId}\n${c.toHandle.id ?? ''}` : ''));
  const at = useConnection((c) => (c.inProgress ? c.to : null));
  if (!now || !over || !at) return null;
  const [node, port] = over.split('\n');
  const other = { node, port };
  const refused = now.judge(other);
  if (!refused || refused.code === 'self') return null;
  const document = session.documents.getState().document;
  return (
    <ViewportPortal>
      <div className="mr-hint" style={{ transform: `translate(${at.x + 14}px, ${at.y + 10}px)` }}>
        {refusalText(document, refused, now.side === 'out' ? other : now.fixed)}
      </div>
    </ViewportPortal>
  );
}
