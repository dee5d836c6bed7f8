/** Names and version references that datasets and models share: what a name may be, and which version `latest`, `3` or an alias is. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { VersionRef } from '../kind/run.ts';

/** The name without outer blanks; it ends up in addresses and file names, so a few signs are refused. */
export function checkedName(name: string, what: 'dataset' | 'model'): string {
  const trimmed = name.trim();
  const control = Array.from(trimmed).some((sign) => sign < ' ');
  if (trimmed !== '' && trimmed.length <= 80 && !/[/\\:@]/.test(trimmed) && !control) return trimmed;
  throw new ProblemError({
    code: 'registry.name',
    at: { param: 'name' },
    args: { name: trimmed },
    message:
      trimmed === ''
        ? what === 'model'
          ? phrase('registry.model-unnamed', 'The model needs a name.')
          : phrase('registry.dataset-unnamed', 'The dataset needs a name.')
        : phrase('registry.bad-name', '“{name}” cannot be the name of a model or dataset.', { name: trimmed.slice(0, 90) }),
    hint: 'Use up to 80 letters, digits, spaces, dots, dashes or underscores; / \\ : and @ have a meaning of their own.',
  });
}

const NONE = {
  model: (name: string) => phrase('registry.no-model', 'There is no model called “{name}” in this workspace.', { name }),
  dataset: (name: string) => phrase('registry.no-dataset', 'There is no dataset called “{name}” in this workspace.', { name }),
};
const NO_VERSION = {
  model: (name: string, version: string) =>
    phrase('registry.no-model-version', 'The model “{name}” has no version “{version}”.', { name, version }),
  dataset: (name: string, version: string) =>
    phrase('registry.no-dataset-version', 'The dataset “{name}” has no version “{version}”.', { name, version }),
};

interface Versioned {
  name: string;
  version: number;
  deletedAt?: number;
}

/** Finds the version that a reference means; deleted ones do not count. Throws a Problem that lists what there is. */
export function resolveVersion<V extends Versioned>(
  what: 'dataset' | 'model',
  name: string,
  versions: readonly V[],
  ref: VersionRef,
  aliases: Readonly<Record<string, number>> = {},
): V {
  const live = versions.filter((one) => one.deletedAt === undefined).sort((a, b) => a.version - b.version);
  const text = String(ref).trim().replace(/^@/, '') || 'latest';
  const wanted = Object.hasOwn(aliases, text) ? aliases[text] : Number(text);
  const found = text === 'latest' ? live.at(-1) : live.find((one) => one.version === wanted);
  if (found) return found;
  const known = [...live.map((one) => String(one.version)), ...Object.keys(aliases)];
  throw new ProblemError({
    code: 'registry.not-found',
    at: { param: live.length === 0 ? 'name' : 'version' },
    args: { name, version: text },
    message: live.length === 0 ? NONE[what](name) : NO_VERSION[what](name, text),
    hint:
      live.length === 0
        ? phrase('registry.register-first', 'Register it first, restore it from the trash, or pick another one.')
        : phrase('registry.known-versions', 'There are {versions}; latest is {latest}.', {
            versions: known.slice(-12).join(', '),
            latest: String(live.at(-1)?.version),
          }),
  });
}
