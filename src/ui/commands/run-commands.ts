/** Commands of running: everything stale, to here, from here, forced, stop; and walking the problems. */
import type { RunRequest } from '../../engine/plan-types.ts';
import { goToNextProblem } from '../problems/go-to-problem.ts';
import { listedProblems } from '../problems/listed-problems.ts';
import type { Session } from '../state/session.ts';
import type { Command } from './command.ts';

const one = (session: Session): string | undefined => {
  const { nodes } = session.selection.getState();
  return nodes.length === 1 && session.documents.getState().document.nodes[nodes[0]] ? nodes[0] : undefined;
};
const needsNode = (session: Session) => (session.runs.isRunning() ? 'running' : one(session) ? undefined : 'choose-one');
const canRun = (session: Session) =>
  session.runs.isRunning() ? 'running' : Object.keys(session.documents.getState().document.nodes).length === 0 ? 'no-nodes' : undefined;
const noProblems = (session: Session) =>
  listedProblems(session.checks.getState().report, session.runs.getState()).length > 0 ? undefined : 'no-problems';

const all = (): RunRequest => ({ scope: { type: 'all' } });
const again = (): RunRequest => ({ ...all(), regenerate: true });
const at =
  (type: 'to' | 'from') =>
  (session: Session): RunRequest => ({ scope: { type, node: one(session) ?? '' } });

export const runCommands: readonly Command[] = [
  { id: 'run', group: 'run', icon: 'play', keys: ['Mod+Enter'], blocked: canRun, previews: all, run: (s) => void s.run(all()) },
  {
    id: 'run-to',
    group: 'run',
    icon: 'play',
    keys: ['R'],
    on: 'canvas',
    blocked: needsNode,
    previews: at('to'),
    run: (s) => void s.run(at('to')(s)),
  },
  {
    id: 'run-from',
    group: 'run',
    keys: ['Shift+R'],
    on: 'canvas',
    blocked: needsNode,
    previews: at('from'),
    run: (s) => void s.run(at('from')(s)),
  },
  { id: 'run-again', group: 'run', blocked: canRun, previews: again, run: (s) => void s.run(again()) },
  {
    id: 'stop',
    group: 'run',
    icon: 'stop',
    keys: ['Mod+.'],
    blocked: (s) => (s.runs.isRunning() ? undefined : 'not-running'),
    run: (s) => void s.stop(),
  },
  { id: 'next-problem', group: 'run', icon: 'failed', keys: ['F8'], blocked: noProblems, run: (s) => goToNextProblem(s, 1) },
  { id: 'previous-problem', group: 'run', keys: ['Shift+F8'], blocked: noProblems, run: (s) => goToNextProblem(s, -1) },
];
