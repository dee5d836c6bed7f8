/** Commands of running: everything stale, to here, from here, forced, stop; and walking the problems. */
import { translate } from '../i18n/text.ts';
import { announce } from '../kit/announcer.tsx';
import { goToProblem, listedProblems } from '../problems/go-to-problem.ts';
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

function step(session: Session, by: 1 | -1): void {
  const list = listedProblems(session.checks.getState().report, session.runs.getState());
  const { active } = session.selection.getState();
  const at = list.findIndex((p) => p.at.node === active);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
  if (!next) return;
  goToProblem(session, next);
  announce(translate('designer.say.problem', { message: next.message, hint: next.hint }));
}

export const runCommands: readonly Command[] = [
  { id: 'run', group: 'run', icon: 'play', keys: ['Mod+Enter'], blocked: canRun, run: (s) => void s.run({ scope: { type: 'all' } }) },
  {
    id: 'run-to',
    group: 'run',
    icon: 'play',
    keys: ['R'],
    on: 'canvas',
    blocked: needsNode,
    run: (s) => void s.run({ scope: { type: 'to', node: one(s) ?? '' } }),
  },
  {
    id: 'run-from',
    group: 'run',
    keys: ['Shift+R'],
    on: 'canvas',
    blocked: needsNode,
    run: (s) => void s.run({ scope: { type: 'from', node: one(s) ?? '' } }),
  },
  { id: 'run-again', group: 'run', blocked: canRun, run: (s) => void s.run({ scope: { type: 'all' }, regenerate: true }) },
  {
    id: 'stop',
    group: 'run',
    icon: 'stop',
    keys: ['Mod+.'],
    blocked: (s) => (s.runs.isRunning() ? undefined : 'not-running'),
    run: (s) => void s.stop(),
  },
  { id: 'next-problem', group: 'run', icon: 'failed', keys: ['F8'], blocked: noProblems, run: (s) => step(s, 1) },
  { id: 'previous-problem', group: 'run', keys: ['Shift+F8'], blocked: noProblems, run: (s) => step(s, -1) },
];
