/** The artefact of nodes that register something: a small JSON card of the registry's row. */
import { utf8 } from '../base/bytes.ts';
import type { Artefact } from '../recipe/results.ts';

export interface RegistryRow {
  type: 'dataset' | 'model';
  name: string;
  version: number;
  /** The line on the node: "Version 7 · proved". */
  headline: string;
  [more: string]: unknown;
}
/** `shown` goes into the file; `hidden` is for the dock only (a certificate). */
export const registryRow = (shown: RegistryRow, hidden: Record<string, unknown> = {}): Artefact => ({
  name: `${shown.name}-${shown.version}.json`,
  mime: 'application/json',
  bytes: utf8(`${JSON.stringify(shown, null, 2)}\n`),
  about: { ...shown, ...hidden },
});
