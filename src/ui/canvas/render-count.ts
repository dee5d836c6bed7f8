/** Counts renders by part, for the count gates of the end-to-end tests (`globalThis.millraceRenders`). */
const counts: Record<string, number> = {};
(globalThis as { millraceRenders?: Record<string, number> }).millraceRenders = counts;

export function countRender(part: 'node' | 'wire' | 'canvas' | 'inspector' | 'field'): void {
  counts[part] = (counts[part] ?? 0) + 1;
}
