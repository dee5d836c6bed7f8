/** Doing what a problem's fix button says: small edits here, everything else is a command by the same name. */
import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import { kindName } from '../../base/words.ts';
import type { FileRef } from '../../kind/params.ts';
import { commandOf } from '../commands/all-commands.ts';
import { keptWords } from '../i18n/words-text.ts';
import { remove, setParam } from '../state/edits.ts';
import { importAgain } from '../state/import-data.ts';
import { kindOf, valuesOf } from '../state/kinds.ts';
import type { Session } from '../state/session.ts';
import { goToProblem } from './go-to-problem.ts';

type Args = Record<string, Json>;
type Fix = (session: Session, args: Args, problem: Problem) => void;

function setOne(session: Session, node: string, param: string, value: Json): void {
  const { document } = session.documents.getState();
  if (document.nodes[node]) session.documents.edit({ ...setParam(document, node, param, value), merge: undefined });
}

/** Replaces a column's name wherever it stands in a parameter's value. */
const swapName = (value: Json, from: string, to: string): Json => {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => swapName(item, from, to));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, swapName(item, from, to)]));
  return value;
};

const FIXES: Record<string, Fix> = {
  'set-param': (session, args, problem) =>
    setOne(session, String(args.node ?? problem.at.node ?? ''), String(args.param ?? problem.at.param ?? ''), args.value ?? null),
  'remove-wire': (session, args, problem) => {
    const id = String(args.wire ?? problem.at.wire ?? '');
    const { document } = session.documents.getState();
    if (document.wires[id]) session.documents.edit(remove(document, { wires: [id] }));
  },
  'replace-column': (session, args, problem) => {
    const id = String(args.node ?? problem.at.node ?? '');
    const param = String(args.param ?? problem.at.param ?? '');
    const node = session.documents.getState().document.nodes[id];
    const kind = kindOf(node?.kind ?? '');
    if (node && kind)
      setOne(
        session,
        id,
        param,
        swapName(valuesOf(node, kind)[param], String(args.from ?? problem.at.column ?? ''), String(args.to ?? '')),
      );
  },
  'import-again': (session, _args, problem) => {
    const { node = '', param = '' } = problem.at;
    const found = session.documents.getState().document.nodes[node];
    const kind = found && kindOf(found.kind);
    const ref = kind && (valuesOf(found, kind)[param] as unknown as FileRef | null);
    if (ref) void importAgain(session, ref, (fresh) => setOne(session, node, param, fresh as unknown as Json));
  },
  'allow-file': (session, args, problem) => {
    const { node } = problem.at;
    void session.backend.files?.allow(String(args.handle)).then((allowed) => {
      if (allowed && node) void session.run({ scope: { type: 'to', node } });
    });
  },
  'change-kind': (session, args, problem) => {
    const { document } = session.documents.getState();
    const node = document.nodes[String(args.node ?? problem.at.node ?? '')];
    const kind = kindOf(String(args.kind ?? ''));
    if (!node || !kind) return;
    const params = Object.fromEntries(Object.entries(node.params).filter(([id]) => id in kind.params));
    session.documents.edit({
      label: keptWords('designer.edit.change-kind', { title: kindName(kind) }),
      changes: [{ type: 'node', id: node.id, value: { ...node, kind: kind.id, version: kind.version, params } }],
    });
  },
};

/** Can the interface do this fix? Buttons are shown only then. */
export const canFix = (problem: Problem): boolean =>
  problem.fix !== undefined && (problem.fix.command in FIXES || commandOf(problem.fix.command) !== undefined);

export function fixProblem(session: Session, problem: Problem): void {
  if (!problem.fix) return;
  const fix = FIXES[problem.fix.command];
  if (fix) {
    fix(session, problem.fix.args ?? {}, problem);
    return;
  }
  goToProblem(session, problem);
  commandOf(problem.fix.command)?.run(session);
}
