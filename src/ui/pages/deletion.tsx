/** Soft deletion with its undo in place: what was removed last stays offered until it is restored, dismissed or followed by another. */
import { useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { RegistryItem } from '../../host/protocol.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { Button, IconButton } from '../kit/button.tsx';
import { useBackend } from '../state/backend.tsx';
import style from './page.module.css';

export interface Deletion {
  /** `title` is what people call it: "titanic, version 2". */
  remove: (item: RegistryItem, title: string) => Promise<void>;
  /** To be placed once in the page. */
  bar: React.ReactNode;
}

export function useDeletion(): Deletion {
  const t = useText();
  const backend = useBackend();
  const [last, setLast] = useState<{ item: RegistryItem; title: string }>();
  const [problem, setProblem] = useState<Problem>();
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  const remove = (item: RegistryItem, title: string) =>
    attempt(async () => {
      await backend.remove(item);
      setLast({ item, title });
      announce(t('pages.deleted', { title }));
    });
  const restore = () =>
    attempt(async () => {
      if (!last) return;
      await backend.restore(last.item);
      announce(t('pages.restored', { title: last.title }));
      setLast(undefined);
    });
  const bar =
    problem || last ? (
      <div className={style.undo}>
        <span>{problem ? problemText(problem).message : t('pages.deleted', { title: last?.title ?? '' })}</span>
        {last && !problem ? (
          <Button look="subtle" icon="undo" onClick={restore}>
            {t('pages.undo')}
          </Button>
        ) : null}
        <IconButton
          icon="close"
          label={t('pages.dismiss')}
          onClick={() => {
            setLast(undefined);
            setProblem(undefined);
          }}
        />
      </div>
    ) : null;
  return { remove, bar };
}
