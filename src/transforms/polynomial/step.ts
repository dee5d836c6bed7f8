/** Polynomial features as a table step: products of columns, missing where a factor is, or where the product is too large for a number. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { numbersOf } from '../../recipe/target.ts';
import { numeric } from '../../table/column.ts';
import { columnNamed, type Table, withColumn } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { FACTORS } from './kind.ts';
import { type Product, productsOf } from './products.ts';

interface Fitted {
  columns: string[];
  products: Product[];
}

export function fit(table: Table, params: ParamValues): Fitted {
  const columns = chosenNames(table, params.columns as ColumnPick, FACTORS);
  const taken = new Set(table.fields.map((field) => field.name));
  return { columns, products: productsOf(columns, taken, Number(params.degree), params.interactions === true) };
}

export function apply(table: Table, _params: ParamValues, fitted: unknown): Table {
  const { columns, products } = fitted as Fitted;
  const factors = columns.map((name) => numbersOf(columnNamed(table, name)));
  const made: Float64Array[] = [];
  for (const { factors: at, before } of products) {
    const left = before < 0 ? factors[at[0]] : made[before];
    const right = factors[at[at.length - 1]];
    made.push(
      left.map((value, i) => {
        const product = value * right[i];
        return Number.isFinite(product) ? product : Number.NaN;
      }),
    );
  }
  return products.reduce((result, { name }, p) => withColumn(result, { name, role: 'feature' }, numeric(made[p])), table);
}

const ALONG = { axis: { type: 'int' as const, value: 1 } };

/** Products of many pairs of columns at once: [batch, pairs]. */
function lowerProducts(graph: Graph, left: Value, lefts: number[], right: Value, rights: number[]): Value {
  const shape = { dtype: 'double' as const, dims: ['batch', lefts.length] };
  const pick = (from: Value, places: number[]) => graph.op('Gather', [from, graph.constant('int64', places)], shape, ALONG);
  const product = graph.op('Mul', [pick(left, lefts), pick(right, rights)], shape);
  // x - x is NaN for missing and infinite x alike.
  const lost = graph.op('IsNaN', [graph.op('Sub', [product, product], shape)], { dtype: 'bool', dims: shape.dims });
  return graph.op('Where', [lost, graph.constant('double', [Number.NaN], [1, 1], 'missing'), product], shape);
}

export function lower(graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const { columns: names, products } = fitted as Fitted;
  if (products.length === 0) return columns;
  const parts = names.map((name) => columns.get(name)!.value);
  const X = parts.length === 1 ? parts[0] : graph.op('Concat', parts, { dtype: 'double', dims: ['batch', parts.length] }, ALONG);
  const last = ({ factors }: Product) => factors[factors.length - 1];
  const two = products.filter(({ before }) => before < 0);
  const three = products.slice(two.length);
  const pairs = lowerProducts(
    graph,
    X,
    two.map(({ factors }) => factors[0]),
    X,
    two.map(last),
  );
  const triples =
    three.length > 0 &&
    lowerProducts(
      graph,
      pairs,
      three.map(({ before }) => before),
      X,
      three.map(last),
    );
  const result = new Map(columns);
  products.forEach(({ name }, p) => {
    const [from, place] = triples && p >= two.length ? [triples, p - two.length] : [pairs, p];
    const value = graph.op('Gather', [from, graph.constant('int64', [place])], { dtype: 'double', dims: ['batch', 1] }, ALONG);
    result.set(name, { type: 'number', value });
  });
  return result;
}

/** Every product is made from its factors. */
export function provenance(fitted: unknown): { name: string; from: string[] }[] {
  const { columns, products } = fitted as Fitted;
  return products.map(({ name, factors }) => ({ name, from: [...new Set(factors.map((f) => columns[f]))] }));
}

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): Phrase =>
  phrase('result.products', '{count} {product|products} added', { count: (fitted as Fitted).products.length });
