/** The inspector of one node: what it is and how it is set, its columns, its result, its documentation. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { countRender } from '../canvas/render-count.ts';
import { ParamForm } from '../forms/param-form.tsx';
import { sharedValues } from '../forms/shared-values.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { KindTile } from '../kit/kind-icon.tsx';
import { StateBadge } from '../kit/state-badge.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { listedProblems, placeProblems } from '../problems/listed-problems.ts';
import { ProblemRow } from '../problems/problem-row.tsx';
import { nodeTitle, setNode } from '../state/edits.ts';
import { familyOf, kindOf } from '../state/kinds.ts';
import type { InspectorTab } from '../state/panel-store.ts';
import { useCheck, useNode, usePanels, useRun, useSession, useView } from '../state/session.ts';
import { ColumnsTab } from './columns-tab.tsx';
import { DocsTab } from './docs-tab.tsx';
import { InspectorFrame } from './inspector-frame.tsx';
import { ResultTab } from './result-tab.tsx';
import { RunSettings } from './run-settings.tsx';

const TABS: readonly InspectorTab[] = ['settings', 'columns', 'result', 'docs'];

export function Inspector({ nodeId }: { nodeId: string }) {
  countRender('inspector');
  const t = useText();
  const session = useSession();
  const format = useFormat();
  const set = session.panels.getState().set;
  const node = useNode(nodeId);
  const view = useView(nodeId);
  const tab = usePanels((p) => p.inspectorTab);
  const ms = useRun(({ steps }) => steps[nodeId]?.ms);
  const nodes = useMemo(() => (node ? [node] : []), [node]);
  if (!node || !view) return null;
  const kind = kindOf(node.kind);
  const facts = [
    ms !== undefined && (view.state === 'fresh' || view.state === 'reused') ? format.duration(ms) : '',
    view.state === 'idle' ? '' : view.why,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <InspectorFrame
      nodeId={nodeId}
      tile={<KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} size={32} />}
      head={
        <>
          <input
            key={`${nodeId} ${nodeTitle(node)}`}
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
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter') event.currentTarget.blur();
              if (event.key === 'Escape') event.currentTarget.value = nodeTitle(node);
            }}
          />
          <p className="mr-inspector-state">
            <StateBadge state={view.state} fraction={view.fraction} />
            <span className="mr-ellipsis mr-dim" title={facts}>
              {facts}
            </span>
          </p>
        </>
      }
      tabs={
        <Tabs
          tabs={TABS.map((id) => ({ id, label: t(`designer.inspector.${id}`) }))}
          current={tab}
          onChange={(id) => set({ inspectorTab: id })}
          label={t('designer.inspector.label')}
        />
      }
      body={t(`designer.inspector.${tab}`)}
    >
      {tab === 'settings' ? (
        <>
          <NodeProblems nodeId={nodeId} />
          {kind ? <ParamForm key={nodeId} nodes={nodes} kind={kind} /> : <p>{t('designer.node.unknown-kind')}</p>}
          {kind ? <RunSettings nodes={nodes} kind={kind} /> : null}
        </>
      ) : null}
      {tab === 'columns' ? <ColumnsTab nodeId={nodeId} /> : null}
      {tab === 'result' ? <ResultTab nodeId={nodeId} /> : null}
      {tab === 'docs' && kind ? <DocsTab kind={kind} nodeId={nodeId} /> : null}
    </InspectorFrame>
  );
}

/** Problems of the node that belong to no setting in the form; those of settings stand at their fields. */
function NodeProblems({ nodeId }: { nodeId: string }) {
  const session = useSession();
  const report = useCheck((s) => s.report);
  const runs = useStore(session.runs, (s) => s);
  const node = useNode(nodeId);
  const kind = kindOf(node?.kind ?? '');
  const shown = useMemo(() => (node && kind ? sharedValues([node], kind).entries.map(([id]) => id) : []), [node, kind]);
  const { rest } = placeProblems(listedProblems(report, runs), nodeId, shown);
  if (rest.length === 0) return null;
  return (
    <ul className="mr-node-problems">
      {rest.map((problem) => (
        <ProblemRow key={JSON.stringify([problem.code, problem.at, problem.message])} problem={problem} here />
      ))}
    </ul>
  );
}
