/** Counts renders by part and by what it shows (`node`, `node split`), for the count gates of the end-to-end tests (`globalThis.millraceRenders`). */
const counts: Record<string, number> = {};
(globalThis as { millraceRenders?: Record<string, number> }).millraceRenders = counts;

export function countRender(part: 'node' | 'wire' | 'canvas' | 'inspector' | 'field', of?: string): void {
  counts[part] = (counts[part] ?? 0) + 1;
  if (of !== undefined) counts[`${part} ${of}`] = (counts[`${part} ${of}`] ?? 0) + 1;
}
