/**
 * The trials that every search begins with, in order: cheap and different ones first. Settings are ours, from the families that won on
 * public benchmarks (Erickson et al. 2020, arXiv:2003.06505; Salinas and Erickson 2023, arXiv:2311.02971: small, large and extra-random boosted trees, a linear model, forests, networks).
 */
import type { ParamValues } from '../kind/params.ts';
import type { Goal } from '../recipe/fold.ts';
import type { OwnStep } from './own-steps.ts';
import type { TreeLosses } from './tree-losses.ts';

export type Family = 'boosting' | 'linear' | 'forest' | 'network' | 'kernel' | 'neighbours';
export const FAMILIES: readonly Family[] = ['boosting', 'forest', 'linear', 'network', 'kernel', 'neighbours'];
/** Those of a family of several that can be left out by themselves. */
export type Learner = 'random_forest' | 'extra_trees' | 'regression' | 'svm';
const FAMILY_OF: Readonly<Record<Learner, Family>> = {
  random_forest: 'forest',
  extra_trees: 'forest',
  regression: 'linear',
  svm: 'linear',
};
export const LEARNERS = Object.keys(FAMILY_OF) as readonly Learner[];
/** What may be raced. */
export interface Allowed {
  families: ReadonlySet<Family>;
  barred?: ReadonlySet<Learner>;
}
/** Whether the family of a draft is raced, and its learner not barred. */
export const allows = ({ families, barred }: Allowed, draft: Pick<Candidate, 'family' | 'kind' | 'params'>): boolean => {
  const learner = learnerOf(draft);
  return families.has(draft.family) && !(learner && barred?.has(learner));
};
function learnerOf({ family, kind, params }: Pick<Candidate, 'family' | 'kind' | 'params'>): Learner | undefined {
  if (family === 'forest') return params.splits === 'drawn' ? 'extra_trees' : 'random_forest';
  if (family === 'linear') return kind === 'learn.svm' ? 'svm' : 'regression';
  return undefined;
}
/** The families of which something is left. */
export const openFamilies = (families: readonly Family[], barred: ReadonlySet<Learner>): Family[] =>
  families.filter((family) => {
    const own = LEARNERS.filter((learner) => FAMILY_OF[learner] === family);
    return own.length === 0 || own.some((learner) => !barred.has(learner));
  });

export interface Candidate {
  /** Where it stands in the order; names its random streams. */
  id: number;
  family: Family;
  kind: string;
  params: ParamValues;
  /** What tells it from others of its learner. */
  variant: string;
  /** Before its learner, behind the steps of all. */
  steps?: readonly OwnStep[];
  /** In place of some settings, once its folds have found them. */
  settled?: ParamValues;
}
/** What it learns with. */
export const usedParams = ({ params, settled }: Pick<Candidate, 'params' | 'settled'>): ParamValues => ({ ...params, ...settled });
type Draft = Omit<Candidate, 'id'>;

export interface PortfolioAsk extends Allowed {
  goal: Pick<Goal, 'task' | 'classes'>;
  rows: number;
  features: number;
  /** Features that are numbers. */
  numbers: number;
  /** What evens out numbers for straight lines and networks. */
  evening: readonly OwnStep[];
  /** Columns that work together, for trees; see `crossedSteps`. */
  crossed: readonly OwnStep[];
  /** What gives straight lines more words. */
  words: readonly OwnStep[];
  losses: TreeLosses;
}

const boosting = (variant: string, params: ParamValues): Draft => ({
  family: 'boosting',
  kind: 'learn.boosting',
  variant,
  params: { rounds: 2000, early_stopping: true, ...params },
});
/** By another loss than the usual one, where there is one. */
const led = (draft: Draft, loss: string | undefined): Draft =>
  loss === undefined || draft.family !== 'boosting' || 'loss' in draft.params ? draft : { ...draft, params: { ...draft.params, loss } };
const forest = (variant: string, params: ParamValues): Draft => ({ family: 'forest', kind: 'learn.random-forest', variant, params });
const network = (variant: string, params: ParamValues): Draft => ({ family: 'network', kind: 'learn.neural-network', variant, params });
/** Behind the steps, where there are any. */
const behind = (draft: Draft, steps: readonly OwnStep[]): Draft => (steps.length > 0 ? { ...draft, steps } : draft);

