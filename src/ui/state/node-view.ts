/** What a node's face shows, derived from document, report and run state; pure. Views are kept by reference while equal. */
import type { Problem } from '../../base/problem.ts';
import type { DocumentNode, PipelineDocument } from '../../engine/document.ts';
import type { Badge, PlannedStep, Report } from '../../engine/plan-types.ts';
import { resultLine } from '../../engine/result-line.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Port } from '../../kind/ports.ts';
import { formatFor } from '../i18n/format.ts';
import { kindText } from '../i18n/kind-text.ts';
import { language, translate } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import type { NodeState } from '../kit/state-badge.tsx';
import { listedProblems } from '../problems/listed-problems.ts';
import { nodeTitle } from './edits.ts';
import { explainState } from './explain.ts';
import { kindOf, valuesOf } from './kinds.ts';
import type { RunState, StepRun } from './run-store.ts';
import { timeLeft } from './time-left.ts';

export interface NodeView {
  title: string;
  line: string;
  /** While running, after three seconds: "7 s left". */
  left: string;
  result: string;
  state: NodeState;
  /** Why it is in this state, for hover and screen readers. */
  why: string;
  /** The same as a sentence. */
  explain: string;
  fraction: number | undefined;
  curve: readonly number[] | undefined;
  badge: 'refit' | 'leak' | undefined;
  badgeText: string;
  /** Warnings at this node, of the check and of its last run, other than the leak on the badge. */
  warnings: number;
  /** The first of them, as a sentence. */
  warning: string;
}

interface Facts {
  node: DocumentNode;
  kind: Kind | undefined;
  planned: PlannedStep | undefined;
  run: StepRun | undefined;
  running: boolean;
  /** In the plan of the run under way, and not begun. */
  waiting: boolean;
  problem: string | undefined;
  /** What a node that needs input asks for, in a few words. */
  wish: string | undefined;
}

/** After an undo a stored result fits again, and the one that is shown is of the settings in between. */
const showsAnother = ({ outputs = {} }: PlannedStep, run: StepRun | undefined): boolean =>
  Object.entries(run?.outputs ?? {}).some(([port, { digest }]) => port in outputs && outputs[port] !== digest);

/** The state of a node; the outcome of a run counts only while the node's intent is the one it ran with. */
export function stateOf({ node, planned, run, running, waiting, problem }: Facts): NodeState {
  if (node.disabled) return 'disabled';
  if (planned?.pinned) return 'pinned';
  if (running && run && (run.state === 'queued' || run.state === 'running')) return run.state;
  if (waiting) return 'queued';
  if (planned?.state === 'needs-input') return 'needs-input';
  if (problem !== undefined) return 'failed';
  const current = run !== undefined && planned !== undefined && run.intent === planned.intent;
  if (current && run.state === 'failed') return 'failed';
  if (planned?.state === 'blocked') return 'blocked';
  if (current && (run.state === 'blocked' || run.state === 'cancelled') && planned.state !== 'reused') return run.state;
  if (current && (run.state === 'fresh' || run.state === 'reused') && (planned.intent !== null || planned.state === 'reused'))
    return run.state;
  if (planned?.state === 'reused') return showsAnother(planned, run) ? 'stale' : 'reused';
  return run?.outputs ? 'stale' : 'idle';
}

function lineOf(state: NodeState, facts: Facts): { line: string; why: string } {
  const { node, kind, planned, run } = facts;
  const plain = node.title && kind ? kindText(kind, 'title') : wordsText(kind?.brief?.(valuesOf(node, kind)) ?? '');
  const calm = plain || (kind ? translate(`designer.group.${kind.group}`) : node.kind);
  const reason = wordsText(planned?.reason ?? '');
  const ran = run?.reason === undefined ? undefined : wordsText(run.reason);
  switch (state) {
    case 'failed': {
      const text = facts.problem ?? (run?.problem ? problemText(run.problem).message : reason);
      return { line: text, why: text };
    }
    case 'stale': {
      const text = planned?.state === 'reused' ? translate('designer.node.kept') : reason;
      return { line: text || calm, why: text };
    }
    case 'needs-input':
      return { line: facts.wish ?? (reason || calm), why: reason };
    case 'blocked': {
      const text = run?.by && planned?.state !== 'blocked' ? translate('designer.node.waits', { title: run.by }) : reason;
      return { line: text, why: text };
    }
    case 'running':
      return { line: run?.text ? wordsText(run.text) : calm, why: ran ?? '' };
    case 'queued':
      return { line: run?.place ? translate('designer.node.in-line', { place: run.place }) : calm, why: ran ?? '' };
    case 'disabled':
      return { line: translate('designer.node.off'), why: '' };
    case 'pinned':
      return { line: reason, why: reason };
    default:
      return { line: calm, why: ran ?? reason };
  }
}

/** "7 s left"; once it is longer at it than any figure says, "12 s so far". */
function leftText(run: StepRun, planned: PlannedStep | undefined, now: number): string {
  const time = timeLeft(run, planned?.estimateMs, now);
  if (!time) return '';
  const whole = (ms: number) => formatFor(language()).duration(Math.max(1, Math.ceil(ms / 1000)) * 1000);
  return 'left' in time ? translate('canvas.left', { time: whole(time.left) }) : translate('canvas.so-far', { time: whole(time.spent) });
}

/** What report and wires say of one node. */
interface Said {
  errors: readonly Problem[];
  warnings: readonly Problem[];
  badge: Badge | undefined;
  /** The first input that must be wired and is not. */
  open: Port | undefined;
  /** Rows and columns of its first output, from the schema. */
  shape: readonly [number, number] | undefined;
}

