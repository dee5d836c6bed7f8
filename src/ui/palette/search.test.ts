/** The golden list: what people type — titles, peers' names, code names, typos — and the node that must come first. */
import { describe, expect, it } from 'vitest';
import { allKinds } from '../state/kinds.ts';
import { nearest, nearPrefix, search, searchable, words } from './search.ts';

const items = allKinds().map((kind) => searchable(kind));

/** What people type: our titles, the names of scikit-learn, pandas, KNIME, Azure ML and Orange, plain words, and one slip of the finger. */
const GOLDEN: readonly [query: string, kind: string][] = [
  ['file import', 'data.file-import'],
  ['csv', 'data.file-import'],
  ['read_csv', 'data.file-import'],
  ['CSV File Import', 'data.file-import'],
  ['excel', 'data.file-import'],
  ['parquet', 'data.file-import'],
  ['sample', 'data.sample'],
  ['load_iris', 'data.sample'],
  ['Enter Data Manually', 'data.enter'],
  ['Table Creator', 'data.enter'],
  ['register dataset', 'data.register-dataset'],
  ['to_csv', 'data.save'],
  ['Export Data', 'data.save'],
  ['Data Table', 'look.table'],
  ['describe', 'look.profile'],
  ['Summarize Data', 'look.profile'],
  ['Feature Statistics', 'look.profile'],
  ['split', 'prepare.split'],
  ['Partitioning', 'prepare.split'],
  ['train_test_split', 'prepare.split'],
  ['Data Sampler', 'prepare.split'],
  ['splt', 'prepare.split'],
  ['select columns', 'prepare.select-columns'],
  ['Select Columns in Dataset', 'prepare.select-columns'],
  ['Column Filter', 'prepare.select-columns'],
  ['drop columns', 'prepare.select-columns'],
  ['drop missing', 'prepare.drop-missing'],
  ['dropna', 'prepare.drop-missing'],
  ['fillna', 'prepare.fill-missing'],
  ['Impute', 'prepare.fill-missing'],
  ['SimpleImputer', 'prepare.fill-missing'],
  ['Clean Missing Data', 'prepare.fill-missing'],
  ['Missing Value', 'prepare.fill-missing'],
  ['replace', 'prepare.replace'],
  ['String Replacer', 'prepare.replace'],
  ['rename', 'prepare.rename'],
  ['edit metadata', 'prepare.edit-metadata'],
  ['astype', 'prepare.edit-metadata'],
  ['Edit Domain', 'prepare.edit-metadata'],
  ['pd.concat', 'prepare.concat'],
  ['append', 'prepare.concat'],
  ['Add Rows', 'prepare.concat'],
  ['transpose', 'prepare.transpose'],
  ['pd.merge', 'prepare.join'],
  ['Joiner', 'prepare.join'],
  ['vlookup', 'prepare.join'],
  ['groupby', 'prepare.group-by'],
  ['pivot', 'prepare.group-by'],
  ['Row Filter', 'prepare.filter-rows'],
  ['df.query', 'prepare.filter-rows'],
  ['filtr rows', 'prepare.filter-rows'],
  ['sort_values', 'prepare.sort'],
  ['order by', 'prepare.sort'],
  ['drop_duplicates', 'prepare.remove-duplicates'],
  ['Remove Duplicate Rows', 'prepare.remove-duplicates'],
  ['Math Formula', 'prepare.formula'],
  ['Feature Constructor', 'prepare.formula'],
  ['weekday', 'prepare.date-parts'],
  ['sum', 'prepare.aggregate'],
  ['StandardScaler', 'features.normalise'],
  ['normalize', 'features.normalise'],
  ['get_dummies', 'features.encode'],
  ['one-hot', 'features.encode'],
  ['Group Data into Bins', 'features.bin'],
  ['KBinsDiscretizer', 'features.bin'],
  ['IsolationForest', 'unsupervised.anomalies'],
  ['outliers', 'unsupervised.anomalies'],
  ['PCA', 'features.components'],
  ['KMeans', 'unsupervised.clusters'],
  ['clustering', 'unsupervised.clusters'],
  ['xgboost', 'learn.boosting'],
  ['Two-Class Boosted Decision Tree', 'learn.boosting'],
  ['gradient bosting', 'learn.boosting'],
  ['LogisticRegression', 'learn.logistic'],
  ['lgoistic', 'learn.logistic'],
  ['ridge', 'learn.linear'],
  ['OLS', 'learn.linear'],
  ['Lasso', 'learn.linear'],
  ['ElasticNetCV', 'learn.linear'],
  ['PoissonRegressor', 'learn.poisson'],
  ['GLM', 'learn.poisson'],
  ['LinearSVC', 'learn.svm'],
  ['SGDClassifier', 'learn.svm'],
  ['Averaged Perceptron', 'learn.svm'],
  ['GaussianNB', 'learn.naive-bayes'],
  ['naive bayes', 'learn.naive-bayes'],
  ['PolynomialFeatures', 'features.polynomial'],
  ['interactions', 'features.polynomial'],
  ['DecisionTreeClassifier', 'learn.tree'],
  ['RandomForestClassifier', 'learn.random-forest'],
  ['CART', 'learn.tree'],
  ['MLPClassifier', 'learn.neural-network'],
  ['KNeighborsClassifier', 'learn.nearest-neighbours'],
  ['SVC', 'learn.kernel'],
  ['KernelRidge', 'learn.kernel'],
  ['kNN', 'learn.nearest-neighbours'],
  ['nearest neighbors', 'learn.nearest-neighbours'],
  ['deep learning', 'learn.neural-network'],
  ['DummyClassifier', 'learn.baseline'],
  ['Train Model', 'evaluate.train'],
  ['Score Model', 'evaluate.score'],
  ['predict_proba', 'evaluate.score'],
  ['confusion matrix', 'evaluate.evaluate'],
  ['roc_auc_score', 'evaluate.evaluate'],
  ['Test and Score', 'evaluate.evaluate'],
  ['cross_val_score', 'evaluate.cross-validate'],
  ['k-fold', 'evaluate.cross-validate'],
  ['SHAP', 'evaluate.explain'],
  ['TreeExplainer', 'evaluate.explain'],
  ['register model', 'deliver.register-model'],
  ['mlflow', 'deliver.register-model'],
  ['skl2onnx', 'deliver.export-onnx'],
  ['Model Reader', 'deliver.load-model'],
  ['InferenceSession', 'deliver.import-onnx'],
  ['Execute Python Script', 'script.javascript'],
  ['danfojs', 'script.javascript'],
];

