/** Everything the designer knows while a page is open, made once: stores for document, report, runs, selection and panels, and what joins them. */
import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { ProblemError, toProblem } from '../../base/problem.ts';
import type { DocumentNode, PipelineDocument } from '../../engine/document.ts';
import type { RunRequest } from '../../engine/plan-types.ts';
import { poolSize } from '../../host/pool-size.ts';
import type { Backend } from '../../host/protocol.ts';
import type { Ask } from '../../kind/run.ts';
import { onLanguage, translate } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { type CompareState, type CompareStore, createCompare } from '../versions/compare-store.ts';
import { type Autosave, createAutosave } from './autosave.ts';
import { type CanvasPort, noCanvas } from './canvas-port.ts';
import { type CheckState, type CheckStore, createChecks } from './check-store.ts';
import { createDocuments, type DocumentState, type Documents } from './document-store.ts';
import { nodeTitle } from './edits.ts';
import { createFileFacts, type FileFacts } from './file-facts.ts';
import { interruptedSteps } from './interrupted.ts';
import { type NodeView, viewsOf } from './node-view.ts';
import { newOpened, type Opened, openedFrom, rememberOpen } from './open-first.ts';
import { createPanels, type PanelState, type PanelStore } from './panel-store.ts';
import { createRoom, type Room } from './room.ts';
import { createPreview, type PreviewStore, type RunPreview } from './run-preview.ts';
import { createRuns, type RunState, type Runs, type StepRun } from './run-store.ts';
import { createSelection, type SelectionState, type SelectionStore } from './selection-store.ts';
import { localValues, type Storage } from './storage.ts';
import { takeStored } from './take-stored.ts';
import { followWriter, type Writing } from './writer.ts';

export interface Session {
  backend: Backend;
  storage: Storage;
  documents: Documents;
  checks: CheckStore;
  runs: Runs;
  preview: PreviewStore;
  compare: CompareStore;
  room: Room;
  /** Steps that run at the same time on this machine. */
  workers: number;
  views: StoreApi<{ views: Record<string, NodeView> }>;
  selection: SelectionStore;
  panels: PanelStore;
  saving: Autosave;
  writing: Writing;
  files: FileFacts;
  canvas: { port: CanvasPort };
  /** Saves, checks, then runs; the answer is the run's id, or nothing when nothing could start. */
  run: (request: RunRequest) => Promise<void>;
  stop: () => Promise<void>;
  /** Asks a running node to end with the best that it has, or tells it one of its kind's asks. */
  keepBest: (node: string) => void;
  steer: (node: string, ask: Ask) => void;
  /** Opens a document that is not stored yet in place of the present one, which is saved first. */
  open: (document: PipelineDocument) => Promise<void>;
  /** Opens a stored pipeline as it is now. False, with the reason in the banner, when it is gone or cannot be read. */
  openStored: (id: string) => Promise<boolean>;
  /** Stops listening; for tests. */
  close: () => void;
}

const GONE = {
  code: 'registry.pipeline-gone',
  message: 'That pipeline is no longer in this workspace.',
  hint: 'It was deleted here or in another tab. Open another one, or start a new one.',
};

const TICK_MS = 1000;

interface Options {
  backend: Backend;
  opened: Opened;
  storage?: Storage;
  /** Of the device, as the browser tells it; not given = no file is refused for its size. */
  memoryGib?: number;
}

