/** What is chosen, focused and hovered on the canvas. Never part of the history. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SelectionState {
  nodes: readonly string[];
  wires: readonly string[];
  notes: readonly string[];
  /** The node that keyboard walking stands on; usually the last chosen one. */
  active: string | undefined;
  select: (next: { nodes?: readonly string[]; wires?: readonly string[]; notes?: readonly string[] }) => void;
  /** Adds to or takes from the chosen nodes. */
  toggle: (node: string) => void;
}
export type SelectionStore = StoreApi<SelectionState>;

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, i) => id === b[i]);

export const createSelection = (): SelectionStore =>
  createStore<SelectionState>()((set, get) => ({
    nodes: [],
    wires: [],
    notes: [],
    active: undefined,
    select: ({ nodes = [], wires = [], notes = [] }) => {
      const now = get();
      if (same(now.nodes, nodes) && same(now.wires, wires) && same(now.notes, notes)) return;
      set({ nodes, wires, notes, active: nodes.at(-1) ?? (wires.length + notes.length > 0 ? undefined : now.active) });
    },
    toggle: (node) => {
      const { nodes } = get();
      const next = nodes.includes(node) ? nodes.filter((id) => id !== node) : [...nodes, node];
      set({ nodes: next, wires: [], notes: [], active: node });
    },
  }));
