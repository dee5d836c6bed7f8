/** One port of a node: mark, hit area, what it says while a wire is dragged, and quick add on a plain click. */
import { memo } from 'react';
import { Handle, Position } from 'reactflow';
import { PORT_STYLES, type Port } from '../../kind/ports.ts';
import { portText } from '../i18n/kind-text.ts';
import { lookUp, useText } from '../i18n/text.ts';
import { PortMark } from '../kit/port-mark.tsx';
import { useDocument, useSession } from '../state/session.ts';
import type { Side } from './connect-rules.ts';
import { useConnecting } from './connecting-store.ts';

interface Props {
  node: string;
  port: Port;
  side: Side;
  x: number;
  /** Shown right of the port when a node has two outputs of one type. */
  named?: boolean;
}

export const PortHandle = memo(function PortHandle({ node, port, side, x, named }: Props) {
  const t = useText();
  const session = useSession();
  const wired = useDocument(({ document }) =>
    Object.values(document.wires).some((w) => {
      const end = side === 'in' ? w.to : w.from;
      return end.node === node && end.port === port.id;
    }),
  );
  const fit = useConnecting(({ now }) => {
    if (!now) return '';
    if (now.fixed.node === node && now.fixed.port === port.id && now.side === side) return ' is-held';
    return now.side !== side && now.judge({ node, port: port.id }) === undefined ? ' is-fit' : ' is-dim';
  });
  const label = t(side === 'in' ? 'designer.port.in' : 'designer.port.out', {
    port: portText(port),
    type: t(`designer.port-type.${port.type}`),
  });
  const open = (event: React.MouseEvent) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    session.panels.getState().set({ quickAdd: { at: { x: box.left, y: box.bottom + 4 }, from: { node, port: port.id, side } } });
  };
  return (
    <Handle
      id={port.id}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Top : Position.Bottom}
      className={`mr-port mr-port-${side} mr-port-${PORT_STYLES[port.type].family}${fit}`}
      style={{ left: x - 1 }}
      title={label}
      onClick={open}
    >
      <PortMark type={port.type} filled={wired} />
      {named ? <span className="mr-port-name">{lookUp('designer', 'port-short', port.id) ?? port.id}</span> : null}
    </Handle>
  );
});
