/** Going to the place of a problem: its node or wire on the canvas, its setting in the inspector; and walking from one to the next. */
import type { Problem } from '../../base/problem.ts';
import { translate } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import type { Session } from '../state/session.ts';
import { listedProblems, problemKey, stepProblem } from './listed-problems.ts';

export function goToProblem(session: Session, problem: Problem): void {
  const { node, wire, param } = problem.at;
  const { document } = session.documents.getState();
  if (node && document.nodes[node]) {
    session.selection.getState().select({ nodes: [node] });
    session.canvas.port.reveal(node, !param);
    session.panels.getState().set({ inspectorOpen: true, inspectorTab: 'settings', focusParam: param ? { node, param } : undefined });
  } else if (wire && document.wires[wire]) {
    session.selection.getState().select({ wires: [wire] });
    session.canvas.port.reveal(document.wires[wire].to.node);
  }
  session.panels.getState().set({ lastProblem: problemKey(problem) });
}

/** `F8` and `Shift+F8`. */
export function goToNextProblem(session: Session, by: 1 | -1): void {
  const list = listedProblems(session.checks.getState().report, session.runs.getState());
  const next = stepProblem(list, by, session.panels.getState().lastProblem, session.selection.getState().active);
  if (!next) return;
  goToProblem(session, next);
  announce(translate('designer.say.problem', { ...problemText(next) }));
}