export function createSession({ backend, opened, storage = localValues, memoryGib }: Options): Session {
  const documents = createDocuments(opened.document, opened.history);
  const current = () => documents.getState().document;
  const checks = createChecks(backend, current);
  const runs = createRuns(
    () => new Map(checks.getState().report.plan.map((step) => [step.node, step.intent])),
    storage.read<Record<string, StepRun>>(`outcomes.${opened.document.id}`, {}),
  );
  const views = createStore<{ views: Record<string, NodeView> }>()(() => ({ views: {} }));
  const saving = createAutosave(backend, documents.getState);
  saving.start(opened.revision, opened.savedAt);
  const writing = followWriter(backend, documents, saving);
  const show = async (next: Opened) => {
    await saving.flush();
    session.selection.getState().select({});
    runs.setState({ run: undefined, steps: storage.read(`outcomes.${next.document.id}`, {}) });
    saving.start(next.revision, next.savedAt);
    documents.open(next.document, next.history);
    // Before anyone sees it: what is not stored must not stand there as saved.
    if (next.revision === 0 && Object.keys(next.document.nodes).length + Object.keys(next.document.notes).length > 0) saving.touch();
    rememberOpen(storage, next.document.id);
    void recall();
    await checks.settled();
  };
  const workers = poolSize(globalThis.navigator?.hardwareConcurrency ?? 2);
  let starting = false;
  const session: Session = {
    backend,
    storage,
    documents,
    checks,
    runs,
    preview: createPreview(backend, checks, current, workers),
    workers,
    compare: createCompare(documents),
    room: createRoom(backend, memoryGib),
    views,
    saving,
    writing,
    selection: createSelection(),
    panels: createPanels(storage),
    files: createFileFacts(storage),
    canvas: { port: noCanvas },
    run: async (request) => {
      const held = writing.held();
      if (held) {
        documents.setState({ refused: held });
        return;
      }
      if (starting || runs.isRunning()) return;
      starting = true;
      session.preview.point(undefined);
      try {
        await saving.flush();
        await checks.settled();
        announce(translate('designer.say.run-started'));
        await backend.run(current(), request);
      } catch (error) {
        documents.setState({ refused: toProblem(error) });
      } finally {
        starting = false;
      }
    },
    stop: async () => {
      const { run } = runs.getState();
      if (run?.status !== 'running') return;
      runs.stopping();
      await backend.cancel(run.id);
    },
    keepBest: (node) => tell(node, (run) => backend.stopStep(run, node)),
    steer: (node, ask) => tell(node, (run) => backend.askStep(run, node, ask)),
    open: async (next) => {
      const held = writing.held();
      // What is not stored yet could not be stored from here.
      if (held) documents.setState({ refused: held });
      else await show(newOpened(next));
    },
    openStored: async (id) => {
      try {
        const stored = await backend.loadPipeline(id);
        if (!stored) throw new ProblemError(GONE);
        await show(openedFrom(stored));
        return true;
      } catch (error) {
        documents.setState({ refused: toProblem(error) });
        return false;
      }
    },
    close: () => undefined,
  };

  const tell = (node: string, say: (run: string) => Promise<void>) => {
    const step = runs.getState().steps[node];
    if (step?.state !== 'running') return;
    say(step.run).catch((error) => documents.setState({ refused: toProblem(error) }));
  };
  const refresh = () => {
    const { report, steps } = checks.getState();
    const before = views.getState().views;
    const next = viewsOf(current(), report, steps, runs.getState(), before, Date.now());
    if (next !== before) views.setState({ views: next });
  };
  /** While something runs, the time that it still takes is told anew each second. */
  let clock: ReturnType<typeof setInterval> | undefined;
  const tick = (on: boolean) => {
    if (on) clock ??= setInterval(refresh, TICK_MS);
    else {
      clearInterval(clock);
      clock = undefined;
    }
  };
  /** Nodes that a run before this session left undone; what runs in this session says more. */
  const recall = async () => {
    const { id } = current();
    const left = await interruptedSteps(backend, id).catch(() => ({}));
    const { run, steps } = runs.getState();
    if (run || current().id !== id) return;
    const told = Object.entries(left).map(([node, step]): [string, StepRun] => [node, { ...step, outputs: steps[node]?.outputs }]);
    if (told.length > 0) runs.setState({ steps: { ...steps, ...Object.fromEntries(told) } });
  };
  const leave = [
    documents.subscribe((state, before) => {
      if (state.document === before.document) return;
      if (state.document.id === before.document.id) saving.touch();
      refresh();
      checks.ask();
    }),
    checks.subscribe(() => {
      refresh();
      if (!writing.held()) takeStored(backend, checks, runs, current).catch((error) => documents.setState({ refused: toProblem(error) }));
    }),
    onLanguage(refresh),
    runs.subscribe((state, before) => {
      refresh();
      tick(state.run?.status === 'running');
      const stepEnded = state.run?.done !== before.run?.done;
      if (state.steps !== before.steps && (stepEnded || state.run?.status !== 'running'))
        storage.write(`outcomes.${current().id}`, kept(state));
      if (state.run?.done !== before.run?.done || state.run?.status !== before.run?.status) checks.ask();
    }),
    backend.subscribe((event) => {
      runs.take(event);
      if (event.type === 'run-finished') {
        storage.write(`outcomes.${current().id}`, kept(runs.getState()));
        void session.room.look();
        announce(translate(`designer.say.run-${event.status.toLowerCase()}`));
      }
      if (event.type === 'step-failed')
        announce(
          translate('designer.say.step-failed', { title: titleOf(current(), event.node), message: problemText(event.problem).message }),
        );
    }),
    // What "latest" is may have changed, here or in another tab, and what was registered may be gone.
    backend.subscribeRegistry((stores) => {
      if (stores.some((store) => store !== 'pipelines' && store !== 'pipelineVersions' && store !== 'runs')) checks.ask();
      if (stores.includes('runs') && !runs.getState().run && !writing.held()) void recall();
    }),
    writing.close,
    () => tick(false),
  ];
  session.close = () => {
    for (const stop of leave) stop();
  };
  refresh();
  checks.ask();
  void session.room.look();
  void recall();
  return session;
}

const titleOf = (document: PipelineDocument, id: string) => (document.nodes[id] ? nodeTitle(document.nodes[id]) : id);

/** Finished outcomes without logs and curves: enough to show result lines after a reload. */
const kept = (state: RunState): Record<string, StepRun> =>
  Object.fromEntries(
    Object.entries(state.steps)
      .filter(([, step]) => step.state !== 'queued' && step.state !== 'running')
      .map(([id, step]) => [id, { ...step, log: [], curve: undefined, run: '' }]),
  );

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session above this component');
  return session;
}

export const useDocument = <T>(pick: (state: DocumentState) => T): T => useStore(useSession().documents, pick);
export const useCheck = <T>(pick: (state: CheckState) => T): T => useStore(useSession().checks, pick);
export const useRun = <T>(pick: (state: RunState) => T): T => useStore(useSession().runs, pick);
export const usePreview = <T>(pick: (preview: RunPreview | undefined) => T): T =>
  useStore(useSession().preview, (state) => pick(state.now));
export const useCompare = <T>(pick: (state: CompareState) => T): T => useStore(useSession().compare, pick);
export const useSelection = <T>(pick: (state: SelectionState) => T): T => useStore(useSession().selection, pick);
export const usePanels = <T>(pick: (state: PanelState) => T): T => useStore(useSession().panels, pick);
export const useNode = (id: string): DocumentNode | undefined => useDocument((state) => state.document.nodes[id]);
export const useView = (id: string): NodeView | undefined => useStore(useSession().views, (state) => state.views[id]);
