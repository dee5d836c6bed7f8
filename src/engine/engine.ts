/** The engine: check and plan after each edit, runs one after another, values by digest. No node, no DOM, no clock of its own. */
import type { Digest } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import type { RunEvent } from '../events/event.ts';
import type { Ask, Services } from '../kind/run.ts';
import { type Checked, checkDocument } from './check.ts';
import type { PipelineDocument, Wire } from './document.ts';
import type { Headline } from './execute-step.ts';
import { createFacts } from './facts.ts';
import type { LoadNode } from './job.ts';
import { keyOf } from './keys.ts';
import { learnedIn } from './learned.ts';
import { createMemory, type Outcome } from './memory.ts';
import type { Kinds } from './naming.ts';
import { planSteps } from './plan.ts';
import type { PlannedStep, Report, RunRequest } from './plan-types.ts';
import type { Pool } from './pool.ts';
import type { FinishedRun, FinishedStep, StartedRun } from './run-record.ts';
import { type Session, startSession } from './run-session.ts';
import { createStanding } from './standing.ts';
import type { KeyValue } from './storage.ts';
import type { ValueStore } from './store.ts';

/** Who asks the outside: a step of a run, or a probe (`run` absent). */
export interface Origin {
  run?: string;
  node: string;
  document: PipelineDocument;
}
export interface EngineDeps {
  kinds: Kinds;
  loadNode: LoadNode;
  pool: Pool;
  store: ValueStore;
  /** Where results by key and last runs are kept. */
  records: KeyValue;
  services: (origin: Origin) => Services;
  /** Milliseconds since 1970, given by the host. */
  now: () => number;
  newId: () => string;
  headline: Headline;
  /** Whether `run on: gpu` can be honoured; `auto` then uses it too. */
  gpu?: boolean;
  onRunStarted?: (run: StartedRun) => void;
  /** A step began or ended; what is known of it so far. */
  onStepChanged?: (run: string, step: FinishedStep) => void;
  /** What it resolves with is waited for before anyone is told that the run has ended. */
  onRunFinished?: (run: FinishedRun) => void | Promise<void>;
}
export interface Engine {
  /** Reads what earlier sessions stored; call before use, and again when another session may have stored more. */
  open: () => Promise<void>;
  check: (document: PipelineDocument) => Promise<Report>;
  /** The plan of one request, for showing what a run button would do. */
  plan: (document: PipelineDocument, request: RunRequest) => Promise<PlannedStep[]>;
  /** Answers with the run's id; rejects with the problem when the wanted node cannot run. Runs wait for each other. */
  run: (document: PipelineDocument, request: RunRequest) => Promise<string>;
  /** Resolves when that run has ended; undefined for an unknown id. */
  ended: (run: string) => Promise<FinishedRun> | undefined;
  cancel: (run: string) => void;
  stopStep: (run: string, node: string) => void;
  /** Tells a running step one of its kind's `asks`; throws the Problem `run.not-heard` where it is over or does not listen to that. */
  askStep: (run: string, node: string, ask: Ask) => void;
  /** The stored results that fit these nodes as they are now become their last ones, as after a run that reuses them; by node, those that are gone left out. */
  recall: (document: PipelineDocument, nodes: readonly string[]) => Promise<Record<string, StoredResult>>;
  value: (digest: Digest) => Promise<unknown>;
  subscribe: (listener: (event: RunEvent) => void) => () => void;
  /** Tell it when the registry changed, so that "latest" is looked up again. */
  registryChanged: () => void;
  /** Resolves when all results so far are on disk. */
  settled: () => Promise<void>;
}

/** What the page may know of a result, as `step-done` tells it. */
export type StoredResult = Pick<Outcome, 'outputs' | 'notes' | 'ms'>;

interface Waiting {
  session?: Session;
  cancelled: boolean;
  ended: Promise<FinishedRun>;
}
const ALL: RunRequest = { scope: { type: 'all' } };

