/** A button that becomes a field: gives a version a name, by which it is kept for good. */
import { useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { useSession } from '../state/session.ts';

export function NameVersion({ ask, now = '', onName }: { ask: string; now?: string; onName: (label: string) => Promise<void> }) {
  const t = useText();
  const session = useSession();
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const keep = async () => {
    const label = draft?.trim();
    const held = session.writing.held();
    setProblem(held);
    if (!label || held) return;
    try {
      await onName(label);
      setDraft(undefined);
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  if (draft === undefined)
    return (
      <Button look="subtle" icon="edit" onClick={() => setDraft(now)}>
        {ask}
      </Button>
    );
  return (
    <form
      className="mr-version-name"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: naming was asked for just now
        autoFocus
        className="mr-input"
        aria-label={t('versions.name-label')}
        placeholder={t('versions.name-placeholder')}
        maxLength={80}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.stopPropagation();
          setDraft(undefined);
          setProblem(undefined);
        }}
      />
      <Button type="submit" disabled={draft.trim() === ''}>
        {t('versions.keep')}
      </Button>
      {problem ? <p className="mr-versions-refused">{problemText(problem).message}</p> : null}
    </form>
  );
}
