/** The other columns of judged rows, fetched by row number as they come into view, 100 at a time. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RowsById } from '../../host/protocol.ts';
import type { Cell } from '../../table/column.ts';
import { useBackend } from '../state/backend.tsx';
import { PAGE } from './use-pages.ts';

export interface JoinedRows {
  /** Cells of the row at this place; null when the table has no such row, undefined while it is on its way. */
  cellsAt: (index: number) => readonly Cell[] | null | undefined;
  want: (from: number, to: number) => void;
}

export function useJoinedRows(digest: string | undefined, ids: Int32Array): JoinedRows {
  const backend = useBackend();
  const pages = useRef(new Map<number, RowsById['rows'] | 'asked'>());
  const [, setTurn] = useState(0);
  const current = useRef({ digest, ids });
  useEffect(() => {
    current.current = { digest, ids };
    pages.current = new Map();
    setTurn((n) => n + 1);
  }, [digest, ids]);
  const want = useCallback(
    (from: number, to: number) => {
      const asked = current.current;
      if (asked.digest !== digest || asked.ids !== ids || digest === undefined) return;
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) {
        if (pages.current.has(page) || page * PAGE >= ids.length) continue;
        pages.current.set(page, 'asked');
        backend.rowsById(digest, ids.slice(page * PAGE, (page + 1) * PAGE)).then(
          ({ rows }) => {
            if (current.current !== asked) return;
            pages.current.set(page, rows);
            setTurn((n) => n + 1);
          },
          // The list is there without them.
          () => undefined,
        );
      }
    },
    [backend, digest, ids],
  );
  return {
    want,
    cellsAt: (index) => {
      const page = pages.current.get(Math.floor(index / PAGE));
      return page === undefined || page === 'asked' ? undefined : page[index % PAGE];
    },
  };
}
