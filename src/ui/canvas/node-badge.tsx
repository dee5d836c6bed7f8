/** The pills on a node's corner: *Refit* explains, *Leak* names rule and column and offers the fix, warnings open where they stand. */
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Icon } from '../kit/icon.tsx';
import { canFix, fixProblem } from '../problems/fix-problem.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { listedProblems } from '../problems/listed-problems.ts';
import { useCheck, useSession } from '../state/session.ts';

export function NodeBadge({ id, type, text }: { id: string; type: 'refit' | 'leak'; text: string }) {
  const t = useText();
  const session = useSession();
  const problem = useCheck(({ report }) => report.badges.find((badge) => badge.node === id && badge.type === type)?.problem);
  const explain = (event: React.MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const fixes =
      problem?.fix && canFix(problem)
        ? [{ id: 'fix', label: problemText(problem).fix ?? '', run: () => fixProblem(session, problem) }]
        : [];
    session.panels.getState().set({ refusal: { at: { x: box.left, y: box.bottom + 6 }, message: text, fixes } });
  };
  return (
    <button type="button" tabIndex={-1} className={`mr-badge mr-badge-${type} nodrag`} title={text} onClick={explain}>
      <Icon name={type} size={12} />
      {t(`designer.badge.${type}`)}
    </button>
  );
}

/** Number of warnings; a press leads to the first one, in the inspector, where all of them stand. */
export function WarningBadge({ id, count, text }: { id: string; count: number; text: string }) {
  const t = useText();
  const session = useSession();
  const open = (event: React.MouseEvent) => {
    event.stopPropagation();
    const all = listedProblems(session.checks.getState().report, session.runs.getState());
    const first = all.find((found) => found.severity === 'warning' && found.at.node === id);
    if (first) goToProblem(session, first);
  };
  return (
    <button type="button" tabIndex={-1} className="mr-badge mr-badge-warning nodrag" title={text} onClick={open}>
      <Icon name="warning" size={12} />
      {t('designer.badge.warning', { count })}
    </button>
  );
}
