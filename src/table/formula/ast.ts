/** A formula as a tree. Positions count UTF-16 units from the start of the text, for marking the fault. */
export type FormulaType = 'number' | 'text' | 'boolean' | 'datetime';
interface At {
  from: number;
  to: number;
}
export type Expression = At &
  (
    | { type: 'number'; value: number }
    | { type: 'text'; value: string }
    | { type: 'boolean'; value: boolean }
    | { type: 'missing' }
    | { type: 'column'; name: string }
    | { type: 'unary'; operator: '-' | 'not'; argument: Expression }
    | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
    | { type: 'call'; name: string; arguments: Expression[] }
  );
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | '&' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** Columns that the formula reads, each once, in order of appearance. */
export function columnsRead(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (e: Expression): void => {
    if (e.type === 'column') names.add(e.name);
    else if (e.type === 'unary') visit(e.argument);
    else if (e.type === 'binary') {
      visit(e.left);
      visit(e.right);
    } else if (e.type === 'call') e.arguments.forEach(visit);
  };
  visit(expression);
  return [...names];
}
