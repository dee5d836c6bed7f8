/**
 * Words of node kinds and problems in the current language, falling back to the English that stands in their records.
 * Kinds and problems are found by id; labels, help and options by their English text, because many kinds share them.
 */
import type { Problem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import type { Port } from '../../kind/ports.ts';
import { language, lookUp, translate } from './text.ts';

export const kindText = (kind: Kind, field: 'title' | 'summary'): string => lookUp('kinds', kind.id, field) ?? kind[field];

/** Any text that a record of a kind holds: a label, a help sentence, the name of an option or of a list's item. */
export const wordText = (english: string): string => lookUp('words', english) ?? english;

export const paramText = (_kind: Kind, _id: string, param: Param, field: 'label' | 'help'): string => wordText(param[field]);

export const optionText = (_kind: Kind, _param: string, option: { value: string; label: string }): string => wordText(option.label);

export const portText = (port: Port): string => wordText(port.title);

/** A problem's sentence, next step and fix label. English is already filled in; other languages fill in by `args`. */
export function problemText(problem: Problem): { message: string; hint: string; fix?: string } {
  const say = (part: 'message' | 'hint' | 'fix', otherwise: string) => {
    if (language() === 'en' || lookUp('problems', ...problem.code.split('.'), part) === undefined) return otherwise;
    const filled = translate(`problems.${problem.code}.${part}`, { ...problem.args, ...problem.at });
    // A value that the problem did not bring leaves its placeholder standing: then English says it whole.
    return filled.includes('{') ? otherwise : filled;
  };
  return {
    message: say('message', problem.message),
    hint: say('hint', problem.hint),
    ...(problem.fix ? { fix: say('fix', problem.fix.label) } : {}),
  };
}