export function createEngine(deps: EngineDeps): Engine {
  const { kinds, store } = deps;
  const gpu = deps.gpu ?? false;
  const memory = createMemory(deps.records);
  const facts = createFacts(kinds, deps.loadNode, (document, node) => deps.services({ node, document }));
  const standing = createStanding();
  const listeners = new Set<(event: RunEvent) => void>();
  const runs = new Map<string, Waiting>();
  let queue: Promise<unknown> = Promise.resolve();
  let holding = '';

  const emit = (event: RunEvent) => {
    for (const listener of listeners) listener(event);
  };
  /** What a look at a source told, or a run of the node with the same settings on the same inputs. */
  const knownOf = (document: PipelineDocument) => {
    const probed = (node: string) => facts.known(document, node);
    const learned = learnedIn(document, { kinds, known: probed, memory, gpu });
    return (node: string) => probed(node) ?? learned(node);
  };
  const checkOnly = async (document: PipelineDocument): Promise<Checked> => {
    await Promise.all([facts.learn(document), standing.learn(memory.outcomes(), deps.services({ node: '', document }))]);
    return checkDocument(document, { kinds, known: knownOf(document), probeProblems: (node) => facts.problems(document, node), gpu });
  };
  const planOnly = (document: PipelineDocument, checked: Checked, request: RunRequest) =>
    planSteps(document, checked, { kinds, known: knownOf(document), memory, has: store.has, stands: standing.stands, gpu }, request);

  const begin = async (run: string, document: PipelineDocument, request: RunRequest, checked: Checked): Promise<FinishedRun> => {
    const slot = runs.get(run)!;
    slot.session = startSession(
      { ...deps, memory, emit, stands: standing.stands },
      run,
      document,
      request,
      checked,
      planOnly(document, checked, request),
    );
    if (slot.cancelled) slot.session.cancel();
    return slot.session.ended;
  };

  return {
    open: async () => {
      await Promise.all([store.open(), memory.open()]);
    },
    check: async (document) => {
      const { graph: _graph, flow: _flow, ...report } = await checkedWith(document);
      return report;
    },
    plan: async (document, request) => planOnly(document, await checkOnly(document), request).map(plain),
    run: async (document, request) => {
      const checked = await checkOnly(document);
      if (request.scope.type !== 'all') refuseIdle(document, request.scope.node, checked);
      const run = deps.newId();
      const ended = queue.then(() => begin(run, document, request, checked));
      runs.set(run, { cancelled: false, ended });
      queue = ended.catch(() => {});
      return run;
    },
    ended: (run) => runs.get(run)?.ended,
    cancel: (run) => {
      const slot = runs.get(run);
      if (!slot) return;
      slot.cancelled = true;
      slot.session?.cancel();
    },
    stopStep: (run, node) => runs.get(run)?.session?.stop(node),
    askStep: (run, node, ask) => {
      if (!runs.get(run)?.session?.ask(node, ask)) throw notHeard(node);
    },
    recall: async (document, nodes) => {
      const checked = await checkOnly(document);
      const plan = new Map(planOnly(document, checked, ALL).map((step) => [step.node, step]));
      const sourceOf = ({ from }: Wire) => {
        const outputs = plan.get(from.node)?.outputs;
        return outputs ? (outputs[from.port] ?? 'none') : null;
      };
      const found: Record<string, StoredResult> = {};
      for (const node of nodes) {
        const step = plan.get(node);
        if (step?.state !== 'reused' || step.pinned || !step.outcome || !step.settings) continue;
        const { settings, intent, outcome } = step;
        memory.remember(document.id, node, {
          settings,
          intent,
          content: keyOf(settings, checked.graph.into.get(node) ?? [], sourceOf),
          outcome,
        });
        found[node] = { outputs: outcome.outputs, notes: outcome.notes, ms: outcome.ms };
      }
      return found;
    },
    value: (digest) => store.value(digest),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    registryChanged: () => {
      facts.forgetRegistry();
      standing.forget();
    },
    settled: async () => {
      await Promise.all([store.settled(), memory.settled()]);
    },
  };

  async function checkedWith(document: PipelineDocument): Promise<Checked & Pick<Report, 'plan'>> {
    const checked = await checkOnly(document);
    const plan = planOnly(document, checked, ALL);
    holdPinned(document.id, plan);
    return { ...checked, plan: plan.map(plain) };
  }

  /** What is pinned in the document that was checked last stays stored. */
  function holdPinned(document: string, plan: readonly PlannedStep[]): void {
    const digests = plan.flatMap((step) => (step.pinned ? Object.values(step.outputs ?? {}) : []));
    const owner = `pinned ${document} ${digests.join(' ')}`;
    if (owner === holding) return;
    for (const digest of digests) store.pin(owner, digest);
    store.unpin(holding);
    holding = owner;
  }
}

/** A planned step as the page gets it. */
const plain = ({ node, state, reason, intent, estimateMs, outputs, pinned }: PlannedStep): PlannedStep => ({
  node,
  state,
  reason,
  intent,
  ...(estimateMs === undefined ? {} : { estimateMs }),
  ...(outputs ? { outputs } : {}),
  ...(pinned ? { pinned } : {}),
});

const notHeard = (node: string) =>
  new ProblemError({
    code: 'run.not-heard',
    at: { node },
    message: 'This step no longer runs, or cannot be told that.',
    hint: 'Look at its result; run it again if you want another.',
  });

function refuseIdle(document: PipelineDocument, node: string, checked: Checked): void {
  if (!Object.hasOwn(document.nodes, node))
    throw new ProblemError({ code: 'run.no-node', args: { node }, message: 'That node is no longer there.', hint: 'Choose another node.' });
  const found = checked.problems.find((candidate) => candidate.at.node === node && candidate.severity === 'error');
  if (found) throw new ProblemError(found);
  if (document.nodes[node].disabled)
    throw new ProblemError({
      code: 'run.disabled',
      at: { node },
      message: 'This node is switched off.',
      hint: 'Switch it on to run it.',
    });
}
