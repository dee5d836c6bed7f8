/** The way of a wire: orthogonal with round corners, running in a free lane where nodes stand in between; pure. */
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../state/node-geometry.ts';

const RADIUS = 8;
/** How far below its source a wire turns, by family and place of its port, and how far above its target it turns back. */
const TURNS: readonly (readonly number[])[] = [
  [10, 18, 24],
  [14, 21, 24],
  // Between two rows, clear of the wires that come back down to the next one (BACK).
  [17, 20, 24],
];
const BACK = 10;
const CLEAR = 8;
/** Lanes of the families lie beside each other, so that no wire runs on top of another. */
const LANE = 6;

export interface Box {
  x: number;
  y: number;
}
const crosses = (x: number, top: number, bottom: number, box: Box) =>
  x > box.x - CLEAR && x < box.x + NODE_WIDTH + CLEAR && bottom > box.y - 4 && top < box.y + NODE_HEIGHT + 4;

/** Corner points from source to target; `boxes` are all other nodes, `lane` the place of the port among its node's outputs, `family` 0 to 2. */
export function wirePoints(source: Point, target: Point, boxes: readonly Box[], lane = 0, family = 0): Point[] {
  const drop = target.y - source.y;
  const turn = source.y + TURNS[family % 3][lane % 3];
  const back = target.y - BACK;
  if (target.y - turn < 10) return around(source, target, turn, back);
  if (Math.abs(source.x - target.x) < 2) {
    if (!boxes.some((box) => crosses(source.x, source.y + 4, target.y - 4, box))) return [source, { x: source.x, y: target.y }];
  } else if (drop < 64) return [source, { x: source.x, y: turn }, { x: target.x, y: turn }, target];
  const free = (x: number) => !boxes.some((box) => crosses(x, turn + 2, back - 2, box));
  if (free(target.x)) return [source, { x: source.x, y: turn }, { x: target.x, y: turn }, target];
  if (free(source.x)) return [source, { x: source.x, y: back }, { x: target.x, y: back }, target];
  const between = boxes.filter((box) => box.y + NODE_HEIGHT > turn && box.y < back);
  const lanes = between.flatMap((box) => [box.x - CLEAR - 2 - LANE * family, box.x + NODE_WIDTH + CLEAR + 2 + LANE * family]).filter(free);
  const length = (x: number) => Math.abs(x - source.x) + Math.abs(x - target.x);
  const best = lanes.length > 0 ? lanes.reduce((held, x) => (length(x) < length(held) ? x : held)) : target.x;
  return [source, { x: source.x, y: turn }, { x: best, y: turn }, { x: best, y: back }, { x: target.x, y: back }, target];
}

/** The legs that other wires may cross: straight runs down, without their ends, so that a halo never cuts a sibling's corner. */
export function haloPath(points: readonly Point[]): string {
  return points
    .slice(1)
    .flatMap((p, i) => {
      const from = points[i];
      const trim = RADIUS + 2;
      return p.x === from.x && Math.abs(p.y - from.y) > 2 * trim + 4 && (i > 0 || points.length === 2)
        ? [`M${p.x} ${from.y + Math.sign(p.y - from.y) * trim}V${p.y - Math.sign(p.y - from.y) * trim}`]
        : [];
    })
    .join('');
}

/** The target is above or beside the source: leave downwards, come in from above. */
function around(source: Point, target: Point, turn: number, back: number): Point[] {
  const lane =
    Math.abs(source.x - target.x) > NODE_WIDTH + 32 ? (source.x + target.x) / 2 : Math.max(source.x, target.x) + NODE_WIDTH / 2 + 24;
  return [source, { x: source.x, y: turn }, { x: lane, y: turn }, { x: lane, y: back }, { x: target.x, y: back }, target];
}

/** SVG path through the points with corners of radius 8 (less where a leg is short). */
export function roundedPath(points: readonly Point[]): string {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    const enter = Math.hypot(at.x - before.x, at.y - before.y);
    const leave = Math.hypot(after.x - at.x, after.y - at.y);
    if (enter === 0 || leave === 0) continue;
    // The first and the last leg end at a port and have no second corner to share with.
    const r = Math.min(RADIUS, i === 1 ? enter : enter / 2, i === points.length - 2 ? leave : leave / 2);
    const a = { x: at.x - ((at.x - before.x) / enter) * r, y: at.y - ((at.y - before.y) / enter) * r };
    const b = { x: at.x + ((after.x - at.x) / leave) * r, y: at.y + ((after.y - at.y) / leave) * r };
    path += `L${a.x} ${a.y}Q${at.x} ${at.y} ${b.x} ${b.y}`;
  }
  const last = points[points.length - 1];
  return `${path}L${last.x} ${last.y}`;
}

/** The point half-way along, for marks and previews. */
export function midPoint(points: readonly Point[]): Point {
  const legs = points.slice(1).map((p, i) => Math.hypot(p.x - points[i].x, p.y - points[i].y));
  let rest = legs.reduce((sum, leg) => sum + leg, 0) / 2;
  for (let i = 0; i < legs.length; i++) {
    if (rest <= legs[i] && legs[i] > 0) {
      const share = rest / legs[i];
      return { x: points[i].x + (points[i + 1].x - points[i].x) * share, y: points[i].y + (points[i + 1].y - points[i].y) * share };
    }
    rest -= legs[i];
  }
  return points[0];
}
