/** What the core says, in the current language: phrases and problems by their code, filled in by that language; else the English. */
import type { Problem } from '../../base/problem.ts';
import { fillIn, inEnglish, isPhrase, type Phrase, type Words, type Writer } from '../../base/words.ts';
import { formatFor } from './format.ts';
import { language, lookUp, translate, translateToEnglish } from './text.ts';

/** Areas of the interface whose texts are kept. */
const OURS = /^(designer|canvas|versions|inspect)\./;

const writer = (): Writer => ({
  number: formatFor(language()).number,
  list: (items) => items.join(language() === 'zh' ? '、' : ', '),
  phrase: phraseText,
});

/** A result line, reason, note or line of a log. */
export const wordsText = (words: Words): string => (typeof words === 'string' ? words : phraseText(words));

function phraseText({ code, args, text }: Phrase): string {
  if (language() === 'en') return text;
  if (OURS.test(code)) return translate(code, spelled(args, wordsText));
  const template = templateOf(code, args, text);
  return (template === undefined ? undefined : fillIn(template, args, writer())) ?? text;
}

/** A text of the interface that is kept, such as a step of the history: it goes on speaking the interface's language. */
export const keptWords = (
  key: `${'designer' | 'canvas' | 'versions' | 'inspect'}.${string}`,
  args: Record<string, Words | number> = {},
): Phrase => ({
  code: key,
  args,
  text: translateToEnglish(key, spelled(args, inEnglish)),
});

const spelled = (args: Readonly<Record<string, unknown>>, say: (words: Words) => string) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isPhrase(value) ? say(value) : value]));

/** Kinds, metrics, labels and problems have areas of their own; all else is under `phrases`. */
function templateOf(code: string, args: Phrase['args'], text: string): string | undefined {
  if (code === 'kind') return lookUp('kinds', String(args.id), 'title');
  if (code === 'metric') return lookUp('metrics', String(args.id), 'name');
  if (code === 'label') return lookUp('words', text);
  const [area, ...path] = code.split('.');
  return area === 'problem' ? lookUp('problems', ...path, 'message') : lookUp('phrases', area, ...path);
}

/** A problem's sentence, next step and fix label. */
export function problemText({ code, args, at, message, hint, fix, said }: Problem): { message: string; hint: string; fix?: string } {
  const say = (part: 'message' | 'hint' | 'fix', english: string): string => {
    const phrase = said?.[part];
    if (phrase) return phraseText(phrase);
    const template = language() === 'en' ? undefined : lookUp('problems', ...code.split('.'), part);
    // A value that the problem did not bring leaves a gap: then English says it whole.
    return (template === undefined ? undefined : fillIn(template, { ...args, ...at }, writer())) ?? english;
  };
  return { message: say('message', message), hint: say('hint', hint), ...(fix ? { fix: say('fix', fix.label) } : {}) };
}
