/** Words of node kinds and problems in the current language, falling back to the English that stands in their records. */
import type { Problem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import type { Port } from '../../kind/ports.ts';
import { language, lookUp, translate } from './text.ts';

export const kindText = (kind: Kind, field: 'title' | 'summary'): string => lookUp('kinds', kind.id, field) ?? kind[field];

/** Looks under the kind first, then under the words that many kinds share ("Target", "Features", "Seed"). */
export const paramText = (kind: Kind, id: string, param: Param, field: 'label' | 'help'): string =>
  lookUp('kinds', kind.id, 'params', id, field) ?? lookUp('params', id, field) ?? param[field];

export const optionText = (kind: Kind, param: string, option: { value: string; label: string }): string =>
  lookUp('kinds', kind.id, 'params', param, 'options', option.value) ?? lookUp('params', param, 'options', option.value) ?? option.label;

export const portText = (port: Port): string => lookUp('ports', port.id) ?? port.title;

/** A problem's sentence, next step and fix label. English is already filled in; other languages fill in by `args`. */
export function problemText(problem: Problem): { message: string; hint: string; fix?: string } {
  const say = (part: 'message' | 'hint' | 'fix', otherwise: string) =>
    language() !== 'en' && lookUp('problems', problem.code, part) !== undefined
      ? translate(`problems.${problem.code}.${part}`, { ...problem.args, ...problem.at })
      : otherwise;
  return {
    message: say('message', problem.message),
    hint: say('hint', problem.hint),
    ...(problem.fix ? { fix: say('fix', problem.fix.label) } : {}),
  };
}
