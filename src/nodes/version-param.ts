/** The version parameter of nodes that read from the registry. */
import { phrase, type Words } from '../base/words.ts';
import { text } from '../kind/params.ts';

export const versionParam = (what: string, more = '') =>
  text('Version', 'latest', `A version number, or “latest” for the newest ${what}${more}.`, {
    placeholder: 'latest',
    pattern: '@?[\\w.-]+',
  });

/** "titanic:3", "titanic:latest"; what people see on the node. */
export const versionBrief = (name: unknown, version: unknown): Words =>
  name === '' ? phrase('brief.not-chosen', 'not chosen yet') : `${String(name)}:${String(version === '' ? 'latest' : version)}`;
