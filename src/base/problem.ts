/** The one error shape of the product: a plain sentence, its cause and the next step, at the place it belongs to. */
import type { Json } from './json.ts';
import { inEnglish, isPhrase, type Phrase, type Words } from './words.ts';

/** Where a problem belongs; all parts optional, the narrowest one wins. `row` and `column` point into the data. */
export interface Place {
  node?: string;
  port?: string;
  param?: string;
  column?: string;
  row?: number;
  wire?: string;
}

/** A repair we know: `command` names a UI or engine command, `label` is the verb on the button ("Drop 4 columns"). */
export interface Fix {
  label: string;
  command: string;
  args?: Record<string, Json>;
}

export interface Problem {
  /** Stable, dotted: `csv.unclosed-quote`. Also the key of the translated sentence, when one exists. */
  code: string;
  severity: 'error' | 'warning' | 'note';
  at: Place;
  /** What happened, one sentence in plain words, already filled in (English). */
  message: string;
  /** Values inside the sentence, for translation and for tests. */
  args: Record<string, Json>;
  /** The next step, one sentence. */
  hint: string;
  fix?: Fix;
  /** What was said as a phrase, for other languages; the parts that are not here are found under the code. */
  said?: { message?: Phrase; hint?: Phrase; fix?: Phrase };
  /** Stack or raw text for "Details"; never the only content. */
  details?: string;
}

/** Sentences that depend on the case are given as phrases; those that a code always says, as plain English. */
export type ProblemInput = Partial<Omit<Problem, 'message' | 'hint' | 'fix' | 'said'>> & {
  code: string;
  message: Words;
  hint: Words;
  fix?: Omit<Fix, 'label'> & { label: Words };
};

/** Makes a problem; severity defaults to `error`, place and args to empty. */
export function problem({ message, hint, fix, ...input }: ProblemInput): Problem {
  const said = Object.entries({ message, hint, fix: fix?.label }).filter(([, words]) => isPhrase(words));
  return {
    severity: 'error',
    at: {},
    args: {},
    ...input,
    message: inEnglish(message),
    hint: inEnglish(hint),
    ...(fix ? { fix: { ...fix, label: inEnglish(fix.label) } } : {}),
    ...(said.length > 0 ? { said: Object.fromEntries(said) } : {}),
  };
}

/** A problem's sentence where a reason or a note is wanted; other languages find it under the problem's code. */
export const problemWords = ({ code, args, at, message, said }: Problem): Phrase =>
  said?.message ?? { code: `problem.${code}`, args: { ...args, ...(at as Record<string, Json>) }, text: message };

/** Thrown where control must leave; everything that catches turns it back into its `problem`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(input: ProblemInput) {
    super(inEnglish(input.message));
    this.name = 'ProblemError';
    this.problem = problem(input);
  }
}

/** Turns anything thrown into a Problem; unknown errors keep their text and stack under `details`. */
export function toProblem(error: unknown, at: Place = {}): Problem {
  if (error instanceof ProblemError) return { ...error.problem, at: { ...at, ...error.problem.at } };
  const text = error instanceof Error ? error.message : String(error);
  return problem({
    code: 'internal',
    at,
    message: `This step stopped unexpectedly: ${text}`,
    hint: 'Change its settings or its input and run again; the details help when you report it.',
    args: { text },
    details: error instanceof Error ? (error.stack ?? text) : text,
  });
}
