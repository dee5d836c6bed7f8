/** The views of evaluated models: each tab is one arrangement of panels over the same choice of model, class and threshold. */
import type { Results } from '../../recipe/results.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { BarsList, bySize } from './bars-list.tsx';
import { CalibrationView } from './calibration-view.tsx';
import { Compare } from './compare.tsx';
import { ConfusionView } from './confusion-view.tsx';
import { Folds } from './folds.tsx';
import { GuardsView } from './guards-view.tsx';
import { useJudged } from './judged.ts';
import { JudgedRows } from './judged-rows.tsx';
import { useMetricName } from './metric-name.tsx';
import { MetricsPanel, PositiveClass } from './metrics-panel.tsx';
import { Panel, Panels } from './panel.tsx';
import { RaceView } from './race-view.tsx';
import { PredictedChart, ResidualChart, ResidualHistogram } from './regression-view.tsx';
import style from './results.module.css';
import { ScoreChart } from './score-charts.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';
import { ThresholdView } from './threshold-view.tsx';
import type { ViewId } from './views.ts';

interface Props {
  results: Results;
  view: ViewId;
  nodeId: string;
  onView: (view: ViewId) => void;
}

export function ResultsViews({ results, view, nodeId, onView }: Props) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const judged = useJudged(results);
  const n = t('results.n', { n: judged.n });
  const brushed = t('inspect.rows.drag', { n: judged.n });
  const pressed = t('inspect.rows.press', { n: judged.n });
  switch (view) {
    case 'race':
      return results.race ? (
        <RaceView
          race={results.race}
          models={results.models}
          nodeId={nodeId}
          onModel={(place) => {
            judged.setModel(place);
            onView(results.task === 'forecast' ? 'models' : 'overview');
          }}
        />
      ) : null;
    case 'guards':
      return results.race?.guards ? <GuardsView guards={results.race.guards} nodeId={nodeId} /> : null;
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
            .filter((model) => model.shuffled && model.shuffled.length > 0)
            .map((model) => (
              <Panel key="shuffled" title={wordsText(model.name)} aside={t('inspect.importance.shuffled-aside')}>
                <BarsList items={model.shuffled ?? []} />
                <p className={style.caption}>{t('inspect.importance.shuffled', { metric: metricName(results.primary) })}</p>
              </Panel>
            ))}
          {results.models
            .filter((model) => model.importances && model.importances.length > 0)
            .map((model, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two models may have one name; the place tells them apart
              <Panel key={i} title={wordsText(model.name)} aside={t('inspect.importance.aside')}>
                <BarsList items={bySize(model.importances ?? [])} />
                <p className={style.caption}>{t('inspect.importance.meaning')}</p>
              </Panel>
            ))}
        </Panels>
      );
    case 'curves':
      return (
        <Panels tiles={400}>
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
          <Panel title={t('results.regression.residuals')} aside={brushed}>
            <ResidualChart judged={judged} />
          </Panel>
          <Panel title={t('results.regression.histogram')} aside={pressed} width={340}>
            <ResidualHistogram judged={judged} />
          </Panel>
          <JudgedRows judged={judged} nodeId={nodeId} />
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
                width={Math.min(460, 124 + judged.classes.length * (judged.classes.length > 3 ? 62 : 76))}
              >
                <ConfusionView judged={judged} picks />
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
              <Panel title={t('results.regression.title')} aside={brushed} width={320}>
                <PredictedChart judged={judged} />
              </Panel>
              <Panel title={t('results.regression.histogram')} aside={pressed} width={280}>
                <ResidualHistogram judged={judged} />
              </Panel>
            </>
          )}
          <JudgedRows judged={judged} nodeId={nodeId} />
        </Panels>
      );
  }
}
