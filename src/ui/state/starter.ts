/** The starter pipelines: from a table to a judged model, registered and exported, laid out downhill; one edit. Pure. */
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { ParamValues } from '../../kind/params.ts';
import { keptWords } from '../i18n/words-text.ts';
import { freeId, newNode, shortName } from './edits.ts';
import { kindOf } from './kinds.ts';
import { PITCH_X, PITCH_Y, portX } from './node-geometry.ts';

interface Part {
  kind: string;
  /** Pixels right of the source and rows below it: ports stand over ports, so that wires are straight. */
  at: [x: number, row: number];
  params?: ParamValues;
}

/** Name as a model may be called: lower case, words with hyphens. */
export const modelName = (text: string): string =>
  text
    .replace(/\.[^.]+$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'model';

export interface StarterTarget {
  column: string;
  /** Known for categories and for the guessed column; whole numbers may be either. */
  task?: 'classify' | 'regress';
}

/** How long the race of a starter takes: long enough for some dozens of trials on a small table, short enough to wait for. */
export const STARTER_SECONDS = 20;

interface Plan {
  parts: Record<string, Part>;
  /** From a part’s output to another’s input. */
  links: readonly (readonly [from: string, output: string, to: string, input: string])[];
}

/** X at which a port of one kind stands below a port of another that is at `x`. */
const under = (x: number, from: string, output: string, to: string, input: string) =>
  x + portX(kindOf(from), 'out', output) - portX(kindOf(to), 'in', input);

/** Split → Gradient boosting, or AutoML → Evaluate, Register model and Export ONNX; `aim` where the source does not hold the target. */
function training(name: string, learner: string, settings: ParamValues, aim: string | undefined): Plan {
  const left = under(0, 'prepare.split', 'train', learner, 'table');
  const down = under(left, learner, 'model', 'evaluate.evaluate', 'model');
  return {
    parts: {
      split: { kind: 'prepare.split', at: [0, 1], params: aim === undefined ? {} : { stratify: aim } },
      learner: { kind: learner, at: [left, 2], params: { ...settings, ...(aim === undefined ? {} : { target: aim }) } },
      evaluate: { kind: 'evaluate.evaluate', at: [down, 3] },
      onnx: { kind: 'deliver.export-onnx', at: [down + PITCH_X, 3], params: { name: modelName(name) } },
      register: { kind: 'deliver.register-model', at: [down, 4], params: { name: modelName(name) } },
    },
    links: [
      ['source', 'table', 'split', 'table'],
      ['split', 'train', 'learner', 'table'],
      ['learner', 'model', 'evaluate', 'model'],
      ['split', 'test', 'evaluate', 'table'],
      ['learner', 'model', 'register', 'model'],
      ['split', 'test', 'register', 'table'],
      ['evaluate', 'results', 'register', 'results'],
      ['learner', 'model', 'onnx', 'model'],
      ['split', 'test', 'onnx', 'table'],
    ],
  };
}

/** AutoML forecasting → Forecast, Register model and Export ONNX; rolling origins judge it without a split. */
function forecasting(name: string, aim: string | undefined, time: string | undefined): Plan {
  const learner = 'automl.forecast';
  const down = under(0, learner, 'model', 'series.forecast', 'model');
  const params = { seconds: STARTER_SECONDS, ...(aim === undefined ? {} : { target: aim }), ...(time === undefined ? {} : { time }) };
  return {
    parts: {
      learner: { kind: learner, at: [0, 1], params },
      forecast: { kind: 'series.forecast', at: [down, 2] },
      register: { kind: 'deliver.register-model', at: [down + PITCH_X, 2], params: { name: modelName(name) } },
      onnx: { kind: 'deliver.export-onnx', at: [down + 2 * PITCH_X, 2], params: { name: modelName(name) } },
    },
    links: [
      ['source', 'table', 'learner', 'table'],
      ['learner', 'model', 'forecast', 'model'],
      ['learner', 'model', 'register', 'model'],
      ['learner', 'results', 'register', 'results'],
      ['learner', 'model', 'onnx', 'model'],
    ],
  };
}

export type StarterAim = 'train' | 'race' | 'forecast';

/** Adds a pipeline below `source`, which gets `target` as its own: one model, a race of many, or one of forecasts, by `time` where it must be said. */
export function starter(
  document: PipelineDocument,
  source: string,
  target: StarterTarget | undefined,
  name: string,
  aim: StarterAim = 'train',
  time?: string,
): { edit: Edit; ids: Record<string, string> } {
  const origin = document.nodes[source].position;
  // Marked where the data comes in, the target is left alone by all preparation; Split and the learner find it there.
  const marked = target !== undefined && 'target' in (kindOf(document.nodes[source].kind)?.params ?? {});
  const named = marked ? undefined : target?.column;
  // A hundred rounds learn small tables by heart, and class probabilities suffer most: over 47 tables accuracy rose by 2.5 points.
  const careful: ParamValues = target?.task === 'classify' ? { early_stopping: true } : {};
  const { parts, links } =
    aim === 'forecast'
      ? forecasting(name, named, time)
      : aim === 'race'
        ? training(name, 'automl.tables', { seconds: STARTER_SECONDS }, named)
        : training(name, 'learn.boosting', careful, named);
  const changes: Change[] = marked ? [{ type: 'param', node: source, param: 'target', value: target.column }] : [];
  const ids: Record<string, string> = { source };
  for (const [role, part] of Object.entries(parts)) {
    const kind = kindOf(part.kind);
    if (!kind) continue;
    const id = freeId((wanted) => wanted in document.nodes || Object.values(ids).includes(wanted), shortName(part.kind));
    ids[role] = id;
    const value = newNode(id, kind, { x: origin.x + part.at[0], y: origin.y + part.at[1] * PITCH_Y }, part.params ?? {});
    changes.push({ type: 'node', id, value });
  }
  const wireIds = Object.keys(document.wires);
  for (const [from, output, to, input] of links) {
    const [a, b] = [ids[from], ids[to]];
    const taker = b && kindOf(parts[to].kind)?.inputs.some((port) => port.id === input);
    if (!a || !b || !taker) continue;
    const id = nextId('w', wireIds);
    wireIds.push(id);
    const wire: Wire = { id, from: { node: a, port: output }, to: { node: b, port: input } };
    changes.push({ type: 'wire', id, value: wire });
  }
  return { edit: { label: keptWords('designer.edit.starter'), changes }, ids };
}
