/** The result line of a node: what its most telling output says of itself; several tables say how many rows each has. Pure. */
import type { Words } from '../base/words.ts';
import type { ValueInfo } from '../events/event.ts';

/** The most telling first. */
const TELLING = ['results', 'model', 'artefact', 'table'];

export function resultLine(outputs: Readonly<Record<string, ValueInfo>> = {}): Words {
  const values = Object.values(outputs);
  const rows = values.flatMap((value) => (value.type === 'table' && value.rows !== undefined ? [value.rows] : []));
  // Parts of one table have its columns; a second table of another kind tells of the first one.
  const parts = values.every(({ columns }) => columns === values[0].columns);
  if (parts && rows.length > 1 && rows.length === values.length) {
    // Of what a step left out or set aside, nothing is said when that is nothing; the first table always is.
    const last = rows.findLastIndex((count) => count > 0);
    return rows
      .slice(0, Math.max(1, last + 1))
      .map((count) => count.toLocaleString('en'))
      .join(' | ');
  }
  const said = values.filter((value) => value.headline !== '');
  return (TELLING.flatMap((type) => said.filter((value) => value.type === type))[0] ?? said[0])?.headline ?? '';
}
