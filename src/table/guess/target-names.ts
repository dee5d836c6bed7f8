/** Column names that mean "what we predict", and names that never do. */
const NAMES: readonly ReadonlySet<string>[] = [
  new Set(['target', 'label', 'outcome', 'response', 'dependent']),
  new Set(
    'survived churn churned fraud default defaulted diagnosis species delayed spam approved converted sentiment attrition exited subscribed purchased purchase readmitted admitted denied deny canceled cancelled risk'.split(
      ' ',
    ),
  ),
  // What a price brings about, before the price.
  new Set('revenue sales demand cnt count sold unitssold quantitysold qtysold itemssold turnover'.split(' ')),
  new Set('price saleprice salary wage wages quality rating score cost charges mpg'.split(' ')),
  new Set(['class', 'income']),
];
const AT_ENDS: ReadonlySet<string> = new Set(['y', 'class']);
const GRADES: ReadonlySet<string> = new Set(['quality', 'rating', 'score']);
/** Ranks up to this one are surer than a last column of classes; names beyond it are often features too. */
export const SURE_RANK = 3;
export const TARGET_RANKS: readonly number[] = [...NAMES.keys()];

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/^(is|has|was)[_\s]/u, '')
    .replace(/[^a-z0-9]/gu, '');

/** Whether the name promises an amount: a “salary” of three codes is not the outcome. */
export const namesAmount = (name: string): boolean => !GRADES.has(plain(name)) && (NAMES[2].has(plain(name)) || NAMES[3].has(plain(name)));

/** How surely the name says that the column is the target: 0 the surest; undefined when it does not. A “y” or “class” is sure at an end of the table, most at the last. */
export function targetNameRank(name: string, ends: { first: string; last: string }): number | undefined {
  if (name === ends.last && AT_ENDS.has(plain(name))) return 0;
  if (name === ends.first && AT_ENDS.has(plain(name))) return SURE_RANK;
  const rank = NAMES.findIndex((names) => names.has(plain(name)));
  return rank < 0 ? undefined : rank;
}

/** `id`, `customer_id`, `PassengerId`, `row index` …: a name for telling rows apart. */
export const isIdentifierName = (name: string): boolean => /(^|[_\s.-])(id|uuid|key|index)$/iu.test(name) || /[a-z](Id|ID)$/u.test(name);
