/** The ports of a kind in a list: what it takes as outlines, what it gives filled. */
import type { Kind } from '../../kind/kind.ts';
import { PortMark } from './port-mark.tsx';

const MOST = 3;

export function KindPorts({ kind }: { kind: Pick<Kind, 'inputs' | 'outputs'> }) {
  return (
    <span className="mr-kind-ports">
      {kind.inputs.slice(0, MOST).map((port) => (
        <PortMark key={port.id} type={port.type} size={11} />
      ))}
      {kind.outputs.slice(0, MOST).map((port) => (
        <PortMark key={port.id} type={port.type} filled size={11} />
      ))}
    </span>
  );
}
