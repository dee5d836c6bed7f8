/** Zoom in steps, back to 100 %, everything in view, minimap: bottom left of the canvas. */
import { useEffect, useRef } from 'react';
import { useReactFlow, useStore } from 'reactflow';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/button.tsx';
import { useDocument, usePanels, useSession } from '../state/session.ts';

export const MINIMAP_FROM = 30;

export function ZoomBar() {
  const t = useText();
  const flow = useReactFlow();
  const session = useSession();
  const zoom = useStore((s) => Math.round(s.transform[2] * 100));
  const far = useStore((s) => s.transform[2] < 0.5);
  const bar = useRef<HTMLDivElement>(null);
  // Below half size a node shows tile, title and state icon only: a class, so that no node renders for it.
  useEffect(() => {
    bar.current?.closest('.mr-canvas')?.classList.toggle('is-far', far);
  }, [far]);
  const many = useDocument(({ document }) => Object.keys(document.nodes).length >= MINIMAP_FROM);
  const minimap = usePanels((p) => p.minimap);
  return (
    <div ref={bar} className="mr-zoom" role="toolbar" aria-label={t('designer.zoom.title')}>
      <IconButton icon="minus" label={t('designer.command.zoom-out')} onClick={() => void flow.zoomOut({ duration: 120 })} />
      <button
        type="button"
        className="mr-zoom-percent"
        aria-label={t('designer.command.zoom-actual')}
        onClick={() => void flow.zoomTo(1, { duration: 120 })}
      >
        {t('designer.percent', { value: zoom })}
      </button>
      <IconButton icon="add" label={t('designer.command.zoom-in')} onClick={() => void flow.zoomIn({ duration: 120 })} />
      <span className="mr-zoom-rule" />
      <IconButton icon="fit" label={t('designer.command.zoom-fit')} keys="1" onClick={() => session.canvas.port.fit()} />
      {many ? (
        <IconButton
          icon="map"
          label={t('designer.command.minimap')}
          aria-pressed={minimap}
          onClick={() => session.panels.getState().set({ minimap: !minimap })}
        />
      ) : null}
    </div>
  );
}
