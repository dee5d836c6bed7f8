/** The way of a wire: orthogonal with round corners, running in a free lane where nodes stand in between; pure. */
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../state/node-geometry.ts';

const RADIUS = 8;
/** How far below its source a wire turns, and above its target it turns back. */
const TURN = 18;
const CLEAR = 14;

export interface Box {
  x: number;
  y: number;
}
const crosses = (x: number, top: number, bottom: number, box: Box) =>
  x > box.x - CLEAR && x < box.x + NODE_WIDTH + CLEAR && bottom > box.y - 4 && top < box.y + NODE_HEIGHT + 4;

/** Corner points from source to target; `boxes` are all other nodes. */
export function wirePoints(source: Point, target: Point, boxes: readonly Box[]): Point[] {
  const drop = target.y - source.y;
  if (drop < 2 * TURN - 4) return around(source, target);
  if (Math.abs(source.x - target.x) < 1) {
    if (!boxes.some((box) => crosses(source.x, source.y + 4, target.y - 4, box))) return [source, target];
  } else if (drop < 64) {
    const middle = source.y + drop / 2;
    return [source, { x: source.x, y: middle }, { x: target.x, y: middle }, target];
  }
  const turn = source.y + TURN;
  const back = target.y - TURN;
  const free = (x: number) => !boxes.some((box) => crosses(x, turn + 2, back - 2, box));
  if (free(target.x)) return [source, { x: source.x, y: turn }, { x: target.x, y: turn }, target];
  if (free(source.x)) return [source, { x: source.x, y: back }, { x: target.x, y: back }, target];
  const between = boxes.filter((box) => box.y + NODE_HEIGHT > turn && box.y < back);
  const lanes = between.flatMap((box) => [box.x - CLEAR - 2, box.x + NODE_WIDTH + CLEAR + 2]).filter(free);
  const length = (x: number) => Math.abs(x - source.x) + Math.abs(x - target.x);
  const lane = lanes.length > 0 ? lanes.reduce((best, x) => (length(x) < length(best) ? x : best)) : target.x;
  return [source, { x: source.x, y: turn }, { x: lane, y: turn }, { x: lane, y: back }, { x: target.x, y: back }, target];
}

/** The target is above or beside the source: leave downwards, come in from above. */
function around(source: Point, target: Point): Point[] {
  const turn = source.y + TURN;
  const back = target.y - TURN;
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
    const r = Math.min(RADIUS, enter / 2, leave / 2);
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