describe('search', () => {
  it('asks at least 80 different things of every kind in the registry', () => {
    expect(new Set(GOLDEN.map(([query]) => query)).size).toBe(GOLDEN.length);
    expect(GOLDEN.length).toBeGreaterThanOrEqual(80);
    expect(GOLDEN.filter(([, kind]) => !allKinds().some(({ id }) => id === kind))).toEqual([]);
  });

  it('finds the right node in the first three, always', () => {
    const missed = GOLDEN.filter(
      ([query, kind]) =>
        !search(items, query)
          .slice(0, 3)
          .some((found) => found.id === kind),
    );
    expect(missed).toEqual([]);
  });

  it('puts it first in at least 95 of 100', () => {
    const missed = GOLDEN.filter(([query, kind]) => search(items, query)[0]?.id !== kind).map(([query, kind]) => [
      query,
      kind,
      search(items, query)[0]?.id,
    ]);
    expect(missed.length / GOLDEN.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
  });

  it('finds every kind first by its own title, and in the first three with one letter left out of it', () => {
    for (const { kind } of items) {
      expect(search(items, kind.title)[0].id, kind.title).toBe(kind.id);
      for (const word of words(kind.title).filter((part) => part.length >= 6)) {
        const slip = kind.title.toLowerCase().replace(word, word.slice(0, 3) + word.slice(4));
        const found = search(items, slip).slice(0, 3);
        expect(
          found.map(({ id }) => id),
          slip,
        ).toContain(kind.id);
      }
    }
  });

  it('answers an empty query with everything and nonsense with nothing', () => {
    expect(search(items, ' ')).toHaveLength(items.length);
    expect(search(items, 'qqqqzzzz')).toEqual([]);
  });

  it('finds two Chinese signs inside a title', () => {
    const chinese = allKinds().map((kind) => searchable(kind, kind.id === 'prepare.fill-missing' ? '填充缺失值' : kind.title));
    expect(search(chinese, '缺失')[0]?.id).toBe('prepare.fill-missing');
  });
});

describe('nearest', () => {
  it.each([
    ['imputter', 'prepare.fill-missing'],
    ['bootsed treees', 'learn.boosting'],
    ['transpsoed', 'prepare.transpose'],
    ['normolisation', 'features.normalise'],
  ])('%s has a name of %s among the three most like it', (query, kind) => {
    expect(nearest(items, query).map(({ id }) => id)).toContain(kind);
  });
  it('names none for what is like nothing', () => expect(nearest(items, 'zzqqxx')).toEqual([]));
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
