/** Proves the model's ONNX file, gathers its metrics and hands all of it to the registry. */
import { problem, problemWords } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import type { Frame } from '../../recipe/frame.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { rowsToScore } from '../../recipe/score.ts';
import type { AnyModel } from '../../recipe/series-model.ts';
import { proveSeries } from '../../series/prove.ts';
import { lookupsFor } from '../lookup.ts';
import { namedLine, registryRow, versionLine } from '../registry-row.ts';
import { learnerOf } from '../shared-learner.ts';
import { tagsOf } from '../tags-param.ts';
import { metricsFor } from './metrics.ts';

export async function run({ params, inputs, services, log, progress }: RunContext): Promise<Outputs> {
  const model = inputs.model as AnyModel;
  const frame = inputs.table as Frame | undefined;
  const lookups = lookupsFor(services);
  const { metrics, primary, notes } =
    model.shape === 'series'
      ? { metrics: model.about.metrics, primary: 'mase', notes: [] }
      : await metricsFor(model, frame, inputs.results as Results | undefined, lookups);
  for (const note of notes)
    log(
      note,
      problem({
        code: 'register-model.metrics',
        severity: 'note',
        message: note,
        hint: 'Wire the test rows of a Split, or the results of Evaluate.',
      }),
    );
  progress({ fraction: 0.3, text: phrase('progress.proving', 'Proving the ONNX file') });
  const proof =
    model.shape === 'series'
      ? await proveSeries(model, { ...(await learnerOf(model)), metadata: { metrics } })
      : await prove(model, frame && rowsToScore(model, frame).rows, lookups, { metadata: { metrics } });
  if (proof.problem) log(problemWords(proof.problem), { ...proof.problem, severity: 'warning' });
  progress({ fraction: 0.9, text: phrase('progress.storing', 'Storing') });
  const saved = await services.saveModel(nameOf(params.name, model), model, {
    description: String(params.description),
    tags: tagsOf(params),
    metrics,
    ...(proof.problem ? { noOnnx: proof.problem } : { onnx: proof.bytes, certificate: proof.certificate }),
  });
  const parts = {
    version: versionLine(saved),
    proof: proof.problem ? phrase('result.no-onnx', 'no ONNX file') : phrase('result.proved', 'proved'),
  };
  const metric = primary && Number.isFinite(metrics[primary]) ? metricWords(primary, metrics[primary]) : undefined;
  const whole = metric
    ? phrase('result.registered-metric', '{version} · {proof} · {metric}', { ...parts, metric })
    : phrase('result.registered', '{version} · {proof}', parts);
  log(namedLine(saved.name, whole));
  // The node has room for two facts: a proof is what one expects, so that its absence is what must be said.
  const headline =
    metric && !proof.problem ? phrase('result.version-metric', 'v{version} · {metric}', { version: String(saved.version), metric }) : whole;
  const row = { type: 'model' as const, name: saved.name, version: saved.version, headline, digest: saved.digest, metrics };
  return { artefact: registryRow(row, proof.problem ? { noOnnx: proof.problem } : { certificate: proof.certificate }) };
}

/** Registry names may not hold a few signs that a column's name may. */
function nameOf(given: unknown, model: AnyModel): string {
  const typed = String(given).trim();
  if (typed !== '') return typed;
  return (
    (model.target ?? '')
      .replace(/[/\\:@]/g, ' ')
      .trim()
      .slice(0, 80) || 'model'
  );
}
