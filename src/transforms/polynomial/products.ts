/** Which products of columns there are: of two or three, with or without a column times itself. */
import { ProblemError, problem } from '../../base/problem.ts';
import { freeName } from '../../kind/schema.ts';

/** More new columns than this help no model and fill the memory. */
export const MOST_PRODUCTS = 2000;

export interface Product {
  /** Places of the factors among the chosen columns, rising. */
  factors: number[];
  /** Place of the product of all but the last factor, for three; -1 for two. */
  before: number;
  name: string;
}

/** How many products `count` columns give. */
export function productCount(count: number, degree: number, interactions: boolean): number {
  const two = count > 0 ? (count * (interactions ? count - 1 : count + 1)) / 2 : 0;
  if (degree < 3) return two;
  return two + (interactions ? (two * Math.max(0, count - 2)) / 3 : (count * (count + 1) * (count + 2)) / 6);
}

/** "a²", "a × b", "a² × b". */
function nameOf(factors: readonly string[]): string {
  const powers = new Map<string, number>();
  for (const name of factors) powers.set(name, (powers.get(name) ?? 0) + 1);
  return [...powers].map(([name, power]) => `${name}${['', '', '²', '³'][power]}`).join(' × ');
}

export const tooMany = (count: number) =>
  problem({
    code: 'polynomial.too-many',
    at: { param: 'columns' },
    args: { count, most: MOST_PRODUCTS },
    message: `This would make ${count} new columns, and at most ${MOST_PRODUCTS} can be made.`,
    hint: 'Choose fewer columns, degree 2, or products of different columns only.',
  });

/** Products of two in the order of their columns, then those of three. Throws the Problem `polynomial.too-many`. */
export function productsOf(names: readonly string[], taken: Set<string>, degree: number, interactions: boolean): Product[] {
  const count = productCount(names.length, degree, interactions);
  if (count > MOST_PRODUCTS) throw new ProblemError(tooMany(count));
  const made = (factors: number[], before: number): Product => ({
    factors,
    before,
    name: freeName(nameOf(factors.map((f) => names[f])), taken),
  });
  const step = interactions ? 1 : 0;
  const products: Product[] = [];
  for (let a = 0; a < names.length; a++) for (let b = a + step; b < names.length; b++) products.push(made([a, b], -1));
  if (degree < 3) return products;
  const pairs = products.length;
  // Each product of two times every column that does not come before.
  for (let p = 0; p < pairs; p++) {
    const [a, b] = products[p].factors;
    for (let c = b + step; c < names.length; c++) products.push(made([a, b, c], p));
  }
  return products;
}
