/** The results dock under the canvas: keeps the pinned or chosen node's result; drag its edge, collapse it to a line, or let it fill. */
import { useEffect, useState } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { IconButton } from '../kit/button.tsx';
import { StateBadge } from '../kit/state-badge.tsx';
import { useMetricName } from '../results/metric-name.tsx';
import { ResultView } from '../results/result-view.tsx';
import { useDocument, usePanels, useRun, useSelection, useSession, useView } from '../state/session.ts';

const LEAST = 120;

export function Dock() {
  const t = useText();
  const session = useSession();
  const set = session.panels.getState().set;
  const pinned = usePanels((p) => p.dockPinned);
  const open = usePanels((p) => p.dockOpen);
  const height = usePanels((p) => p.dockHeight);
  const active = useSelection((s) => s.nodes[s.nodes.length - 1]);
  const [last, setLast] = useState<string>();
  const [narrow, setNarrow] = useState(() => matchMedia('(max-width: 1199px)').matches);
  const [full, setFull] = useState(false);
  // After a reload: the node with the most to show.
  const telling = useRun(({ steps }) => {
    const done = Object.entries(steps).filter(([, step]) => step.outputs);
    return (done.find(([, step]) => Object.values(step.outputs ?? {}).some((v) => v.type === 'results')) ?? done.at(-1))?.[0];
  });
  const wanted = pinned ?? active ?? last ?? telling;
  const shown = useDocument(({ document }) => (wanted && document.nodes[wanted] ? wanted : undefined));
  useEffect(() => {
    if (active) setLast(active);
  }, [active]);
  useEffect(() => {
    const query = matchMedia('(max-width: 1199px)');
    const change = () => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  const ran = useRun(({ steps }) =>
    Object.values(steps).some((step) => step.outputs !== undefined || step.problem !== undefined || step.live !== undefined),
  );
  const [asked, setAsked] = useState(false);
  const view = useView(shown ?? '');
  if (!shown || !view) return null;
  const expanded = asked || (open && ran && !narrow);
  const lead = (
    <span className="mr-dock-lead">
      <IconButton
        icon={pinned ? 'pinned' : 'pin'}
        label={t(pinned ? 'designer.dock.unpin' : 'designer.dock.pin')}
        aria-pressed={pinned !== undefined}
        onClick={() => set({ dockPinned: pinned ? undefined : shown })}
      />
      <span className="mr-ellipsis">{view.title}</span>
      <StateBadge state={view.state} fraction={view.fraction} />
    </span>
  );
  if (!expanded)
    return (
      <section className="mr-dock" aria-label={t('designer.dock.title')}>
        <div className="mr-dock-line">
          {lead}
          <Headline node={shown} />
          <IconButton
            icon="up"
            label={t('designer.dock.open')}
            onClick={() => {
              set({ dockOpen: true });
              setAsked(true);
            }}
          />
        </div>
      </section>
    );
  const resize = (to: number) => set({ dockHeight: Math.round(Math.max(LEAST, Math.min(window.innerHeight * 0.7, to))) });
  return (
    <section className="mr-dock" aria-label={t('designer.dock.title')} style={{ height: full ? '70%' : height }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no hr */}
      <button
        type="button"
        className="mr-dock-grip"
        role="separator"
        aria-orientation="horizontal"
        aria-label={t('designer.dock.resize')}
        aria-valuenow={height}
        aria-valuemin={LEAST}
        aria-valuemax={Math.round(window.innerHeight * 0.7)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') resize(height + 24);
          if (event.key === 'ArrowDown') resize(height - 24);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setFull(false);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(height - event.movementY);
        }}
      />
      <div className="mr-dock-body">
        <ResultView
          nodeId={shown}
          lead={lead}
          trail={
            <>
              <IconButton
                icon={full ? 'shrink' : 'fit'}
                label={t(full ? 'designer.dock.shrink' : 'designer.dock.expand')}
                onClick={() => setFull(!full)}
              />
              <IconButton
                icon="down"
                label={t('designer.dock.close')}
                onClick={() => {
                  set({ dockOpen: narrow });
                  setAsked(false);
                  setFull(false);
                }}
              />
            </>
          }
        />
      </div>
    </section>
  );
}

/** The headline metrics when the dock is one line. */
function Headline({ node }: { node: string }) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const outputs = useRun((s) => s.steps[node]?.outputs);
  const busy = useRun(({ steps }) => steps[node]?.state === 'running' || steps[node]?.state === 'queued');
  const values = Object.values(outputs ?? {});
  const metrics = values.find((v) => v.metrics && Object.keys(v.metrics).length > 0)?.metrics;
  if (metrics)
    return (
      <span className="mr-dock-metrics">
        {Object.entries(metrics)
          .slice(0, 4)
          .map(([name, value]) => (
            <span key={name}>
              {metricName(name)} <strong>{format.metric(value)}</strong>
            </span>
          ))}
      </span>
    );
  const text = values.map((v) => wordsText(v.headline)).filter(Boolean);
  // Beside it stands how far it is.
  return <span className="mr-dock-metrics">{text.length > 0 ? text.join(' · ') : busy ? '' : t('designer.node.not-run')}</span>;
}
