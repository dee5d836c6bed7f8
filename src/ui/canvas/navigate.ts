/** Where an arrow key leads on the canvas: along wires first, then to the nearest node, note or frame in that direction; pure. */
import type { Note, PipelineDocument } from '../../engine/document.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** A note as near as a node comes after it: the flow comes first. */
const ASIDE_PX = 64;

/** `notes`: those that are walked to as well; none while only nodes count. */
export function neighbourOf(
  document: PipelineDocument,
  from: string | undefined,
  direction: Direction,
  notes: Readonly<Record<string, Note>> = {},
): string | undefined {
  const nodes = [...Object.values(document.nodes), ...Object.values(notes)];
  if (nodes.length === 0) return undefined;
  const here = from ? (document.nodes[from] ?? notes[from]) : undefined;
  if (!here)
    return nodes.reduce((best, node) =>
      node.position.y < best.position.y || (node.position.y === best.position.y && node.position.x < best.position.x) ? node : best,
    ).id;
  const { x, y } = here.position;
  const wires = Object.values(document.wires);
  const wired = new Set(
    direction === 'down'
      ? wires.filter((w) => w.from.node === here.id).map((w) => w.to.node)
      : direction === 'up'
        ? wires.filter((w) => w.to.node === here.id).map((w) => w.from.node)
        : [],
  );
  let best: { id: string; cost: number } | undefined;
  for (const node of nodes) {
    if (node.id === here.id) continue;
    const dx = node.position.x - x;
    const dy = node.position.y - y;
    const ahead = direction === 'down' ? dy : direction === 'up' ? -dy : direction === 'right' ? dx : -dx;
    const aside = Math.abs(direction === 'down' || direction === 'up' ? dx : dy);
    const along = wired.has(node.id);
    if (!along && (ahead <= 0 || aside > ahead * 2 + 40)) continue;
    // Along a wire the nearest row comes first, however the nodes stand aside of each other.
    const cost = along ? Math.abs(ahead) + aside - 100_000 : ahead + 2 * aside + (node.id in notes ? ASIDE_PX : 0);
    if (!best || cost < best.cost) best = { id: node.id, cost };
  }
  return best?.id;
}

/** All nodes up or down the wires from these, themselves included. */
export function extend(document: PipelineDocument, chosen: readonly string[], direction: 'up' | 'down'): string[] {
  const next = new Set(chosen);
  for (const w of Object.values(document.wires)) {
    if (direction === 'down' && chosen.includes(w.from.node)) next.add(w.to.node);
    if (direction === 'up' && chosen.includes(w.to.node)) next.add(w.from.node);
  }
  return [...next];
}
