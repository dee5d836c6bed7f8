/** The designer: top bar, palette, canvas with results dock, inspector; the empty state until there is a first node. Files may be dropped anywhere. */
import { useEffect, useState } from 'react';
import { ReactFlowProvider } from 'reactflow';
import { Canvas } from '../canvas/canvas.tsx';
import { EmptyState } from '../empty/empty-state.tsx';
import { LinkDialog } from '../empty/link-dialog.tsx';
import { OpenDialog } from '../empty/open-dialog.tsx';
import { PasteDialog } from '../empty/paste-dialog.tsx';
import { StarterOffer } from '../empty/starter-offer.tsx';
import { useText } from '../i18n/text.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { ManyInspector } from '../inspector/many-inspector.tsx';
import { Outline } from '../outline/outline.tsx';
import { Palette } from '../palette/palette.tsx';
import { Banner } from '../problems/banner.tsx';
import { ProblemsPanel } from '../problems/problems-panel.tsx';
import { droppedFiles, importFiles } from '../state/import-data.ts';
import { useDocument, usePanels, useSelection, useSession } from '../state/session.ts';
import { Dock } from '../topbar/dock.tsx';
import { TopBar } from '../topbar/top-bar.tsx';
import { VersionsPanel } from '../versions/versions-panel.tsx';
import './designer.css';

export function DesignerPage() {
  const t = useText();
  const session = useSession();
  const empty = useDocument(({ document }) => Object.keys(document.nodes).length === 0 && Object.keys(document.notes).length === 0);
  const name = useDocument(({ document }) => document.name);
  const overlay = usePanels((p) => p.overlay);
  const inspecting = usePanels((p) => p.inspectorOpen);
  const outline = usePanels((p) => p.outlineOpen);
  const versions = usePanels((p) => p.versionsOpen);
  const one = useSelection((s) => (s.nodes.length > 0 ? s.nodes[s.nodes.length - 1] : undefined));
  const shown = useDocument(({ document }) => (one && document.nodes[one] ? one : undefined));
  const many = useSelection((s) => s.nodes.length > 1);
  const [over, setOver] = useState(false);
  const close = () => session.panels.getState().set({ overlay: undefined });
  useEffect(() => {
    document.title = t('designer.page-title', { name });
  }, [name, t]);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer || !hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      const none = Object.keys(session.documents.getState().document.nodes).length === 0;
      const at = none ? undefined : session.canvas.port.toCanvas({ x: event.clientX, y: event.clientY });
      void importFiles(session, droppedFiles(session, event.dataTransfer), at);
    };
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [session]);
  return (
    <ReactFlowProvider>
      <TopBar />
      <Banner />
      <main className="mr-designer">
        {empty ? null : <h1 className="mr-hidden">{name}</h1>}
        <div className="mr-work">
          <div className="mr-stage">
            {outline && !empty ? <Outline /> : <Palette />}
            {empty ? <EmptyState /> : <Canvas />}
            {empty ? null : <StarterOffer />}
          </div>
          {empty ? null : <Dock />}
        </div>
        {versions ? <VersionsPanel /> : shown && inspecting ? many ? <ManyInspector /> : <Inspector nodeId={shown} /> : null}
      </main>
      {over ? <div className="mr-drop-veil">{t('designer.empty.drop-now')}</div> : null}
      {overlay === 'problems' ? <ProblemsPanel onClose={close} /> : null}
      {overlay === 'open' ? <OpenDialog onClose={close} /> : null}
      {overlay === 'paste' ? <PasteDialog onClose={close} /> : null}
      {overlay === 'link' ? <LinkDialog onClose={close} /> : null}
    </ReactFlowProvider>
  );
}
