/** Files, pasted text, links and samples become a source node on the canvas; what was seen in the file is kept for the forms. */

import type { Json } from '../../base/json.ts';
import { type Problem, ProblemError, toProblem } from '../../base/problem.ts';
import type { FileRef } from '../../kind/params.ts';
import type { Sniff } from '../../table/sniff.ts';
import { translate, translateToEnglish } from '../i18n/text.ts';
import { keptWords, problemText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { addNode } from './edits.ts';
import { sampleKey } from './file-facts.ts';
import { kindOf } from './kinds.ts';
import { freePlace, NODE_HEIGHT, NODE_WIDTH, type Point } from './node-geometry.ts';
import type { Session } from './session.ts';

/** Adds the source node, chosen, at `at` or in the middle of what is seen. */
function addSource(session: Session, kindId: string, params: Record<string, Json>, title: string, at?: Point): string | undefined {
  const kind = kindOf(kindId);
  if (!kind) return undefined;
  const { document } = session.documents.getState();
  const nodes = Object.values(document.nodes);
  const middle = at ?? (nodes.length > 0 ? session.canvas.port.centre() : { x: 400, y: 80 });
  const place = freePlace(
    nodes.map((node) => node.position),
    { x: middle.x - NODE_WIDTH / 2, y: middle.y - NODE_HEIGHT / 2 },
  );
  const { edit, id } = addNode(document, kind, place, params, title);
  session.documents.edit({ ...edit, label: keptWords('designer.edit.import', { name: title }) });
  session.selection.getState().select({ nodes: [id] });
  // A page that has just begun may have been named before its language was there.
  const unnamed = [translate, translateToEnglish].some((say) => say('designer.untitled') === document.name);
  if (nodes.length === 0 && unnamed)
    session.documents.edit({
      label: keptWords('designer.edit.rename', { name: title }),
      changes: [{ type: 'field', field: 'name', value: title.replace(/\.[^.]+$/, '') }],
    });
  announce(translate('designer.say.imported', { name: title }));
  return id;
}

function keep(session: Session, { ref, sniff }: { ref: FileRef; sniff: Sniff }, at?: Point): string | undefined {
  session.files.keep(ref, sniff);
  const foreign = sniff.format === 'onnx' ? 'deliver.import-onnx' : 'data.file-import';
  const kind = kindOf(foreign);
  const param = kind && Object.keys(kind.params).find((id) => kind.params[id].type === 'file');
  return param ? addSource(session, foreign, { [param]: ref as unknown as Json }, ref.name, at) : undefined;
}

async function guarded(session: Session, work: () => Promise<string | undefined>): Promise<string | undefined> {
  session.panels.getState().set({ importing: true, importProblem: undefined });
  try {
    return await work();
  } catch (error) {
    const problem: Problem = toProblem(error);
    session.panels.getState().set({ importProblem: problem });
    announce(problemText(problem).message);
    return undefined;
  } finally {
    session.panels.getState().set({ importing: false });
  }
}

/** A file is kept whole: said before it is read when there is no room for it. */
async function mustFit(session: Session, name: string, bytes: number): Promise<void> {
  const refusal = await session.room.refusal(name, bytes);
  if (refusal) throw new ProblemError(refusal);
}

export const importBytes = (session: Session, name: string, bytes: Uint8Array, at?: Point): Promise<string | undefined> =>
  guarded(session, async () => {
    await mustFit(session, name, bytes.length);
    return keep(session, await session.backend.importFile(name, bytes), at);
  });

const importOne = (session: Session, file: File, at?: Point): Promise<string | undefined> =>
  guarded(session, async () => {
    await mustFit(session, file.name, file.size);
    const answer = await session.backend.importFile(file.name, new Uint8Array(await file.arrayBuffer()));
    session.backend.files?.remember(file, answer.ref.digest);
    return keep(session, answer, at);
  });

/** The files of a drop; where the browser gives a way back to them on disk, it is remembered. To be called while the event is handled. */
export const droppedFiles = (session: Session, data: DataTransfer): File[] => session.backend.files?.dropped(data) ?? [...data.files];

/** Reads a reference as it is now and hands on the new one. */
export const importAgain = (session: Session, ref: FileRef, done: (fresh: FileRef) => void): Promise<string | undefined> =>
  guarded(session, async () => {
    const answer = await session.backend.importAgain(ref);
    session.files.keep(answer.ref, answer.sniff);
    done(answer.ref);
    return undefined;
  });

export const importFiles = async (session: Session, files: readonly File[], at?: Point): Promise<void> => {
  for (const [i, file] of files.entries()) {
    const place = at && { x: at.x + i * 24, y: at.y + i * 24 };
    await importOne(session, file, place);
  }
};

export const importUrl = (session: Session, url: string): Promise<string | undefined> =>
  guarded(session, async () => keep(session, await session.backend.importUrl(url)));

/** A sample as a node of its own; the sample's parameter is its catalogue parameter. */
export function importSample(session: Session, name: string, title: string): string | undefined {
  const kind = kindOf('data.sample');
  // Only for a look at its first rows: without it the offer says less.
  session.backend.sampleSniff(name).then(
    (sniff) => session.files.keep({ digest: sampleKey(name) }, sniff),
    () => undefined,
  );
  const param = kind && Object.keys(kind.params).find((id) => kind.params[id].type === 'catalogue');
  return param ? addSource(session, 'data.sample', { [param]: name }, title) : undefined;
}

/** The system's file picker. */
export function browse(session: Session): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.csv,.tsv,.txt,.tab,.dat,.json,.ndjson,.jsonl,.parquet,.xlsx,.gz,.onnx';
  input.addEventListener('change', () => void importFiles(session, [...(input.files ?? [])]));
  input.click();
}
