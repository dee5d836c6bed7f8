/** What the user has chosen to look at in a set of results: model, positive class and threshold, shared by all its views. */
import { useCallback, useMemo, useState } from 'react';
import type { ModelResult, Results } from '../../recipe/results.ts';
import { positiveCode, predictedAt, type Scored, scoredFor } from './curves.ts';
import { ranked } from './metric-order.ts';
import type { RowPick } from './picks.ts';

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
  /** What the model says of each row, at the threshold that is set. */
  predicted: Float64Array;
  /** Rows chosen in a matrix, a chart or by a chip. */
  pick: RowPick | undefined;
  setPick: (pick: RowPick | undefined) => void;
}

export function useJudged(results: Results): Judged {
  const [modelIndex, setModel] = useState(() => results.chosen ?? results.models.indexOf(ranked(results)[0]));
  const [positive, setPositiveCode] = useState(() => positiveCode(results));
  const [threshold, setThreshold] = useState(0.5);
  const [pick, setPick] = useState<RowPick>();
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
  const code = Math.max(0, Math.min(positive, classes.length - 1));
  const binary = classify && classes.length === 2 && model.probabilities !== undefined;
  const predicted = useMemo(() => (binary ? predictedAt(model, code, threshold) : model.predicted), [binary, model, code, threshold]);
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
    positive: code,
    setPositive,
    binary,
    threshold,
    setThreshold,
    n,
    scored,
    predicted,
    pick,
    setPick,
  };
}