function viewOf(
  { node, planned, run, running, waiting }: Pick<Facts, 'node' | 'planned' | 'run' | 'running' | 'waiting'>,
  { errors, warnings, badge, open, shape }: Said,
  now: number,
): NodeView {
  const kind = kindOf(node.kind);
  const blamed =
    kind === undefined ? translate('designer.node.unknown-kind') : errors.length > 0 ? problemText(errors[0]).message : undefined;
  const wish = open && translate('designer.node.connect', { type: translate(`designer.port-type.${open.type}`) });
  const facts: Facts = { node, kind, planned, run, wish, running, waiting, problem: blamed };
  const state = stateOf(facts);
  const noResult = state === 'failed' || state === 'blocked' || state === 'cancelled';
  const said = lineOf(state, facts);
  return {
    title: nodeTitle(node),
    ...said,
    explain: explainState(state, said.why || said.line, planned, run),
    left: state === 'running' && run ? leftText(run, planned, now) : '',
    result:
      wordsText(resultLine(run?.outputs)) ||
      (noResult ? translate('designer.node.no-result') : state === 'idle' ? translate('designer.node.not-run') : shapeText(shape)),
    state,
    fraction: state === 'running' ? run?.fraction : undefined,
    curve: state === 'running' ? run?.curve : undefined,
    badge: badge?.type,
    badgeText: wordsText(badge?.message ?? ''),
    warnings: warnings.length,
    warning: warnings.length > 0 ? problemText(warnings[0]).message : '',
  };
}

/** "1,309 × 6", where no result line is known. */
const shapeText = (shape: Said['shape']): string => (shape ? `${formatFor(language()).count(shape[0])} × ${shape[1]}` : '');

function shapeOf(report: Report, node: string): Said['shape'] {
  const first = Object.values(report.outputs[node] ?? {})[0];
  return first?.type === 'table' && first.schema.rowCount !== undefined ? [first.schema.rowCount, first.schema.columns.length] : undefined;
}

/** By node, in one pass over document, report and runs. */
function sayings(document: PipelineDocument, report: Report, runs: RunState): (node: DocumentNode) => Said {
  const fed = new Set(Object.values(document.wires).map(({ to }) => `${to.node} ${to.port}`));
  const leaks = new Set(report.badges.map((badge) => badge.problem));
  const byNode = (problems: readonly Problem[], severity: Problem['severity']) => {
    const groups: Record<string, Problem[]> = {};
    for (const found of problems)
      if (found.severity === severity && found.at.node !== undefined && !leaks.has(found)) (groups[found.at.node] ??= []).push(found);
    return groups;
  };
  const errors = byNode(report.problems, 'error');
  const warnings = byNode(listedProblems(report, runs), 'warning');
  const badges = new Map<string, Badge>();
  // A leak before all else, the first one of several.
  for (const badge of report.badges) {
    const held = badges.get(badge.node);
    if (!held || (badge.type === 'leak' && held.type !== 'leak')) badges.set(badge.node, badge);
  }
  return ({ id, kind }) => ({
    errors: errors[id] ?? [],
    warnings: warnings[id] ?? [],
    badge: badges.get(id),
    open: kindOf(kind)?.inputs.find((port) => port.required && !fed.has(`${id} ${port.id}`)),
    shape: shapeOf(report, id),
  });
}

/** What each view was made of. Texts cost: of three hundred nodes only those are put in words anew that have something else to say. */
const madeOf = new WeakMap<NodeView, readonly unknown[]>();

const equal = (a: NodeView, b: NodeView) => (Object.keys(a) as (keyof NodeView)[]).every((key) => a[key] === b[key]);

/** Views of all nodes; a view that did not change keeps its reference, so that only touched nodes render. */
export function viewsOf(
  document: PipelineDocument,
  report: Report,
  steps: ReadonlyMap<string, PlannedStep>,
  runs: RunState,
  before: Record<string, NodeView>,
  now: number,
): Record<string, NodeView> {
  const next: Record<string, NodeView> = {};
  const said = sayings(document, report, runs);
  const active = runs.run?.status === 'running' ? runs.run : undefined;
  const inPlan = new Set(active?.steps);
  let changed = Object.keys(before).length !== Object.keys(document.nodes).length;
  for (const node of Object.values(document.nodes)) {
    const old = before[node.id];
    const planned = steps.get(node.id);
    const step = runs.steps[node.id];
    const by = step?.by && document.nodes[step.by] ? nodeTitle(document.nodes[step.by]) : step?.by;
    const running = active !== undefined;
    const waiting = inPlan.has(node.id) && step?.run !== active?.id && planned?.state !== 'reused';
    const here = said(node);
    const told = JSON.stringify([planned, here.errors[0], here.warnings[0], here.warnings.length, here.badge, here.open?.id, here.shape]);
    const parts = [node, step, by, running, waiting, told, language(), running && step?.state === 'running' ? now : 0];
    const kept = old && madeOf.get(old);
    if (kept && parts.every((part, i) => part === kept[i])) {
      next[node.id] = old;
      continue;
    }
    const view = viewOf({ node, planned, run: step && { ...step, by }, running, waiting }, here, now);
    next[node.id] = old && equal(old, view) ? old : view;
    madeOf.set(next[node.id], parts);
    if (next[node.id] !== old) changed = true;
  }
  return changed ? next : before;
}
