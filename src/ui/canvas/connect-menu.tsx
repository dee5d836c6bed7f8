/** Connecting by keyboard (`C`): each output of the node with the inputs that would take it, as one list; Enter connects. */
import { useMemo, useState } from 'react';
import { portText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { FloatAt } from '../kit/float-at.tsx';
import { PortMark } from '../kit/port-mark.tsx';
import { nodeTitle } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { NODE_HEIGHT } from '../state/node-geometry.ts';
import { useDocument, useSession } from '../state/session.ts';
import { type End, judge, type Side } from './connect-rules.ts';
import { tryConnect } from './use-connect.ts';

export function ConnectMenu({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const document = useDocument((s) => s.document);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const choices = useMemo(() => {
    const here = document.nodes[node];
    const kind = kindOf(here?.kind ?? '');
    const found: { key: string; from: End; to: End; text: string; type: Parameters<typeof PortMark>[0]['type'] }[] = [];
    const walk = (side: Side) => {
      for (const port of (side === 'out' ? kind?.outputs : kind?.inputs) ?? []) {
        const ask = judge(document, { node, port: port.id }, side);
        for (const other of Object.values(document.nodes)) {
          const theirs = kindOf(other.kind);
          for (const end of (side === 'out' ? theirs?.inputs : theirs?.outputs) ?? []) {
            if (ask({ node: other.id, port: end.id }) !== undefined) continue;
            const [from, to] =
              side === 'out'
                ? [
                    { node, port: port.id },
                    { node: other.id, port: end.id },
                  ]
                : [
                    { node: other.id, port: end.id },
                    { node, port: port.id },
                  ];
            const key = side === 'out' ? 'designer.connect.to' : 'designer.connect.from';
            found.push({
              key: `${side}${port.id}${other.id}${end.id}`,
              from,
              to,
              type: port.type,
              text: t(key, { port: portText(port), title: nodeTitle(other), there: portText(end) }),
            });
          }
        }
      }
    };
    walk('out');
    walk('in');
    return found.filter((c) => c.text.toLowerCase().includes(query.toLowerCase()));
  }, [document, node, query, t]);
  const here = document.nodes[node];
  const place = useMemo(
    () => session.canvas.port.toWindow({ x: here?.position.x ?? 0, y: (here?.position.y ?? 0) + NODE_HEIGHT + 12 }),
    [session, here],
  );
  const take = (index: number) => {
    const choice = choices[index];
    onClose();
    if (choice) tryConnect(session, choice.from, choice.to, place);
    session.canvas.port.reveal(node, true);
  };
  return (
    <FloatAt at={place} label={t('designer.command.connect')} onClose={onClose} className="mr-add is-connect" takeFocus>
      <input
        className="mr-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="mr-connect-list"
        aria-activedescendant={choices[at] ? `mr-connect-${at}` : undefined}
        aria-label={t('designer.connect.label')}
        placeholder={t('designer.connect.label')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step) {
            event.preventDefault();
            setAt((at + step + choices.length) % Math.max(1, choices.length));
          }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(at);
        }}
      />
      <div id="mr-connect-list" role="listbox" aria-label={t('designer.connect.label')} className="mr-add-list">
        {choices.map((choice, i) => (
          <div
            key={choice.key}
            id={`mr-connect-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className="mr-add-item"
            onClick={() => take(i)}
            onKeyDown={() => undefined}
          >
            <PortMark type={choice.type} filled />
            <span className="mr-ellipsis">{choice.text}</span>
          </div>
        ))}
        {choices.length === 0 ? <p className="mr-dim mr-add-none">{t('designer.connect.none')}</p> : null}
      </div>
    </FloatAt>
  );
}