/** Of all columns and down to single rows: the most certain of forests, as far as rows are few enough for it to matter. */
const wholeForest = forest('extra of all columns', { trees: 200, splits: 'drawn', bootstrap: false, min_leaf: 1, features_share: 1 });
/** A tenth of the time of the larger ones, and on few rows as good. */
const smallNetwork = network('one small layer', {
  hidden: '32',
  activation: 'elu',
  epochs: 100,
  learning_rate: 0.01,
  dropout: 0.2,
  weight_decay: 0.01,
});
const kernel: Draft = { family: 'kernel', kind: 'learn.kernel', variant: 'automatic', params: {} };
const margin: Draft = { family: 'linear', kind: 'learn.svm', variant: 'widest margin', params: { c: 1 } };
const neighbours: Draft = {
  family: 'neighbours',
  kind: 'learn.nearest-neighbours',
  variant: 'by distance',
  params: { weights: 'distance' },
};

function linear({ task }: PortfolioAsk['goal']): Draft[] {
  if (task === 'regress') return [{ family: 'linear', kind: 'learn.linear', variant: 'automatic', params: {} }];
  const of = (variant: string, c: number): Draft => ({ family: 'linear', kind: 'learn.logistic', variant, params: { c } });
  return [of('middle', 1), of('strong', 0.05), of('weak', 30)];
}

/** Curves and columns that work together, for straight-line models: all products of two number columns, where those are few. */
function products({ goal, rows, numbers }: PortfolioAsk): Draft[] {
  if (numbers < 2 || numbers > MOST_FACTORS || rows > MOST_ROWS.products) return [];
  const steps = [{ kind: 'features.polynomial', params: {} }];
  if (goal.task === 'regress') return [{ family: 'linear', kind: 'learn.linear', variant: 'products', params: {}, steps }];
  return [{ family: 'linear', kind: 'learn.logistic', variant: 'products', params: { c: 0.3 }, steps }];
}
const MOST_FACTORS = 30;
/** These compare every row with every other, or solve for hundreds of columns. */
const MOST_ROWS = { kernel: 2500, neighbours: 20_000, products: 10_000, margin: 20_000 };
/** One for each class. */
const MOST_BORDERS = 10;

/**
 * Small tables get fewer trials, lest the best of many be best by chance; `null` = no bound. Over one resplit of 18 tables of 120 to 600 rows 24 and 40 trials were
 * no worse than 16, nor were folds dealt anew any better: what guards is that few trials of each learner are weighed together (`MOST_ALIKE`).
 */
export const mostTrials = (rows: number): number | null =>
  rows <= 100 ? 10 : rows <= 250 ? 32 : rows <= 500 ? 60 : rows <= 2500 ? 150 : null;

/** Not down to the last digit: of thousands of weights that takes five times as many steps, and gains a hundredth of the log-loss at 1e-3 already. */
const WORDED = { tolerance: 5e-4 };
function wordedTrials({ words: steps }: PortfolioAsk, [first]: readonly Draft[]): Draft[] {
  if (steps.length === 0) return [];
  if (first.kind !== 'learn.logistic') return [{ ...first, variant: 'more words', steps }];
  const of = (variant: string, c: number): Draft => ({ ...first, variant, params: { c, ...WORDED }, steps });
  return [of('more words', 0.3), of('more words, strong', 0.05)];
}

/** With more columns than this, trees that look at most of them cost more than they bring. */
const WIDE = 40;

