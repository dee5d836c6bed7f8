/** Column names that mean "what we predict", and names that never do. */
const NAMES: readonly ReadonlySet<string>[] = [
  new Set(['target', 'label', 'class', 'outcome', 'response', 'dependent']),
  new Set('survived churn churned fraud default defaulted diagnosis species delayed spam approved converted sentiment'.split(' ')),
  new Set('price saleprice salary income quality rating score revenue sales cost charges demand cnt count mpg'.split(' ')),
];

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/^(is|has|was)[_\s]/u, '')
    .replace(/[^a-z]/gu, '');

/** How surely the name says that the column is the target: 0 the surest, 2 the least; undefined when it does not. A “y” does in last place only. */
export function targetNameRank(name: string, last: boolean): number | undefined {
  if (last && plain(name) === 'y') return 0;
  const rank = NAMES.findIndex((names) => names.has(plain(name)));
  return rank < 0 ? undefined : rank;
}

/** `id`, `customer_id`, `row index` …: a name for telling rows apart. */
export const isIdentifierName = (name: string): boolean => /(^|[_\s])(id|uuid|key|index)$/iu.test(name);
