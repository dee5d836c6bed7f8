/** What the older version had and the present one has not, drawn where it stood; and the comparison in a line above the canvas. */
import { useEffect, useRef } from 'react';
import { ViewportPortal } from 'reactflow';
import type { DocumentNode, Wire } from '../../engine/document.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { nodeTitle } from '../state/edits.ts';
import { familyOf, kindOf } from '../state/kinds.ts';
import { freePlace, NODE_HEIGHT, NODE_WIDTH, type Point, portX } from '../state/node-geometry.ts';
import { useCompare, useDocument, useSession } from '../state/session.ts';
import { countsOf } from '../versions/document-diff.ts';
import { roundedPath, wirePoints } from './wire-path.ts';

/** Nodes that are gone, each where it stood, or beside it where something else stands now. */
function ghostPlaces(gone: readonly DocumentNode[], now: readonly DocumentNode[]): Map<string, Point> {
  const taken = now.map((node) => node.position);
  const places = new Map<string, Point>();
  for (const node of gone) {
    const covered = taken.some(({ x, y }) => Math.abs(x - node.position.x) < NODE_WIDTH && Math.abs(y - node.position.y) < NODE_HEIGHT);
    const place = covered ? freePlace(taken, node.position) : node.position;
    places.set(node.id, place);
    taken.push(place);
  }
  return places;
}

export function CompareLayer() {
  const t = useText();
  const compared = useCompare((s) => s.compared);
  const now = useDocument((s) => s.document);
  if (!compared) return null;
  const { document: before, diff } = compared;
  const gone = [...diff.nodes.values()].flatMap((node) => (node.what === 'removed' ? [node.before] : []));
  const ghosts = ghostPlaces(gone, Object.values(now.nodes));
  const end = (side: 'in' | 'out', { node, port }: Wire['from']): Point | undefined => {
    const place = ghosts.get(node) ?? now.nodes[node]?.position;
    const kind = kindOf((now.nodes[node] ?? before.nodes[node])?.kind ?? '');
    return place && { x: place.x + portX(kind, side, port), y: place.y + (side === 'out' ? NODE_HEIGHT : 0) };
  };
  return (
    <ViewportPortal>
      <svg className="mr-ghost-wires" aria-hidden="true">
        {diff.removedWires.map((wire) => {
          const [from, to] = [end('out', wire.from), end('in', wire.to)];
          return from && to ? <path key={wire.id} d={roundedPath(wirePoints(from, to, []))} /> : null;
        })}
      </svg>
      {gone.map((node) => {
        const kind = kindOf(node.kind);
        const place = ghosts.get(node.id) ?? node.position;
        return (
          <div key={node.id} className="mr-node is-diff is-diff-removed" style={{ transform: `translate(${place.x}px, ${place.y}px)` }}>
            <KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} />
            <div className="mr-node-text">
              <div className="mr-node-title">{nodeTitle(node)}</div>
              <div className="mr-node-line">
                {node.title && kind ? kindText(kind, 'title') : kind ? t(`designer.group.${kind.group}`) : node.kind}
              </div>
              <div className="mr-node-foot">
                <span />
                <DiffMark what="removed" />
              </div>
            </div>
          </div>
        );
      })}
      <span className="mr-hidden">{t('versions.count-removed', { count: gone.length })}</span>
    </ViewportPortal>
  );
}

const ICONS = { added: 'add', removed: 'minus', changed: 'edit' } as const;
export function DiffMark({ what }: { what: keyof typeof ICONS }) {
  const t = useText();
  return (
    <span className={`mr-state mr-diff-${what}`}>
      <Icon name={ICONS[what]} size={13} />
      <span>{t(`versions.mark-${what}`)}</span>
    </span>
  );
}

export function CompareBar() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const compared = useCompare((s) => s.compared);
  const bar = useRef<HTMLDivElement>(null);
  const root = useRef<Element>(null);
  // A class on the canvas: unchanged nodes step back without being rendered.
  useEffect(() => {
    root.current = bar.current?.closest('.mr-canvas') ?? root.current;
    root.current?.classList.toggle('is-comparing', compared !== undefined);
  }, [compared]);
  if (!compared) return null;
  const { version, diff } = compared;
  const counts = countsOf(diff);
  return (
    <div ref={bar} className="mr-preview-bar mr-compare-bar" role="status">
      <strong>
        {version.label === undefined
          ? t('versions.comparing', { time: format.dateTime(version.at) })
          : t('versions.comparing-named', { label: version.label })}
      </strong>
      {(['added', 'removed', 'changed'] as const).map((what) =>
        counts[what] > 0 ? (
          <span key={what} className={`mr-diff-${what}`}>
            <Icon name={ICONS[what]} size={13} />
            {t(`versions.count-${what}`, { count: counts[what] })}
          </span>
        ) : null,
      )}
      <Button look="subtle" icon="close" onClick={() => session.compare.show(undefined)}>
        {t('versions.leave')}
      </Button>
    </div>
  );
}
