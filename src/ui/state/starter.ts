/** The starter pipeline: from a table to a judged model, registered and exported, laid out downhill; one edit. Pure. */
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

/** Adds Split → Gradient boosting, or AutoML → Evaluate, Register model and Export ONNX below `source`, which gets `target` as its own. */
export function starter(
  document: PipelineDocument,
  source: string,
  target: StarterTarget | undefined,
  name: string,
  race = false,
): { edit: Edit; ids: Record<string, string> } {
  const origin = document.nodes[source].position;
  // A hundred rounds learn small tables by heart, and class probabilities suffer most: over 47 tables accuracy rose by 2.5 points.
  const careful: ParamValues = target?.task === 'classify' ? { early_stopping: true } : {};
  // Marked where the data comes in, the target is left alone by all preparation; Split and the learner find it there.
  const marked = target !== undefined && 'target' in (kindOf(document.nodes[source].kind)?.params ?? {});
  const aim: ParamValues = target && !marked ? { target: target.column } : {};
  const mix: ParamValues = target && !marked ? { stratify: target.column } : {};
  const learner = race ? 'automl.tables' : 'learn.boosting';
  const under = (x: number, from: string, output: string, to: string, input: string) =>
    x + portX(kindOf(from), 'out', output) - portX(kindOf(to), 'in', input);
  const left = under(0, 'prepare.split', 'train', learner, 'table');
  const down = under(left, learner, 'model', 'evaluate.evaluate', 'model');
  const parts: Record<string, Part> = {
    split: { kind: 'prepare.split', at: [0, 1], params: mix },
    learner: { kind: learner, at: [left, 2], params: { ...aim, ...(race ? { seconds: STARTER_SECONDS } : careful) } },
    evaluate: { kind: 'evaluate.evaluate', at: [down, 3] },
    onnx: { kind: 'deliver.export-onnx', at: [down + PITCH_X, 3], params: { name: modelName(name) } },
    register: { kind: 'deliver.register-model', at: [down, 4], params: { name: modelName(name) } },
  };
  const changes: Change[] = marked ? [{ type: 'param', node: source, param: 'target', value: target.column }] : [];
  const ids: Record<string, string> = { source };
  for (const [role, part] of Object.entries(parts)) {
    const kind = kindOf(part.kind);
    if (!kind) continue;
    const id = freeId((wanted) => wanted in document.nodes || Object.values(ids).includes(wanted), shortName(part.kind));
    ids[role] = id;
    const params = Object.fromEntries(Object.entries(part.params ?? {}).filter(([key]) => key in kind.params));
    const value = newNode(id, kind, { x: origin.x + part.at[0], y: origin.y + part.at[1] * PITCH_Y }, params);
    changes.push({ type: 'node', id, value });
  }
  const wireIds = Object.keys(document.wires);
  const link = (from: string, output: string, to: string, input: string) => {
    const [a, b] = [ids[from], ids[to]];
    const taker = b && kindOf(parts[to].kind)?.inputs.some((port) => port.id === input);
    if (!a || !b || !taker) return;
    const id = nextId('w', wireIds);
    wireIds.push(id);
    const wire: Wire = { id, from: { node: a, port: output }, to: { node: b, port: input } };
    changes.push({ type: 'wire', id, value: wire });
  };
  link('source', 'table', 'split', 'table');
  link('split', 'train', 'learner', 'table');
  link('learner', 'model', 'evaluate', 'model');
  link('split', 'test', 'evaluate', 'table');
  link('learner', 'model', 'register', 'model');
  link('split', 'test', 'register', 'table');
  link('evaluate', 'results', 'register', 'results');
  link('learner', 'model', 'onnx', 'model');
  link('split', 'test', 'onnx', 'table');
  return { edit: { label: keptWords('designer.edit.starter'), changes }, ids };
}
