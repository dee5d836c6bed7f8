/** Frames: titled areas that carry what stands in them. What is in a frame is told by place, at the moment it is moved; pure. */
import type { Note, PipelineDocument } from '../../engine/document.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point, snap } from '../state/node-geometry.ts';

interface Area extends Point {
  width: number;
  height: number;
}
/** Room for the title above, and air round what is framed: less than the gap to the next row and column. */
const HEAD = 32;
const AIR = 16;
const FOOT = 24;

const areaOf = (document: PipelineDocument, id: string): Area | undefined => {
  const note = document.notes[id];
  if (note) return { ...note.position, ...note.size };
  const node = document.nodes[id];
  return node && { ...node.position, width: NODE_WIDTH, height: NODE_HEIGHT };
};
const holds = (outer: Area, inner: Area) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** What stands wholly inside a frame; of two frames of one size, the one with the smaller id holds the other. */
export function contents(document: PipelineDocument, frame: Note): string[] {
  const outer: Area = { ...frame.position, ...frame.size };
  return [...Object.keys(document.nodes), ...Object.keys(document.notes)].filter((id) => {
    const inner = id === frame.id ? undefined : areaOf(document, id);
    if (!inner || !holds(outer, inner)) return false;
    return !(holds(inner, outer) && document.notes[id]?.frame && id < frame.id);
  });
}

/** These ids and, with each frame among them, what it holds. */
export function carried(document: PipelineDocument, ids: readonly string[]): Set<string> {
  const all = new Set(ids);
  for (const id of ids) {
    const note = document.notes[id];
    if (note?.frame) for (const inside of contents(document, note)) all.add(inside);
  }
  return all;
}

/** The area of a frame round these; undefined when there is nothing to frame. */
export function frameAround(document: PipelineDocument, ids: readonly string[]): { position: Point; size: Note['size'] } | undefined {
  const areas = ids.flatMap((id) => areaOf(document, id) ?? []);
  if (areas.length === 0) return undefined;
  const left = snap(Math.min(...areas.map((a) => a.x)) - AIR);
  const top = snap(Math.min(...areas.map((a) => a.y)) - HEAD);
  const right = Math.max(...areas.map((a) => a.x + a.width)) + AIR;
  const bottom = Math.max(...areas.map((a) => a.y + a.height)) + FOOT;
  return { position: { x: left, y: top }, size: { width: snap(right - left + 4), height: snap(bottom - top + 4) } };
}
