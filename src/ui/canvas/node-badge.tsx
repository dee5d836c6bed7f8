/** The pill on a node's corner: *Refit* explains, *Leak* names rule and column and offers the fix. */
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Icon } from '../kit/icon.tsx';
import { canFix, fixProblem } from '../problems/fix-problem.ts';
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
