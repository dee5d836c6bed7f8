/** Which panels, overlays and menus are open, and how wide; remembered on this machine where that is a habit. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../base/problem.ts';
import type { Point } from './node-geometry.ts';
import type { Storage } from './storage.ts';

export type InspectorTab = 'settings' | 'columns' | 'result' | 'docs';

/** A wish for a new node: at a place, or fitting to an open port. */
export interface QuickAdd {
  /** Where the menu stands, in window pixels. */
  at: Point;
  /** Where the node goes, in canvas units; absent = beside the port. */
  place?: Point;
  /** Without a port, any of the node's ports on that side. */
  from?: { node: string; port?: string; side: 'in' | 'out' };
}
export interface Refusal {
  at: Point;
  message: string;
  fixes: readonly { id: string; label: string; run: () => void }[];
}

export interface PanelState {
  overlay: 'commands' | 'keys' | 'problems' | 'open' | 'paste' | 'link' | undefined;
  quickAdd: QuickAdd | undefined;
  refusal: Refusal | undefined;
  contextMenu: { at: Point; place: Point; node?: string; wire?: string } | undefined;
  connectFrom: string | undefined;
  peek: { wire: string; at: Point; sticky: boolean } | undefined;
  inspectorOpen: boolean;
  inspectorTab: InspectorTab;
  /** The setting that "Go to" points at; the form moves focus there. */
  focusParam: { node: string; param: string } | undefined;
  /** Key of the problem gone to last: the next one is the one after it. */
  lastProblem: string | undefined;
  /** Rows that the dock's table is cut to: those a problem of this node names (from 0). */
  shownRows: { node: string; rows: readonly number[] } | undefined;
  inspectorWidth: number;
  paletteWidth: number;
  paletteOpen: boolean;
  dockOpen: boolean;
  dockHeight: number;
  /** The node whose result the dock keeps showing. */
  dockPinned: string | undefined;
  minimap: boolean;
  renaming: string | undefined;
  renamingIn: 'canvas' | 'outline';
  outlineOpen: boolean;
  versionsOpen: boolean;
  importing: boolean;
  importProblem: Problem | undefined;
  set: (next: Partial<Omit<PanelState, 'set'>>) => void;
}
export type PanelStore = StoreApi<PanelState>;

const REMEMBERED = ['inspectorWidth', 'paletteWidth', 'dockHeight', 'dockOpen', 'inspectorOpen'] as const;

export function createPanels(storage: Storage): PanelStore {
  const store = createStore<PanelState>()((set) => ({
    overlay: undefined,
    quickAdd: undefined,
    refusal: undefined,
    contextMenu: undefined,
    connectFrom: undefined,
    peek: undefined,
    inspectorOpen: true,
    inspectorTab: 'settings',
    focusParam: undefined,
    lastProblem: undefined,
    shownRows: undefined,
    inspectorWidth: 296,
    paletteWidth: 216,
    paletteOpen: false,
    dockOpen: true,
    dockHeight: 248,
    dockPinned: undefined,
    minimap: true,
    renaming: undefined,
    renamingIn: 'canvas',
    outlineOpen: false,
    versionsOpen: false,
    importing: false,
    importProblem: undefined,
    ...storage.read<Partial<PanelState>>('panels', {}),
    set: (next) => set(next),
  }));
  store.subscribe((state, before) => {
    if (REMEMBERED.some((key) => state[key] !== before[key]))
      storage.write('panels', Object.fromEntries(REMEMBERED.map((key) => [key, state[key]])));
  });
  return store;
}
