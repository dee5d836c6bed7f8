/** Column names from a header record: unique, never empty, numbered where the file does not say. */
import { utf8 } from '../../base/bytes.ts';
import type { Tally } from '../findings/tally.ts';
import { isGuarded } from './guard.ts';

/** Names in order; a name met before gets `_2`, `_3` …, an empty one becomes `column_N`. */
export function columnNames(header: readonly string[], tally: Tally | undefined): string[] {
  const taken = new Set(header.map(clean).filter((name) => name !== ''));
  const used = new Set<string>();
  const next = new Map<string, number>();
  const unique = (stem: string) => {
    let n = next.get(stem) ?? 2;
    while (taken.has(`${stem}_${n}`) || used.has(`${stem}_${n}`)) n++;
    next.set(stem, n + 1);
    return `${stem}_${n}`;
  };
  return header.map((raw, i) => {
    let name = clean(raw);
    if (name === '') {
      name = taken.has(`column_${i + 1}`) || used.has(`column_${i + 1}`) ? unique(`column_${i + 1}`) : `column_${i + 1}`;
      tally?.add('csv.empty-header', { sample: name });
    } else if (used.has(name)) {
      name = unique(name);
      tally?.add('csv.duplicate-header', { sample: name });
    }
    used.add(name);
    return name;
  });
}

/** Spaces around off, line breaks inside to spaces, the spreadsheet guard off. */
function clean(raw: string): string {
  const bytes = utf8(raw);
  const text = isGuarded(bytes, 0, bytes.length) ? raw.slice(1) : raw;
  return text.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

export const numberedNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `column_${i + 1}`);
