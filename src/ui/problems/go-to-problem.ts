/** Problems in the order they are walked, and going to the place of one. */
import type { Problem } from '../../base/problem.ts';
import type { Report } from '../../engine/plan-types.ts';
import type { RunState } from '../state/run-store.ts';
import type { Session } from '../state/session.ts';

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

/** Of the check, of leaks, and of nodes that failed as they are now; worst first, one per place and code. */
export function listedProblems(report: Report, runs: RunState): Problem[] {
  const intents = new Map(report.plan.map((step) => [step.node, step.intent]));
  const failed = Object.entries(runs.steps).flatMap(([node, step]) =>
    step.problem && step.state === 'failed' && intents.get(node) === step.intent
      ? [{ ...step.problem, at: { ...step.problem.at, node } }]
      : [],
  );
  const leaks = report.badges.flatMap((badge) => (badge.type === 'leak' && badge.problem ? [badge.problem] : []));
  const seen = new Set<string>();
  return [...report.problems, ...failed, ...leaks]
    .filter((p) => {
      const key = JSON.stringify([p.code, p.at]);
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

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
}
