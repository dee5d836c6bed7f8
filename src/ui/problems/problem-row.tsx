/** One problem: where, what, what next, with Go to and Fix; raw text only under Details. */
import type { Problem } from '../../base/problem.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { nodeTitle } from '../state/edits.ts';
import { useDocument, useRun, useSession } from '../state/session.ts';
import { canFix, fixProblem } from './fix-problem.ts';
import { goToProblem } from './go-to-problem.ts';
import { rowsAtFault } from './listed-problems.ts';
import { showRows } from './show-rows.ts';

interface Props {
  problem: Problem;
  /** Going there closes what the row stands in. */
  onLeave?: () => void;
  /** The row stands at its place already. */
  here?: boolean;
}

export function ProblemRow({ problem, onLeave, here }: Props) {
  const t = useText();
  const session = useSession();
  const node = useDocument(({ document }) => (problem.at.node ? document.nodes[problem.at.node] : undefined));
  const { message, hint, fix } = problemText(problem);
  const rows = rowsAtFault(problem);
  const hasTable = useRun(({ steps }) =>
    Object.values(steps[problem.at.node ?? '']?.outputs ?? {}).some((value) => value.type === 'table'),
  );
  return (
    <li className={`mr-problem is-${problem.severity}`}>
      <Icon name={problem.severity === 'error' ? 'failed' : problem.severity === 'warning' ? 'warning' : 'info'} />
      <div className="mr-problem-text">
        <p>
          {node ? <span className="mr-problem-place">{nodeTitle(node)}: </span> : null}
          {message}
        </p>
        <p>{hint}</p>
      </div>
      <div className="mr-problem-buttons">
        {canFix(problem) ? (
          <Button
            onClick={() => {
              fixProblem(session, problem);
              onLeave?.();
            }}
          >
            {fix}
          </Button>
        ) : null}
        {rows.length > 0 && hasTable ? (
          <Button
            look="subtle"
            onClick={() => {
              onLeave?.();
              goToProblem(session, problem);
              showRows(session, problem.at.node ?? '', rows);
            }}
          >
            {t('inspect.show-rows', { count: rows.length })}
          </Button>
        ) : null}
        {!here && (problem.at.node || problem.at.wire) ? (
          <Button
            look="subtle"
            onClick={() => {
              onLeave?.();
              goToProblem(session, problem);
            }}
          >
            {t('designer.problem.go-to')}
          </Button>
        ) : null}
      </div>
      {problem.details ? (
        <details>
          <summary>{t('designer.problem.details')}</summary>
          <pre>{problem.details}</pre>
        </details>
      ) : null}
    </li>
  );
}
