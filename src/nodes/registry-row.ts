/** The artefact of nodes that register something: a small JSON card of the registry's row. */
import { utf8 } from '../base/bytes.ts';
import { inEnglish, type Phrase, phrase, type Words } from '../base/words.ts';
import type { Artefact } from '../recipe/results.ts';

export interface RegistryRow {
  type: 'dataset' | 'model';
  name: string;
  version: number;
  /** The line on the node: "Version 7 · proved". */
  headline: Words;
  [more: string]: unknown;
}
/** "Version 7", or that this very content is there already. */
export const versionLine = ({ name, version, existing }: { name: string; version: number; existing: boolean }): Phrase =>
  existing
    ? phrase('result.already', 'Already registered as {name}:{version}', { name, version: String(version) })
    : phrase('result.version', 'Version {version}', { version: String(version) });

/** "titanic: Version 7". */
export const namedLine = (name: string, line: Phrase): Phrase => phrase('log.named', '{name}: {line}', { name, line });

/** `shown` goes into the file; `hidden` is for the dock only (a certificate). */
export const registryRow = (shown: RegistryRow, hidden: Record<string, unknown> = {}): Artefact => ({
  name: `${shown.name}-${shown.version}.json`,
  mime: 'application/json',
  bytes: utf8(`${JSON.stringify({ ...shown, headline: inEnglish(shown.headline) }, null, 2)}\n`),
  about: { ...shown, ...hidden },
});
