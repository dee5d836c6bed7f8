/** What a step said while it ran: the problem that stopped it, notes beside its success, its log. */
import type { Problem } from '../../base/problem.ts';
import type { Words } from '../../base/words.ts';
import { useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Panel, Panels, ProblemNote, Quiet } from './panel.tsx';
import style from './results.module.css';

interface Props {
  problem?: Problem;
  notes: readonly Problem[];
  log: readonly Words[];
}

export function LogView({ problem, notes, log }: Props) {
  const t = useText();
  const problems = problem ? [problem, ...notes] : notes;
  if (problems.length === 0 && log.length === 0) return <Quiet title={t('results.log.empty')} />;
  return (
    <Panels>
      {problems.length > 0 ? (
        <Panel title={t('results.log.notes', { count: problems.length })} width={460}>
          {problems.map((note, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes are said in order and never move
            <ProblemNote key={`${note.code} ${i}`} problem={note} />
          ))}
          {problem?.details ? (
            <details>
              <summary>{t('results.log.details')}</summary>
              <pre className={style.log}>{problem.details}</pre>
            </details>
          ) : null}
        </Panel>
      ) : null}
      {log.length > 0 ? (
        <Panel title={t('results.log.title')} aside={t('results.log.lines', { count: log.length })}>
          <pre className={style.log}>{log.map(wordsText).join('\n')}</pre>
        </Panel>
      ) : null}
    </Panels>
  );
}
