/** Cuts a formula into tokens: numbers, 'texts', names, [any column name] or `any column name`, operators. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';

export interface Token {
  type: 'number' | 'text' | 'name' | 'column' | 'operator' | 'end';
  text: string;
  from: number;
  to: number;
}

/** A Problem at a place in the formula. */
export function formulaError(message: Phrase, hint: Phrase, from: number, to: number): ProblemError {
  return new ProblemError({ code: 'formula', args: { from, to }, message, hint });
}

const OPERATORS = ['<=', '>=', '!=', '<>', '==', '&&', '||', '+', '-', '*', '/', '%', '^', '&', '=', '<', '>', '(', ')', ',', '!'];
const CLOSING: Record<string, string> = { '[': ']', '`': '`', '"': '"', "'": "'" };

export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const number = /^(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/.exec(rest);
    const name = /^[\p{L}_][\p{L}\p{N}_.]*/u.exec(rest);
    const close = CLOSING[rest[0]];
    const from = at;
    if (number) {
      at += number[0].length;
      tokens.push({ type: 'number', text: number[0], from, to: at });
    } else if (name) {
      at += name[0].length;
      tokens.push({ type: 'name', text: name[0], from, to: at });
    } else if (close) {
      let text = '';
      let i = at + 1;
      // A doubled closing mark stands for itself.
      for (; i < source.length; i++) {
        if (source[i] === close && source[i + 1] === close) text += source[i++];
        else if (source[i] === close) break;
        else text += source[i];
      }
      if (i >= source.length)
        throw formulaError(
          phrase('formula.not-closed', 'The {sign} at position {position} is never closed.', { sign: rest[0], position: at + 1 }),
          close === ']' || close === '`'
            ? phrase('formula.close-column', 'Add {sign} where the column name ends.', { sign: close })
            : phrase('formula.close-text', 'Add {sign} where the text ends.', { sign: close }),
          at,
          source.length,
        );
      at = i + 1;
      tokens.push({ type: rest[0] === '[' || rest[0] === '`' ? 'column' : 'text', text, from, to: at });
    } else {
      const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
      if (!operator)
        throw formulaError(
          phrase('formula.unknown-sign', '“{sign}” at position {position} means nothing in a formula.', {
            sign: rest[0],
            position: at + 1,
          }),
          phrase('formula.how-to-quote', 'Write column names with spaces in [brackets] and texts in quotes.'),
          at,
          at + 1,
        );
      at += operator.length;
      tokens.push({ type: 'operator', text: operator, from, to: at });
    }
  }
  tokens.push({ type: 'end', text: '', from: source.length, to: source.length });
  return tokens;
}
