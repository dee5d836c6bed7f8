/** The plan: for each node of a request, whether it is reused, runs or waits, and why, before anything runs. Pure. */
import type { Digest } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { problemWords } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { Checked } from './check.ts';
import type { PipelineDocument } from './document.ts';
import { allSettings, intentKeys, keyOf, rereads, type Settings } from './keys.ts';
import type { LastRun, Memory, Outcome } from './memory.ts';
import { type Kinds, nodeWords } from './naming.ts';
import { frozenKey, frozenReason, frozenRuns, withoutFrozen } from './pinned.ts';
import type { PlannedStep, RunRequest } from './plan-types.ts';
import { changeOf } from './reason.ts';
import { scopeOf } from './scope.ts';

export interface PlanContext {
  kinds: Kinds;
  known: (node: string) => Json | undefined;
  memory: Pick<Memory, 'byIntent' | 'byContent' | 'last'>;
  /** Whether the value store still has it. */
  has: (digest: Digest) => boolean;
  /** Whether what a result registered is still in the registry. */
  stands: (outcome: Outcome) => boolean;
  gpu: boolean;
}
/** A planned step with what the run needs of it. */
export interface Step extends PlannedStep {
  settings?: Settings;
  /** Its result, when reused. */
  outcome?: Outcome;
  /** Ignore stored results. */
  forced: boolean;
  /** The node that it waits for, when blocked. */
  blockedBy?: string;
}

export const REUSED = phrase('plan.reused', 'reused');
export const INPUT_CHANGED = phrase('plan.input-changed', 'input changed');
const IF_INPUT_CHANGES = phrase('plan.if-input-changes', 'if its input changes');
export const waitsFor = (title: Words) => phrase('plan.waits', 'waits for {title}', { title });

export const isWhole = (outcome: Outcome | undefined, { has, stands }: Pick<PlanContext, 'has' | 'stands'>): outcome is Outcome =>
  outcome !== undefined && Object.values(outcome.outputs).every((info) => has(info.digest)) && stands(outcome);

