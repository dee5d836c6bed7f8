/** A fitted model in the dock: what it predicts from how many rows, what matters to it, how learning went, what it looks like inside. */
import type { ModelView } from '../../host/protocol.ts';
import { kindText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { kindOf } from '../state/kinds.ts';
import { BarsList, bySize } from './bars-list.tsx';
import { Coefficients } from './coefficients.tsx';
import { Facts } from './facts.tsx';
import { LearningCurve } from './learning-curve.tsx';
import { Notes } from './metrics-panel.tsx';
import { ModelSeries } from './model-series.tsx';
import { Panel, Panels, Quiet } from './panel.tsx';
import { SignatureTable } from './signature-table.tsx';
import { TreeView } from './tree-view.tsx';

export function ModelSummary({ model }: { model: ModelView }) {
  const t = useText();
  const format = useFormat();
  const kind = kindOf(model.learner.kind);
  const { importances, curve, rowCount, notes, backend } = model.about;
  return (
    <Panels>
      <Panel title={kind ? kindText(kind, 'title') : model.learner.kind} width={300}>
        <Facts
          wide
          items={[
            { name: t('results.modelView.task'), value: t(`results.task.${model.task}`) },
            ...(model.target ? [{ name: t('results.modelView.target'), value: model.target }] : []),
            ...(model.classes ? [{ name: t('results.modelView.classes'), value: model.classes.join(' · ') }] : []),
            { name: t('results.modelView.inputs'), value: format.count(model.inputs.length) },
            { name: t('results.modelView.learnedFrom'), value: t('results.rows', { count: rowCount }) },
            ...(backend ? [{ name: t('results.modelView.ranOn'), value: backend.toUpperCase() }] : []),
          ]}
        />
        <Notes notes={notes} />
      </Panel>
      {model.series ? <ModelSeries series={model.series} /> : null}
      {importances && importances.length > 0 ? (
        <Panel title={t('results.importances')} aside={t('results.n', { n: rowCount })}>
          <BarsList items={bySize(importances)} />
        </Panel>
      ) : null}
      {curve && curve.length > 1 ? (
        <Panel title={t('results.curve.learning')} aside={t('results.n', { n: rowCount })}>
          <LearningCurve curve={curve} />
        </Panel>
      ) : null}
    </Panels>
  );
}

export function ModelInside({ model }: { model: ModelView }) {
  const t = useText();
  const { inspection } = model;
  if (!inspection) return <Quiet title={t('results.noInspection')} />;
  if (inspection.type === 'tree') return <TreeView nodes={inspection.nodes} classes={model.classes} target={model.target} />;
  return <Coefficients inspection={inspection} />;
}

export function ModelSignature({ model }: { model: ModelView }) {
  const t = useText();
  return (
    <Panels>
      <Panel title={t('results.view.signature')}>
        <SignatureTable inputs={model.inputs.map((input) => ({ ...input, ...model.seen?.[input.name] }))} outputs={model.outputs} />
      </Panel>
    </Panels>
  );
}
