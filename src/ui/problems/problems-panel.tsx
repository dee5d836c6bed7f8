/** All problems of the pipeline in one list, worst first. */
import { useText } from '../i18n/text.ts';
import { Modal } from '../kit/modal.tsx';
import { useCheck, useRun } from '../state/session.ts';
import { listedProblems, problemKey } from './listed-problems.ts';
import { ProblemRow } from './problem-row.tsx';

export function ProblemsPanel({ onClose }: { onClose: () => void }) {
  const t = useText();
  const report = useCheck((s) => s.report);
  const runs = useRun((s) => s);
  const problems = listedProblems(report, runs);
  return (
    <Modal title={t('designer.command.problems')} onClose={onClose} wide>
      <div className="mr-modal-scroll">
        {problems.length === 0 ? (
          <p className="mr-dim">{t('designer.problem.none')}</p>
        ) : (
          <ul>
            {problems.map((problem) => (
              <ProblemRow key={problemKey(problem)} problem={problem} onLeave={onClose} />
            ))}
          </ul>
        )}
        <p className="mr-dim">{t('designer.problem.keys')}</p>
      </div>
    </Modal>
  );
}
