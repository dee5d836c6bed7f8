/** Names and version references that datasets and models share: what a name may be, and which version `latest`, `3` or an alias is. */
import { ProblemError } from '../base/problem.ts';
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
    message: trimmed === '' ? `The ${what} needs a name.` : `“${trimmed.slice(0, 90)}” cannot be the name of a ${what}.`,
    hint: 'Use up to 80 letters, digits, spaces, dots, dashes or underscores; / \\ : and @ have a meaning of their own.',
  });
}

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
    message:
      live.length === 0 ? `There is no ${what} called “${name}” in this workspace.` : `The ${what} “${name}” has no version “${text}”.`,
    hint:
      live.length === 0
        ? `Register it first, restore it from the trash, or pick another ${what}.`
        : `There are ${known.slice(-12).join(', ')}; latest is ${live.at(-1)?.version}.`,
  });
}
