/** Reads a `.millrace-model` package from disk into the registry and opens it. */
import { useRef, useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { useBackend } from '../state/backend.tsx';
import { go } from '../state/route.ts';
import style from './model-detail.module.css';

export function ImportModel() {
  const t = useText();
  const backend = useBackend();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem>();
  const read = async (file: File | undefined) => {
    if (!file) return;
    setProblem(undefined);
    try {
      const { name, version } = await backend.importModelPackage(new Uint8Array(await file.arrayBuffer()));
      go('models', name, version);
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  return (
    <>
      {problem ? (
        <span role="alert" className={style.alert}>
          {problemText(problem).message}
        </span>
      ) : null}
      <Button icon="upload" onClick={() => input.current?.click()}>
        {t('pages.models.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".millrace-model"
        hidden
        aria-label={t('pages.models.import')}
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </>
  );
}