export function planSteps(document: PipelineDocument, checked: Checked, context: PlanContext, request: RunRequest): Step[] {
  const { graph, problems } = checked;
  const { kinds, memory } = context;
  const frozen = frozenRuns(document, memory, (outcome) => isWhole(outcome, context));
  const scope = scopeOf(document, { ...graph, parents: withoutFrozen(graph.parents, frozen) }, kinds, request);
  const broken = new Set(problems.flatMap((found) => (found.severity === 'error' && found.at.node ? [found.at.node] : [])));
  const { settings, uncacheable } = allSettings(document, graph.order, context);
  const fixed = new Map(Array.from(frozen, ([id, last]) => [id, frozenKey(last)]));
  const intents = intentKeys(graph.order, settings, uncacheable, graph.into, fixed);
  const steps = new Map<string, Step>();

  const plan = (id: string): Step => {
    const node = document.nodes[id];
    const intent = intents.get(id) ?? null;
    const last = memory.last(document.id, id);
    const base = {
      node: id,
      intent,
      settings: settings.get(id),
      forced: scope.forced.has(id),
      ...(last ? { estimateMs: last.outcome.ms } : {}),
    };
    if (node.disabled) return { ...base, state: 'disabled', reason: phrase('plan.disabled', 'disabled') };
    const kept = frozen.get(id);
    if (kept && base.settings) return { ...base, ...keep(id, kept, base.settings) };
    if (broken.has(id) || !base.settings) return { ...base, state: 'needs-input', reason: problemOf(id) };
    const parents = [...graph.parents.get(id)!].map((parent) => steps.get(parent)!);
    const stuck = parents.find((parent) => ['disabled', 'needs-input', 'blocked'].includes(parent.state));
    if (stuck) return { ...base, state: 'blocked', reason: waitsFor(nodeWords(document, kinds, stuck.node)), blockedBy: stuck.node };
    const stored = intent !== null && !base.forced ? memory.byIntent(intent) : undefined;
    if (isWhole(stored, context)) {
      if (rereads(node, kinds.get(node.kind)!))
        return { ...base, state: 'will-run', reason: phrase('plan.rereads', 'reads its file again'), outputs: digests(stored) };
      return { ...base, state: 'reused', reason: REUSED, outcome: stored, outputs: digests(stored) };
    }
    if (scope.withheld.has(id))
      return {
        ...base,
        state: 'blocked',
        reason: phrase('plan.withheld', 'runs only by itself or with the whole pipeline'),
        blockedBy: id,
      };
    return { ...base, ...stale(id, last, base.settings, parents, base.forced) };
  };

  const keep = (id: string, last: LastRun, own: Settings): Pick<Step, 'state' | 'reason' | 'outcome' | 'outputs' | 'pinned' | 'forced'> => {
    const changed = changeOf(last.settings, own, kinds.get(document.nodes[id].kind)!);
    const outputsOf = (parent: string) => (steps.get(parent)?.state === 'reused' ? steps.get(parent)?.outputs : undefined);
    const reason = frozenReason(last, own, changed, graph.into.get(id) ?? [], outputsOf);
    return { state: 'reused', reason, outcome: last.outcome, outputs: digests(last.outcome), pinned: true, forced: false };
  };

  const problemOf = (id: string): Words => {
    const found = problems.find((candidate) => candidate.at.node === id && candidate.severity === 'error');
    return found ? problemWords(found) : phrase('plan.cannot-run', 'cannot run');
  };

  const stale = (
    id: string,
    last: LastRun | undefined,
    own: Settings,
    parents: Step[],
    forced: boolean,
  ): Pick<Step, 'state' | 'reason'> => {
    const kind = kinds.get(document.nodes[id].kind)!;
    if (forced) return { state: 'will-run', reason: phrase('plan.forced', 'forced') };
    if (!last) return { state: 'will-run', reason: phrase('plan.new', 'new') };
    if (document.nodes[id].pinned)
      return { state: 'will-run', reason: phrase('plan.pinned-gone', 'its pinned result is no longer stored') };
    const change = changeOf(last.settings, own, kind);
    if (change) return { state: 'will-run', reason: change };
    if (uncacheable.has(id)) return { state: 'will-run', reason: phrase('plan.always', 'always runs') };
    if (!context.stands(last.outcome))
      return { state: 'will-run', reason: phrase('plan.registered-gone', 'what it registered was deleted') };
    if (parents.some((parent) => parent.state !== 'reused')) return { state: 'will-check', reason: IF_INPUT_CHANGES };
    const outputs = new Map(parents.map((parent) => [parent.node, parent.outputs]));
    const content = keyOf(own, graph.into.get(id) ?? [], (wire) => outputs.get(wire.from.node)?.[wire.from.port] ?? null);
    if (content !== last.content) {
      const elsewhere = content !== null && isWhole(memory.byContent(content), context);
      return elsewhere ? { state: 'will-check', reason: IF_INPUT_CHANGES } : { state: 'will-run', reason: INPUT_CHANGED };
    }
    return isWhole(last.outcome, context)
      ? { state: 'will-check', reason: IF_INPUT_CHANGES }
      : { state: 'will-run', reason: phrase('plan.not-stored', 'settings unchanged, result not stored') };
  };

  for (const id of graph.order) steps.set(id, plan(id));
  const circular = Object.keys(document.nodes).filter((id) => !steps.has(id));
  const waiting = circular.map(
    (id): Step => ({
      node: id,
      state: 'blocked',
      reason: phrase('plan.circle', 'in or behind a circle'),
      intent: null,
      forced: false,
      blockedBy: id,
    }),
  );
  const inScope = new Set(scope.nodes);
  return [...[...steps.values()].filter((step) => inScope.has(step.node)), ...(request.scope.type === 'all' ? waiting : [])];
}

const digests = (outcome: Outcome): Record<string, Digest> =>
  Object.fromEntries(Object.entries(outcome.outputs).map(([port, info]) => [port, info.digest]));
