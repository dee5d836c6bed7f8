/** The golden list: what people type — titles, peers' names, code names, typos — and the node that must come first. */
import { describe, expect, it } from 'vitest';
import { allKinds } from '../state/kinds.ts';
import { nearPrefix, search, searchable, words } from './search.ts';

const items = allKinds().map((kind) => searchable(kind));
const known = new Set(allKinds().map((kind) => kind.id));

const GOLDEN: readonly [query: string, kind: string][] = [
  ['file import', 'data.file-import'],
  ['csv', 'data.file-import'],
  ['read_csv', 'data.file-import'],
  ['import data', 'data.file-import'],
  ['excel', 'data.file-import'],
  ['parquet', 'data.file-import'],
  ['sample', 'data.sample'],
  ['enter data', 'data.enter'],
  ['register dataset', 'data.register-dataset'],
  ['split', 'prepare.split'],
  ['Split Data', 'prepare.split'],
  ['Partitioning', 'prepare.split'],
  ['train_test_split', 'prepare.split'],
  ['splt', 'prepare.split'],
  ['select columns', 'prepare.select-columns'],
  ['drop missing', 'prepare.drop-missing'],
  ['dropna', 'prepare.drop-missing'],
  ['fillna', 'prepare.fill-missing'],
  ['fill missing', 'prepare.fill-missing'],
  ['impute', 'prepare.fill-missing'],
  ['replace', 'prepare.replace'],
  ['rename', 'prepare.rename'],
  ['edit metadata', 'prepare.edit-metadata'],
  ['astype', 'prepare.edit-metadata'],
  ['concat', 'prepare.concat'],
  ['append', 'prepare.concat'],
  ['transpose', 'prepare.transpose'],
  ['join', 'prepare.join'],
  ['merge', 'prepare.join'],
  ['group by', 'prepare.group-by'],
  ['groupby', 'prepare.group-by'],
  ['filter', 'prepare.filter-rows'],
  ['filtr rows', 'prepare.filter-rows'],
  ['sort', 'prepare.sort'],
  ['sort_values', 'prepare.sort'],
  ['duplicates', 'prepare.remove-duplicates'],
  ['drop_duplicates', 'prepare.remove-duplicates'],
  ['formula', 'prepare.formula'],
  ['date parts', 'prepare.date-parts'],
  ['normalise', 'features.normalise'],
  ['normalize', 'features.normalise'],
  ['StandardScaler', 'features.normalise'],
  ['one-hot', 'features.encode'],
  ['onehot', 'features.encode'],
  ['get_dummies', 'features.encode'],
  ['bin', 'features.bin'],
  ['gradient boosting', 'learn.boosting'],
  ['xgboost', 'learn.boosting'],
  ['lightgbm', 'learn.boosting'],
  ['gradient bosting', 'learn.boosting'],
  ['logistic', 'learn.logistic'],
  ['LogisticRegression', 'learn.logistic'],
  ['linear regression', 'learn.linear'],
  ['ridge', 'learn.linear'],
  ['decision tree', 'learn.tree'],
  ['neural', 'learn.neural-network'],
  ['mlp', 'learn.neural-network'],
  ['baseline', 'learn.baseline'],
  ['evaluate', 'evaluate.evaluate'],
  ['cross validate', 'evaluate.cross-validate'],
  ['cross_val_score', 'evaluate.cross-validate'],
  ['score', 'evaluate.score'],
  ['predict', 'evaluate.score'],
  ['train model', 'evaluate.train'],
  ['register model', 'deliver.register-model'],
  ['onnx', 'deliver.export-onnx'],
  ['load model', 'deliver.load-model'],
  ['script', 'script.javascript'],
  ['javascript', 'script.javascript'],
  ['Execute Python Script', 'script.javascript'],
  ['sum', 'prepare.aggregate'],
  ['aggregate', 'prepare.aggregate'],
  ['astype', 'prepare.edit-metadata'],
  ['cast', 'prepare.edit-metadata'],
  ['SimpleImputer', 'prepare.fill-missing'],
  ['Clean Missing Data', 'prepare.fill-missing'],
  ['Group into bins', 'features.bin'],
  ['KBinsDiscretizer', 'features.bin'],
  ['DummyClassifier', 'learn.baseline'],
  ['DecisionTreeClassifier', 'learn.tree'],
  ['MLPClassifier', 'learn.neural-network'],
  ['Evaluate Model', 'evaluate.evaluate'],
  ['confusion matrix', 'evaluate.evaluate'],
  ['Score Model', 'evaluate.score'],
  ['Remove Duplicate Rows', 'prepare.remove-duplicates'],
  ['Select Columns in Dataset', 'prepare.select-columns'],
  ['describe', 'look.profile'],
  ['to_csv', 'data.save'],
];
const asked = GOLDEN.filter(([, kind]) => known.has(kind));

describe('search', () => {
  it('asks the golden list of the kinds in this build', () => {
    expect(asked.length).toBeGreaterThanOrEqual(40);
  });

  it('finds the right node in the first three, always', () => {
    const missed = asked.filter(
      ([query, kind]) =>
        !search(items, query)
          .slice(0, 3)
          .some((found) => found.id === kind),
    );
    expect(missed).toEqual([]);
  });

  it('puts it first in at least 95 of 100', () => {
    const missed = asked
      .filter(([query, kind]) => search(items, query)[0]?.id !== kind)
      .map(([query, kind]) => [query, kind, search(items, query)[0]?.id]);
    expect(missed.length / asked.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
  });

  it('answers in under 5 ms', () => {
    search(items, 'warm up');
    const start = performance.now();
    for (let i = 0; i < 20; i++) search(items, 'gradient bosting');
    expect((performance.now() - start) / 20).toBeLessThan(5);
  });

  it('answers an empty query with everything and nonsense with nothing', () => {
    expect(search(items, ' ')).toHaveLength(items.length);
    expect(search(items, 'qqqqzzzz')).toEqual([]);
  });
});

describe('one typo', () => {
  it.each([
    ['gradiet', 'gradient'],
    ['gradeint', 'gradient'],
    ['grasient', 'gradient'],
    ['gradiient', 'gradient'],
    ['lgoistic', 'logistic'],
  ])('%s is near %s', (typed, word) => expect(nearPrefix(typed, word)).toBe(true));
  it.each([
    ['gridaent', 'gradient'],
    ['abc', 'abd'],
    ['logistic', 'gradient'],
  ])('%s is not near %s', (typed, word) => expect(nearPrefix(typed, word)).toBe(false));
  it('splits code names', () => expect(words('HistGradient_boosting-2')).toEqual(['hist', 'gradient', 'boosting', '2']));
});
