/** The views of evaluated models: each tab is one arrangement of panels over the same choice of model, class and threshold. */
import type { Results } from '../../recipe/results.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { BarsList, bySize } from './bars-list.tsx';
import { CalibrationView } from './calibration-view.tsx';
import { Compare } from './compare.tsx';
import { ConfusionView } from './confusion-view.tsx';
import { Folds } from './folds.tsx';
import { useJudged } from './judged.ts';
import { JudgedRows } from './judged-rows.tsx';
import { MetricsPanel, PositiveClass } from './metrics-panel.tsx';
import { Panel, Panels } from './panel.tsx';
import { PredictedChart, ResidualChart, ResidualHistogram } from './regression-view.tsx';
import { ScoreChart } from './score-charts.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';
import { ThresholdView } from './threshold-view.tsx';
import type { ViewId } from './views.ts';

export function ResultsViews({ results, view }: { results: Results; view: ViewId }) {
  const t = useText();
  const format = useFormat();
  const judged = useJudged(results);
  const n = t('results.n', { n: judged.n });
  switch (view) {
    case 'models':
      return <Compare results={results} n={judged.n} />;
    case 'threshold':
      return <ThresholdView judged={judged} />;
    case 'calibration':
      return <CalibrationView judged={judged} />;
    case 'folds':
      return <Folds judged={judged} />;
    case 'importance':
      return (
        <Panels>
          {results.models
            .filter((model) => model.importances && model.importances.length > 0)
            .map((model, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two models may have one name; the place tells them apart
              <Panel key={i} title={wordsText(model.name)} aside={n}>
                <BarsList items={bySize(model.importances ?? [])} />
              </Panel>
            ))}
        </Panels>
      );
    case 'curves':
      return (
        <Panels>
          <Panel title={t('results.curve.roc.title')} aside={<PositiveClass judged={judged} />}>
            <ScoreChart judged={judged} shape="roc" />
          </Panel>
          <Panel title={t('results.curve.pr.title')} aside={n}>
            <ScoreChart judged={judged} shape="pr" />
          </Panel>
          <Panel title={t('results.curve.gains.title')} aside={n}>
            <ScoreChart judged={judged} shape="gains" />
          </Panel>
          <Panel title={t('results.curve.lift.title')} aside={n}>
            <ScoreChart judged={judged} shape="lift" />
          </Panel>
        </Panels>
      );
    case 'residuals':
      return (
        <Panels>
          <Panel title={t('results.regression.residuals')} aside={n}>
            <ResidualChart judged={judged} />
          </Panel>
          <Panel title={t('results.regression.histogram')} aside={n}>
            <ResidualHistogram judged={judged} />
          </Panel>
        </Panels>
      );
    default:
      return (
        <Panels>
          <MetricsPanel judged={judged} />
          {results.task === 'classify' ? (
            <>
              <Panel
                title={t('results.confusion.title')}
                aside={judged.binary ? t('results.nAt', { n: judged.n, value: format.number(judged.threshold) }) : n}
                width={Math.min(460, 124 + judged.classes.length * 76)}
              >
                <ConfusionView judged={judged} />
              </Panel>
              {judged.model.probabilities ? (
                <Panel
                  title={t('results.curve.roc.title')}
                  aside={t('results.positiveIs', { label: judged.classes[judged.positive] })}
                  width={280}
                >
                  <ScoreChart judged={judged} shape="roc" />
                  {judged.binary ? <ThresholdSlider judged={judged} /> : null}
                </Panel>
              ) : null}
            </>
          ) : (
            <>
              <Panel title={t('results.regression.title')} aside={n} width={300}>
                <PredictedChart judged={judged} />
              </Panel>
              <Panel title={t('results.regression.histogram')} aside={n} width={280}>
                <ResidualHistogram judged={judged} />
              </Panel>
            </>
          )}
          <JudgedRows judged={judged} />
        </Panels>
      );
  }
}
