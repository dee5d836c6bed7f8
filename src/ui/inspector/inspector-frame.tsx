/** The frame of the inspector: its place at the right, its width, head and body; what stands in them is the caller's. */
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import { usePanels, useSession } from '../state/session.ts';
import './inspector.css';

const LEAST = 256;
const MOST = 480;

interface Props {
  /** The node that Escape leads back to. */
  nodeId: string;
  tile: ReactNode;
  head: ReactNode;
  tabs?: ReactNode;
  /** Accessible name of the body. */
  body: string;
  children: ReactNode;
}

export function InspectorFrame({ nodeId, tile, head, tabs, body, children }: Props) {
  const t = useText();
  const session = useSession();
  const set = session.panels.getState().set;
  const width = usePanels((p) => p.inspectorWidth);
  const resize = (to: number) => set({ inspectorWidth: Math.max(LEAST, Math.min(MOST, to)) });
  return (
    <aside
      className="mr-inspector"
      style={{ '--mr-inspector': `${width}px` } as React.CSSProperties}
      aria-label={t('designer.inspector.label')}
      data-inspector={nodeId}
      onKeyDown={(event) => {
        // A field that holds a draft keeps its first Escape for that.
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) session.canvas.port.reveal(nodeId, true);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no hr */}
      <button
        type="button"
        className="mr-inspector-grip"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('designer.inspector.resize')}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') resize(width + 16);
          if (event.key === 'ArrowRight') resize(width - 16);
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(width - event.movementX);
        }}
      />
      <header className="mr-inspector-head">
        {tile}
        <div>{head}</div>
        <IconButton icon="close" label={t('designer.inspector.close')} onClick={() => set({ inspectorOpen: false })} />
      </header>
      {tabs ? <div className="mr-inspector-tabs">{tabs}</div> : <hr className="mr-inspector-rule" />}
      {tabs ? (
        <div className="mr-inspector-body" role="tabpanel" aria-label={body}>
          {children}
        </div>
      ) : (
        <section className="mr-inspector-body" aria-label={body}>
          {children}
        </section>
      )}
    </aside>
  );
}
