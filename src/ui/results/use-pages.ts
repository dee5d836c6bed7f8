/** Pages of 100 rows, fetched as they come into view and kept while the request (digest, order, filter) is the same. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { PageRequest, TablePage } from '../../host/protocol.ts';
import { useBackend } from '../state/backend.tsx';

export const PAGE = 100;
/** Pages kept behind; 2,000 rows around the view are plenty to scroll without holes. */
const KEPT = 20;

export interface Pages {
  total: number;
  /** Undefined until the first page is here. */
  first?: TablePage;
  problem?: Problem;
  rowAt: (index: number) => { id: number; cells: TablePage['rows'][number] } | undefined;
  /** Makes sure that rows `from` to `to` are or will be here. */
  want: (from: number, to: number) => void;
}

export function usePages(request: Pick<PageRequest, 'digest' | 'sort' | 'filter' | 'rows'>): Pages {
  const backend = useBackend();
  const key = JSON.stringify([request.digest, request.sort, request.filter, request.rows]);
  const pages = useRef(new Map<number, TablePage | 'asked'>());
  const current = useRef(key);
  const [, setTurn] = useState(0);
  const [head, setHead] = useState<{ key: string; first?: TablePage; problem?: Problem }>({ key });

  const ask = useCallback(
    (page: number) => {
      if (pages.current.has(page)) return;
      pages.current.set(page, 'asked');
      const asked = current.current;
      backend.tablePage({ ...request, from: page * PAGE, count: PAGE }).then(
        (answer) => {
          if (current.current !== asked) return;
          pages.current.set(page, answer);
          if (pages.current.size > KEPT) {
            const [oldest] = [...pages.current.keys()].filter((n) => n !== page && n !== 0);
            if (oldest !== undefined) pages.current.delete(oldest);
          }
          if (page === 0) setHead({ key: asked, first: answer });
          setTurn((n) => n + 1);
        },
        (error) => current.current === asked && setHead({ key: asked, problem: toProblem(error) }),
      );
    },
    [backend, request],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the request
  useEffect(() => {
    current.current = key;
    pages.current = new Map();
    ask(0);
  }, [key]);

  return {
    total: head.first?.total ?? 0,
    first: head.first,
    problem: head.key === key ? head.problem : undefined,
    rowAt: (index) => {
      const page = pages.current.get(Math.floor(index / PAGE));
      if (!page || page === 'asked') return undefined;
      const at = index % PAGE;
      return page.rows[at] ? { id: page.rowIds[at], cells: page.rows[at] } : undefined;
    },
    want: (from, to) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) ask(page);
    },
  };
}
