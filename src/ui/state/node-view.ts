/** What a node's face shows, derived from document, report and run state; pure. Views are kept by reference while equal. */
import type { Problem } from '../../base/problem.ts';
import type { DocumentNode, PipelineDocument } from '../../engine/document.ts';
import type { Badge, PlannedStep, Report } from '../../engine/plan-types.ts';
import { resultLine } from '../../engine/result-line.ts';
import type { Kind } from '../../kind/kind.ts';
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
  if (planned?.state === 'reused') return 'reused';
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
    case 'stale':
      return { line: reason || calm, why: reason };
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

export function viewOf(
  document: PipelineDocument,
  node: DocumentNode,
  report: Report,
  planned: PlannedStep | undefined,
  runs: RunState,
  warnings: readonly Problem[],
  now: number,
): NodeView {
  const kind = kindOf(node.kind);
  const errors = report.problems.filter((p) => p.severity === 'error' && p.at.node === node.id);
  const blamed =
    kind === undefined ? translate('designer.node.unknown-kind') : errors.length > 0 ? problemText(errors[0]).message : undefined;
  const step = runs.steps[node.id];
  const run = step?.by && document.nodes[step.by] ? { ...step, by: nodeTitle(document.nodes[step.by]) } : step;
  const open = kind?.inputs.find(
    (port) => port.required && !Object.values(document.wires).some((w) => w.to.node === node.id && w.to.port === port.id),
  );
  const wish = open && translate('designer.node.connect', { type: translate(`designer.port-type.${open.type}`) });
  const active = runs.run?.status === 'running' ? runs.run : undefined;
  const waiting = active?.steps.includes(node.id) === true && step?.run !== active.id && planned?.state !== 'reused';
  const facts: Facts = { node, kind, planned, run, wish, running: active !== undefined, waiting, problem: blamed };
  const state = stateOf(facts);
  const badge: Badge | undefined =
    report.badges.find((b) => b.node === node.id && b.type === 'leak') ?? report.badges.find((b) => b.node === node.id);
  const noResult = state === 'failed' || state === 'blocked' || state === 'cancelled';
  const said = lineOf(state, facts);
  return {
    title: nodeTitle(node),
    ...said,
    explain: explainState(state, said.why || said.line, planned, run),
    left: state === 'running' && run ? leftText(run, planned, now) : '',
    result:
      wordsText(resultLine(run?.outputs)) ||
      (noResult ? translate('designer.node.no-result') : state === 'idle' ? translate('designer.node.not-run') : shapeOf(report, node)),
    state,
    fraction: state === 'running' ? run?.fraction : undefined,
    curve: state === 'running' ? run?.curve : undefined,
    badge: badge?.type,
    badgeText: wordsText(badge?.message ?? ''),
    warnings: warnings.length,
    warning: warnings.length > 0 ? problemText(warnings[0]).message : '',
  };
}

/** "1,309 × 6" from the schema, where no result line is known. */
function shapeOf(report: Report, node: DocumentNode): string {
  const first = Object.values(report.outputs[node.id] ?? {})[0];
  if (first?.type !== 'table' || first.schema.rowCount === undefined) return '';
  return `${formatFor(language()).count(first.schema.rowCount)} × ${first.schema.columns.length}`;
}

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
  const leaks = new Set(report.badges.map((badge) => badge.problem));
  const warnings: Record<string, Problem[]> = {};
  for (const found of listedProblems(report, runs))
    if (found.severity === 'warning' && found.at.node !== undefined && !leaks.has(found)) (warnings[found.at.node] ??= []).push(found);
  let changed = Object.keys(before).length !== Object.keys(document.nodes).length;
  for (const node of Object.values(document.nodes)) {
    const view = viewOf(document, node, report, steps.get(node.id), runs, warnings[node.id] ?? [], now);
    const old = before[node.id];
    next[node.id] = old && equal(old, view) ? old : view;
    if (next[node.id] !== old) changed = true;
  }
  return changed ? next : before;
}
