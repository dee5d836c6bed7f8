/** Draws one view of a node's outputs: finds the value it is about, asks the backend for it, hands it to the view. */
import { useMemo, useState } from 'react';
import type { DocumentNode } from '../../engine/document.ts';
import type { ValueInfo } from '../../events/event.ts';
import type { ModelView } from '../../host/protocol.ts';
import type { Results } from '../../recipe/results.ts';
import { portText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { kindOf, portOf } from '../state/kinds.ts';
import { usePanels, useSession } from '../state/session.ts';
import { ArtefactView } from './artefact-view.tsx';
import { BarsView } from './bars-view.tsx';
import { DecompositionView, LagsView } from './decomposition-view.tsx';
import { EffectsView } from './effects-view.tsx';
import { FanView } from './fan-view.tsx';
import { LearnerView } from './learner-view.tsx';
import { ModelInside, ModelSignature, ModelSummary } from './model-views.tsx';
import { ProblemNote, Waiting } from './panel.tsx';
import { Profile } from './profile.tsx';
import style from './result-view.module.css';
import { ResultsViews } from './results-views.tsx';
import { SeriesErrorsView } from './series-errors.tsx';
import { TableGrid } from './table-grid.tsx';
import type { Answer } from './use-answer.ts';
import { portsOf, type ViewId } from './views.ts';

interface Props {
  view: ViewId;
  node: DocumentNode;
  outputs: Readonly<Record<string, ValueInfo>>;
  results?: Results;
  model: Answer<ModelView | undefined>;
  /** Shows another view of the same outputs. */
  onView: (view: ViewId) => void;
}

export function ValueViews({ view, node, outputs, results, model, onView }: Props) {
  const [artefact] = portsOf(outputs, 'artefact');
  const found = portsOf(outputs, 'table')[1];
  switch (view) {
    case 'table':
    case 'profile':
      return <TableViews view={view} node={node} tables={portsOf(outputs, 'table')} />;
    case 'model':
    case 'inside':
    case 'signature':
      return <ModelViews view={view} model={model} />;
    case 'artefact':
      return artefact ? <ArtefactView digest={artefact[1].digest} /> : null;
    case 'fan':
      return results?.fan ? <FanView fan={results.fan} target={results.target} /> : <Waiting />;
    case 'errors':
      return results?.errors ? <SeriesErrorsView results={results} errors={results.errors} /> : <Waiting />;
    case 'decomposition':
      return results?.decomposition ? <DecompositionView parts={results.decomposition} target={results.target} /> : <Waiting />;
    case 'lags':
      return results?.decomposition ? <LagsView parts={results.decomposition} target={results.target} /> : <Waiting />;
    case 'bars':
      return found ? <BarsView digest={found[1].digest} /> : null;
    case 'effects':
      return found ? <EffectsView curves={portsOf(outputs, 'table')[0][1].digest} importances={found[1].digest} /> : null;
    case 'learner':
      return <LearnerView node={node} />;
    default:
      return results ? <ResultsViews results={results} view={view} nodeId={node.id} onView={onView} /> : <Waiting />;
  }
}

function ModelViews({ view, model: { value, problem } }: { view: 'model' | 'inside' | 'signature'; model: Answer<ModelView | undefined> }) {
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  return view === 'model' ? (
    <ModelSummary model={value} />
  ) : view === 'inside' ? (
    <ModelInside model={value} />
  ) : (
    <ModelSignature model={value} />
  );
}

/** A node with several tables (train and test, rest, dropped) shows one at a time. */
function TableViews({ view, node, tables }: { view: 'table' | 'profile'; node: DocumentNode; tables: [string, ValueInfo][] }) {
  const t = useText();
  const [chosen, setChosen] = useState(tables[0]?.[0]);
  const session = useSession();
  const asked = usePanels((p) => (p.shownRows?.node === node.id ? p.shownRows.rows : undefined));
  const only = useMemo(
    () => asked && { rows: asked, release: () => session.panels.getState().set({ shownRows: undefined }) },
    [asked, session],
  );
  const shown = tables.find(([port]) => port === chosen) ?? tables[0];
  if (!shown) return null;
  const kind = kindOf(node.kind);
  const titleOf = (port: string) => {
    const found = portOf(kind, 'out', port);
    return found ? portText(found) : port;
  };
  return (
    <div className={style.tables}>
      {tables.length > 1 ? (
        <div className={style.which}>
          <Select
            aria-label={t('results.whichTable')}
            value={shown[0]}
            options={tables.map(([port, value]) => ({
              value: port,
              label: value.rows === undefined ? titleOf(port) : `${titleOf(port)} · ${t('results.rows', { count: value.rows })}`,
            }))}
            onChange={setChosen}
          />
        </div>
      ) : null}
      <div className={style.fill}>
        {view === 'table' ? <TableGrid digest={shown[1].digest} only={only} /> : <Profile digest={shown[1].digest} />}
      </div>
    </div>
  );
}
