/** Parses a formula by precedence climbing: or < and < not < comparison < & < + - < * / % < unary minus < ^. */
import { phrase } from '../../base/words.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import { formulaError, type Token, tokenise } from './tokens.ts';

const LEVELS = new Map<string, { level: number; operator: BinaryOperator }>(
  Object.entries({
    or: { level: 1, operator: 'or' },
    '||': { level: 1, operator: 'or' },
    and: { level: 2, operator: 'and' },
    '&&': { level: 2, operator: 'and' },
    '=': { level: 4, operator: '=' },
    '==': { level: 4, operator: '=' },
    '!=': { level: 4, operator: '!=' },
    '<>': { level: 4, operator: '!=' },
    '<': { level: 4, operator: '<' },
    '<=': { level: 4, operator: '<=' },
    '>': { level: 4, operator: '>' },
    '>=': { level: 4, operator: '>=' },
    '&': { level: 5, operator: '&' },
    '+': { level: 6, operator: '+' },
    '-': { level: 6, operator: '-' },
    '*': { level: 7, operator: '*' },
    '/': { level: 7, operator: '/' },
    '%': { level: 7, operator: '%' },
    '^': { level: 9, operator: '^' },
  }),
);
const NOT_LEVEL = 3;
const COMPARE_LEVEL = 4;
const MINUS_LEVEL = 8;
const POWER_LEVEL = 9;
const MAX_DEPTH = 200;
/** A long chain of operators is a deep tree as well. */
const MAX_TOKENS = 2000;

const SPLIT_IT = phrase('formula.split-it', 'Split it into several formulas.');
const unexpected = ({ text, from }: Token) =>
  phrase('formula.unexpected', '“{sign}” is not expected at position {position}.', { sign: text, position: from + 1 });

export function parseFormula(source: string): Expression {
  const tokens = tokenise(source);
  if (tokens.length > MAX_TOKENS) throw formulaError(phrase('formula.too-long', 'The formula is too long.'), SPLIT_IT, 0, source.length);
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at];
  const isOperator = (token: Token, text: string) => token.type === 'operator' && token.text === text;
  const keyword = (token: Token) => (token.type === 'name' ? token.text.toLowerCase() : token.type === 'operator' ? token.text : '');
  const expect = (text: string) => {
    const token = tokens[at++];
    if (!isOperator(token, text))
      throw formulaError(
        phrase('formula.missing-sign', '“{sign}” is missing at position {position}.', { sign: text, position: token.from + 1 }),
        phrase('formula.check-brackets', 'Check the brackets and commas before it.'),
        token.from,
        token.to,
      );
    return token;
  };

  const list = (): Expression[] => {
    const items: Expression[] = [];
    expect('(');
    if (!isOperator(peek(), ')')) {
      items.push(expression(0));
      while (isOperator(peek(), ',')) {
        at++;
        items.push(expression(0));
      }
    }
    return items;
  };

  const unary = (operator: '-' | 'not', argument: Expression, { from }: Token): Expression => ({
    type: 'unary',
    operator,
    argument,
    from,
    to: argument.to,
  });

  const primary = (): Expression => {
    const token = tokens[at++];
    const place = { from: token.from, to: token.to };
    const word = keyword(token);
    if (token.type === 'number') return { type: 'number', value: Number(token.text), ...place };
    if (token.type === 'text') return { type: 'text', value: token.text, ...place };
    if (token.type === 'column') return { type: 'column', name: token.text, ...place };
    if (isOperator(token, '-')) return unary('-', expression(MINUS_LEVEL), token);
    if (word === 'not' || word === '!') return unary('not', expression(NOT_LEVEL), token);
    if (isOperator(token, '(')) {
      const inner = expression(0);
      expect(')');
      return inner;
    }
    if (token.type === 'name') {
      if (isOperator(peek(), '(')) {
        const items = list();
        return { type: 'call', name: token.text.toLowerCase(), arguments: items, from: token.from, to: expect(')').to };
      }
      if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true', ...place };
      if (word === 'missing' || word === 'null') return { type: 'missing', ...place };
      return { type: 'column', name: token.text, ...place };
    }
    throw formulaError(
      token.type === 'end' ? phrase('formula.ends-early', 'The formula ends too early.') : unexpected(token),
      phrase('formula.value-wanted', 'A value, a column or a function belongs here.'),
      token.from,
      token.to,
    );
  };

  function expression(minimum: number): Expression {
    if (++depth > MAX_DEPTH)
      throw formulaError(phrase('formula.too-deep', 'The formula is nested too deeply.'), SPLIT_IT, 0, source.length);
    let left = primary();
    let compared = false;
    for (;;) {
      const token = peek();
      const found = LEVELS.get(keyword(token));
      if (!found || found.level < minimum) break;
      // In 1 < x < 5 the second comparison would look at true or false.
      if (found.level === COMPARE_LEVEL && compared)
        throw formulaError(
          phrase('formula.chained', 'Comparisons cannot be chained.'),
          phrase('formula.chained-hint', 'Write two of them with and: 1 < x and x < 5.'),
          token.from,
          token.to,
        );
      compared = found.level === COMPARE_LEVEL;
      at++;
      // Powers group from the right, everything else from the left.
      const right = expression(found.level === POWER_LEVEL ? MINUS_LEVEL : found.level + 1);
      left = { type: 'binary', operator: found.operator, left, right, from: left.from, to: right.to };
    }
    depth--;
    return left;
  }

  const result = expression(0);
  const end = peek();
  if (end.type !== 'end')
    throw formulaError(unexpected(end), phrase('formula.operator-wanted', 'Put an operator before it, or remove it.'), end.from, end.to);
  return result;
}
