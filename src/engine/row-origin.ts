/** Which rows a table has, as a path from its source through splits, so that shared rows can be told at edit time. */

/** `['n1', 'n4.train']`: rows of source n1 that split n4 put on its training side. */
export type Origin = readonly string[];

/** Whether two tables may share rows: sides of one split do not, nor do different sources; all else may. */
export function mayShareRows(a: Origin, b: Origin): boolean {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] === b[i]) continue;
    return i > 0 && a[i].split('.')[0] !== b[i].split('.')[0];
  }
  return true;
}
