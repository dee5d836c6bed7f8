/** Reads a number the way people type it: `1e-3`, `0.1*3`, `(2+4)/3`, `20%`; pure, no `eval`. */

/** The value, or `undefined` when the text is no number. */
export function readNumber(text: string): number | undefined {
  if (/[\d.]\s+[\d.]/.test(text)) return undefined;
  const plain = text.replace(/\s+/g, '').replace(/−/g, '-');
  const tokens = plain.match(/\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[-+*/()%^]/g);
  if (!tokens || tokens.join('') !== plain) return undefined;
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = power();
    while (tokens[at] === '*' || tokens[at] === '/') value = tokens[at++] === '*' ? value * power() : value / power();
    return value;
  };
  const power = (): number => {
    const base = unit();
    if (tokens[at] !== '^') return base;
    at++;
    return base ** power();
  };
  const unit = (): number => {
    const token = tokens[at++];
    if (token === '-') return -unit();
    if (token === '+') return unit();
    let value: number;
    if (token === '(') {
      value = sum();
      if (tokens[at++] !== ')') return Number.NaN;
    } else value = token === undefined ? Number.NaN : Number(token);
    if (tokens[at] === '%') {
      at++;
      return value / 100;
    }
    return value;
  };
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : undefined;
}