/** In the order in which they are tried, numbered from 0; those that are not allowed, or would take too long on such a table, are left out. */
export function portfolio(ask: PortfolioAsk): Candidate[] {
  const { goal, rows } = ask;
  const classes = goal.task === 'classify';
  const least = rows < 2000 ? 5 : 20;
  const patience = Math.max(20, Math.min(100, Math.round(1e6 / rows)));
  const few = rows <= MOST_ROWS.kernel;
  const straight = linear(goal);
  const worded = wordedTrials(ask, straight);
  // On few rows it costs ten times what other boosted trees do, and adds little: there it comes late.
  const levels = boosting('level by level', { learning_rate: 0.06, leaves: 64, growth: 'symmetric', min_leaf: 5, l2: 3, patience });
  const all: Draft[] = [
    straight[0],
    ...worded,
    boosting('plain', { learning_rate: 0.06, leaves: 31, min_leaf: least, column_share: 0.7, row_share: 0.9, l2: 1, patience }),
    forest('extra', {
      trees: 200,
      splits: 'drawn',
      bootstrap: false,
      min_leaf: 2,
      ...(classes || ask.features > WIDE ? {} : { features_share: 0.75 }),
    }),
    ...(few && ask.features <= WIDE ? [wholeForest] : []),
    ...(few ? [kernel] : []),
    boosting('small trees', { learning_rate: 0.08, leaves: 8, min_leaf: least, column_share: 0.5, row_share: 0.75, l2: 5, patience }),
    ...(ask.losses.more === undefined
      ? []
      : [
          boosting('amounts', {
            ...{ loss: ask.losses.more, learning_rate: 0.06, leaves: 31, min_leaf: least },
            ...{ column_share: 0.7, row_share: 0.9, l2: 1, patience },
          }),
        ]),
    ...(few ? [behind(smallNetwork, ask.evening)] : []),
    behind(
      network('three layers', { hidden: '128, 128, 128', activation: 'elu', epochs: 100, learning_rate: 0.003, dropout: 0.1 }),
      ask.evening,
    ),
    ...(ask.evening.length > 0 ? [{ ...straight[0], variant: 'evened out', steps: ask.evening }] : []),
    ...products(ask),
    ...(few ? [] : [levels]),
    boosting('extra random', {
      learning_rate: 0.05,
      leaves: 64,
      min_leaf: 10,
      random_thresholds: true,
      column_share: 0.5,
      l1: 0.5,
      l2: 0.5,
      patience,
    }),
    ...(rows <= MOST_ROWS.neighbours ? [neighbours] : []),
    ...straight.slice(1),
    boosting('large trees', {
      learning_rate: 0.03,
      leaves: 128,
      min_leaf: rows < 2000 ? 3 : 10,
      column_share: 0.6,
      row_share: 0.9,
      patience,
    }),
    forest('best splits', { trees: 200, features_share: 0.4, min_leaf: 2 }),
    ...(rows <= MOST_ROWS.margin && ask.features <= MOST_FACTORS && (goal.classes?.length ?? 0) <= MOST_BORDERS ? [margin] : []),
    network('two wide layers', { hidden: '256, 256', activation: 'relu', epochs: 100, learning_rate: 0.001, dropout: 0.3 }),
    ...(few ? [levels] : []),
    ...(ask.crossed.length > 0
      ? [
          behind(
            boosting('crossed', { learning_rate: 0.05, leaves: 31, min_leaf: least, column_share: 0.4, row_share: 0.8, l2: 1, patience }),
            ask.crossed,
          ),
        ]
      : []),
  ];
  return all.filter((draft) => allows(ask, draft)).map((draft, id) => ({ ...led(draft, ask.losses.all), id }));
}

/** What is no setting of the search. */
const KEPT: ReadonlySet<string> = new Set(['rounds', 'early_stopping', 'patience', 'loss']);
const DRAWN: readonly string[] = ['splits', 'bootstrap'];
/** One trial of each learner with its own usual settings, for a search from there. */
export function usual(ask: PortfolioAsk): Candidate[] {
  const kinds = new Set<string>();
  const first = portfolio({ ...ask, crossed: [], evening: [], words: [] }).filter(({ kind }) => !kinds.has(kind) && kinds.add(kind));
  // Where random forests are left out, a forest is not to become one.
  const own = ask.barred?.has('random_forest') ? DRAWN : [];
  const kept = (params: ParamValues): ParamValues =>
    Object.fromEntries(Object.entries(params).filter(([name]) => KEPT.has(name) || own.includes(name)));
  return first.map(({ steps: _, ...candidate }, id) => ({ ...candidate, id, variant: 'usual', params: kept(candidate.params) }));
}
