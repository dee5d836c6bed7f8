/** Doing what a problem's fix button says: small edits here, everything else is a command by the same name. */
import { canonical, type Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import { kindName, type Words } from '../../base/words.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { FileRef } from '../../kind/params.ts';
import { commandOf } from '../commands/all-commands.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { addBefore, fitsBefore, isBefore, type StepBefore } from '../state/add-before.ts';
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

const paramsOf = (args: Args): [string, Json][] => Object.entries(args.params as Record<string, Json>);
const stepOf = (args: Args): StepBefore => args as unknown as StepBefore;
const labelOf = ({ fix, said }: Problem): Words => said?.fix ?? fix?.label ?? '';

const FIXES: Record<string, Fix> = {
  'set-param': (session, args, problem) =>
    setOne(session, String(args.node ?? problem.at.node ?? ''), String(args.param ?? problem.at.param ?? ''), args.value ?? null),
  'set-params': (session, args, problem) => {
    const id = problem.at.node ?? '';
    const { document } = session.documents.getState();
    if (!document.nodes[id]) return;
    const changes = paramsOf(args).flatMap(([param, value]) => setParam(document, id, param, value).changes);
    announce(wordsText(labelOf(problem)));
    session.documents.edit({ label: labelOf(problem), changes });
  },
  'add-before': (session, args, problem) => {
    const id = problem.at.node ?? '';
    const made = addBefore(session.documents.getState().document, id, stepOf(args));
    if (!made || !session.documents.edit(made.edit)) return;
    announce(wordsText(made.edit.label));
    session.canvas.port.reveal(made.id, false);
  },
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

/** Whether a fix that an answer of long ago offers still has its place in the pipeline. */
export const canDoFix = (document: PipelineDocument, { fix, at }: Problem): boolean =>
  fix?.command === 'add-before'
    ? fitsBefore(document, at.node ?? '', stepOf(fix.args ?? {}))
    : at.node !== undefined && at.node in document.nodes;

/** Whether the pipeline is as the fix would make it. */
export function doneFix(document: PipelineDocument, { fix, at }: Problem): boolean {
  const node = document.nodes[at.node ?? ''];
  const kind = node && kindOf(node.kind);
  if (!fix?.args || !node || !kind) return false;
  if (fix.command === 'add-before') return isBefore(document, node.id, stepOf(fix.args));
  const values = valuesOf(node, kind);
  return paramsOf(fix.args).every(([param, value]) => canonical(values[param] ?? null) === canonical(value));
}

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
