/** One question to the backend as React state: the last answer stays while the next one is on its way, late answers are dropped. */
import { useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';

export interface Answer<T> {
  value?: T;
  problem?: Problem;
  waiting: boolean;
}

/** Asks again when `key` changes; the key names all that the answer depends on. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ waiting: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    let current = true;
    setAnswer((last) => ({ value: last.value, waiting: true }));
    ask().then(
      (value) => current && setAnswer({ value, waiting: false }),
      (error) => current && setAnswer({ problem: toProblem(error), waiting: false }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return answer;
}
