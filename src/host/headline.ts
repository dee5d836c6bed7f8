/** The result line of a value on the node's face, and the facts that the page may know of it without asking. */
import { formatBytes } from '../base/bytes.ts';
import { isPhrase, phrase, tableSize } from '../base/words.ts';
import type { ValueInfo } from '../events/event.ts';
import { metricInfo, metricWords } from '../metrics/metric-info.ts';
import type { Frame } from '../recipe/frame.ts';
import { type LearnerSpec, learnerName } from '../recipe/model.ts';
import type { Artefact, Results } from '../recipe/results.ts';
import type { AnyModel } from '../recipe/series-model.ts';

type Facts = Pick<ValueInfo, 'headline' | 'rows' | 'columns' | 'metrics'>;

/** "AUC 0.884", with "± 0.012" over folds; that of the node's model, or of the best of several. */
function resultsHeadline({ models, primary, chosen, fan, decomposition }: Results): Facts {
  if (models.length === 0 && fan) return { headline: seriesAhead(fan.total, fan.series[0]?.mean.length ?? 0) };
  if (models.length === 0 && decomposition) return { headline: phrase('series.count', '{count} series', { count: decomposition.total }) };
  const sign = metricInfo(primary).higherIsBetter ? 1 : -1;
  const best = chosen === undefined ? models.toSorted((a, b) => sign * (b.metrics[primary] - a.metrics[primary]))[0] : models[chosen];
  if (!best) return { headline: '' };
  const spread = best.sd?.[primary];
  return { headline: metricWords(primary, best.metrics[primary], spread), metrics: best.metrics };
}

const seriesAhead = (series: number, steps: number) => phrase('result.series-ahead', '{series} series · {steps} ahead', { series, steps });

export function headlineOf(type: string, value: unknown): Facts {
  switch (type) {
    case 'table': {
      const { table } = value as Frame;
      return { headline: tableSize(table.rowCount, table.columns.length), rows: table.rowCount, columns: table.columns.length };
    }
    case 'model': {
      const model = value as AnyModel;
      if (model.shape === 'series') return { headline: seriesAhead(model.series.length, model.horizon) };
      const { inputs } = model;
      return { headline: phrase('result.features', '{count} {feature|features}', { count: inputs.length }) };
    }
    case 'results':
      return resultsHeadline(value as Results);
    case 'artefact': {
      const { about, bytes, name } = value as Artefact;
      return { headline: isPhrase(about.headline) ? about.headline : `${name} · ${formatBytes(bytes.length)}` };
    }
    case 'learner':
      return { headline: learnerName(value as LearnerSpec) };
    default:
      return { headline: '' };
  }
}
