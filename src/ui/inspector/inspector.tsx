/** The inspector at the right: what the chosen node is and how it is set, its columns, its result, its documentation. */
import { useStore } from 'zustand';
import { countRender } from '../canvas/render-count.ts';
import { ParamForm } from '../forms/param-form.tsx';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { IconButton } from '../kit/button.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { StateBadge } from '../kit/state-badge.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { listedProblems } from '../problems/go-to-problem.ts';
import { ProblemRow } from '../problems/problem-row.tsx';
import { nodeTitle, setNode } from '../state/edits.ts';
import { familyOf, kindOf } from '../state/kinds.ts';
import type { InspectorTab } from '../state/panel-store.ts';
import { useCheck, useNode, usePanels, useRun, useSelection, useSession, useView } from '../state/session.ts';
import { ColumnsTab } from './columns-tab.tsx';
import { DocsTab } from './docs-tab.tsx';
import { ResultTab } from './result-tab.tsx';
import { RunSettings } from './run-settings.tsx';
import './inspector.css';

const TABS: readonly InspectorTab[] = ['settings', 'columns', 'result', 'docs'];
const LEAST = 256;
const MOST = 480;

export function Inspector({ nodeId }: { nodeId: string }) {
  countRender('inspector');
  const t = useText();
  const session = useSession();
  const format = useFormat();
  const set = session.panels.getState().set;
  const node = useNode(nodeId);
  const view = useView(nodeId);
  const tab = usePanels((p) => p.inspectorTab);
  const width = usePanels((p) => p.inspectorWidth);
  const ms = useRun(({ steps }) => steps[nodeId]?.ms);
  const many = useSelection((s) => s.nodes.length);
  if (!node || !view) return null;
  const kind = kindOf(node.kind);
  const facts = [
    ms !== undefined && (view.state === 'fresh' || view.state === 'reused') ? format.duration(ms) : '',
    view.state === 'idle' ? '' : view.why,
  ]
    .filter(Boolean)
    .join(' · ');
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
        <KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} size={32} />
        <div>
          <input
            key={`${nodeId}${node.title ?? ''}`}
            className="mr-inspector-title"
            aria-label={t('designer.command.rename')}
            defaultValue={nodeTitle(node)}
            placeholder={kind ? kindText(kind, 'title') : node.kind}
            onBlur={(event) => {
              const text = event.target.value.trim();
              const own = text === '' || (kind && text === kindText(kind, 'title')) ? undefined : text;
              if (own !== node.title)
                session.documents.edit(
                  setNode(
                    session.documents.getState().document,
                    [nodeId],
                    'title',
                    own,
                    keptWords('designer.edit.rename', { name: own ?? '' }),
                  ),
                );
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
          />
          <p className="mr-inspector-state">
            <StateBadge state={view.state} fraction={view.fraction} />
            <span className="mr-ellipsis mr-dim" title={facts}>
              {facts}
            </span>
          </p>
        </div>
        <IconButton icon="close" label={t('designer.inspector.close')} onClick={() => set({ inspectorOpen: false })} />
      </header>
      <div className="mr-inspector-tabs">
        <Tabs
          tabs={TABS.map((id) => ({ id, label: t(`designer.inspector.${id}`) }))}
          current={tab}
          onChange={(id) => set({ inspectorTab: id })}
          label={t('designer.inspector.label')}
        />
      </div>
      <div className="mr-inspector-body" role="tabpanel" aria-label={t(`designer.inspector.${tab}`)}>
        {many > 1 ? <p className="mr-dim">{t('designer.inspector.many', { count: many })}</p> : null}
        {tab === 'settings' ? (
          <>
            <NodeProblems nodeId={nodeId} />
            {kind ? <ParamForm key={nodeId} node={node} kind={kind} /> : <p>{t('designer.node.unknown-kind')}</p>}
            {kind ? <RunSettings node={node} kind={kind} /> : null}
          </>
        ) : null}
        {tab === 'columns' ? <ColumnsTab nodeId={nodeId} /> : null}
        {tab === 'result' ? <ResultTab nodeId={nodeId} /> : null}
        {tab === 'docs' && kind ? <DocsTab kind={kind} nodeId={nodeId} /> : null}
      </div>
    </aside>
  );
}

/** Problems of the node that belong to no field, and warnings of its last run; those of fields stand at their fields. */
function NodeProblems({ nodeId }: { nodeId: string }) {
  const session = useSession();
  const report = useCheck((s) => s.report);
  const runs = useStore(session.runs, (s) => s);
  const kind = useNode(nodeId)?.kind;
  const params = kindOf(kind ?? '')?.params ?? {};
  const problems = listedProblems(report, runs).filter(
    (p) => p.at.node === nodeId && !(p.at.param && p.at.param in params && report.problems.includes(p)),
  );
  const step = runs.steps[nodeId];
  const current = report.plan.some((planned) => planned.node === nodeId && planned.intent === step?.intent);
  if (current) problems.push(...(step?.notes ?? []).filter((note) => note.severity === 'warning'));
  if (problems.length === 0) return null;
  return (
    <ul className="mr-node-problems">
      {problems.map((problem) => (
        <ProblemRow key={JSON.stringify([problem.code, problem.at, problem.message])} problem={problem} here />
      ))}
    </ul>
  );
}
