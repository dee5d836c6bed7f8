/** What the user has chosen to look at in a set of results: model, positive class and threshold, shared by all its views. */
import { useCallback, useMemo, useState } from 'react';
import type { ModelResult, Results } from '../../recipe/results.ts';
import { positiveCode, type Scored, scoredFor } from './curves.ts';
import { ranked } from './metric-order.ts';

export interface Judged {
  results: Results;
  model: ModelResult;
  modelIndex: number;
  setModel: (index: number) => void;
  classes: readonly string[];
  /** Class code treated as positive. */
  positive: number;
  setPositive: (code: number) => void;
  /** Two classes and probabilities: thresholds make sense. */
  binary: boolean;
  threshold: number;
  setThreshold: (value: number) => void;
  /** Rows with a known truth. */
  n: number;
  /** Scores of the positive class for one of the models. */
  scored: (index: number) => Scored;
}

export function useJudged(results: Results): Judged {
  const [modelIndex, setModel] = useState(() => results.models.indexOf(ranked(results)[0]));
  const [positive, setPositiveCode] = useState(() => positiveCode(results));
  const [threshold, setThreshold] = useState(0.5);
  const classes = results.classes ?? [];
  const model = results.models[Math.min(modelIndex, results.models.length - 1)];
  const setPositive = useCallback((code: number) => {
    setPositiveCode(code);
    setThreshold((value) => Math.round((1 - value) * 100) / 100);
  }, []);
  const scored = useMemo(() => {
    const made = new Map<number, Scored>();
    return (index: number) => {
      let value = made.get(index);
      if (!value) {
        value = scoredFor(results.models[index], positive, results.classes?.length ?? 0);
        made.set(index, value);
      }
      return value;
    };
  }, [results, positive]);
  const classify = results.task === 'classify';
  const n = useMemo(
    () => model.truth.reduce((count, value) => count + (Number.isNaN(value) || (classify && value < 0) ? 0 : 1), 0),
    [model, classify],
  );
  return {
    results,
    model,
    modelIndex: results.models.indexOf(model),
    setModel,
    classes,
    positive: Math.max(0, Math.min(positive, classes.length - 1)),
    setPositive,
    binary: results.task === 'classify' && classes.length === 2 && model.probabilities !== undefined,
    threshold,
    setThreshold,
    n,
    scored,
  };
}
