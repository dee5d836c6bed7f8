/** The results of one node for the dock: tabs of what its outputs offer, and the chosen one below. The dock's frame is the designer's. */
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Tabs } from '../kit/tabs.tsx';
import { useBackend } from '../state/backend.tsx';
import { kindOf } from '../state/kinds.ts';
import { useNode, usePanels, useRun } from '../state/session.ts';
import { GuardsView } from './guards-view.tsx';
import { LiveRaceView } from './live-race.tsx';
import { LogView } from './log-view.tsx';
import { Quiet } from './panel.tsx';
import { liveRaceOf } from './race-lines.ts';
import style from './result-view.module.css';
import { useAnswer } from './use-answer.ts';
import { ValueViews } from './value-views.tsx';
import { portsOf, type ViewId, viewsFor } from './views.ts';

interface Props {
  nodeId: string;
  /** Before the tabs: pin, title, state. */
  lead?: ReactNode;
  /** At the right end: expand, close. */
  trail?: ReactNode;
}

const NOTHING = {};

export function ResultView({ nodeId, lead, trail }: Props) {
  const t = useText();
  const backend = useBackend();
  const node = useNode(nodeId);
  const kind = node?.kind;
  const step = useRun((state) => state.steps[nodeId]);
  const [chosen, setChosen] = useState<Record<string, ViewId>>({});
  const outputs = step?.outputs ?? NOTHING;
  const digest = portsOf(outputs, 'results')[0]?.[1].digest;
  const modelDigest = portsOf(outputs, 'model')[0]?.[1].digest;
  const model = useAnswer(`model ${modelDigest}`, async () => (modelDigest ? backend.model(modelDigest) : undefined));
  const asked = usePanels((p) => (p.shownRows?.node === nodeId ? p.shownRows : undefined));
  useEffect(() => {
    if (asked && kind) setChosen((before) => ({ ...before, [kind]: 'table' }));
  }, [asked, kind]);
  const results = useAnswer(`results ${digest}`, async () => (digest ? backend.results(digest) : undefined));
  if (!node) return null;
  const views = viewsFor(outputs, digest ? results.value : undefined, kindOf(node.kind)?.tags?.view).filter(
    (id) => id !== 'inside' || model.value?.inspection !== undefined,
  );
  const live = step?.state === 'running' ? liveRaceOf(step.live) : undefined;
  const failed = step?.state === 'failed';
  const guards = live ? live.guards : results.value?.race?.guards;
  const alerts = guards?.filter(({ state }) => state === 'alerted').length ?? 0;
  const shown: ViewId[] = live ? ['race', ...(live.guards ? (['guards'] as const) : []), 'log'] : views;
  const wanted = chosen[node.kind];
  const current = wanted && shown.includes(wanted) ? wanted : failed ? 'log' : shown[0];
  const empty = !live && Object.keys(outputs).length === 0 && !step?.problem && !step?.log.length;
  const busy = step?.state === 'running' || step?.state === 'queued';
  return (
    <div className={style.view}>
      <div className={style.head}>
        {lead}
        {empty ? null : (
          <Tabs
            tabs={shown.map((id) => ({
              id,
              label: id === 'guards' && alerts > 0 ? t('results.guards.tab', { count: alerts }) : t(`results.view.${id}`),
            }))}
            current={current}
            onChange={(id) => setChosen({ ...chosen, [node.kind]: id })}
            label={t('results.views')}
          />
        )}
        {trail ? <div className={style.trail}>{trail}</div> : null}
      </div>
      <div className={style.fill}>
        {empty ? (
          <Quiet title={t('results.nothing')}>{t(busy ? 'results.comingHint' : 'results.nothingHint')}</Quiet>
        ) : live && current === 'race' ? (
          <LiveRaceView race={live} at={step?.liveAt ?? 0} nodeId={nodeId} />
        ) : live?.guards && current === 'guards' ? (
          <GuardsView guards={live.guards} nodeId={nodeId} />
        ) : results.problem && !live ? (
          <LogView problem={results.problem} notes={step?.notes ?? []} log={step?.log ?? []} />
        ) : current === 'log' ? (
          digest && results.waiting && !failed && !live ? null : (
            <LogView problem={step?.problem} notes={step?.notes ?? []} log={step?.log ?? []} />
          )
        ) : (
          <ValueViews
            key={`${nodeId} ${digest}`}
            view={current}
            node={node}
            outputs={outputs}
            results={results.value}
            model={model}
            onView={(id) => setChosen({ ...chosen, [node.kind]: id })}
          />
        )}
      </div>
    </div>
  );
}
