/** Puts a registered dataset on the canvas of the open pipeline, below what is there, and goes to it. */
import type { Kind } from '../../kind/kind.ts';
import { addNode } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { freePlace } from './free-place.ts';

/** The id of a kind's parameter that names a dataset. */
const datasetParam = (kind: Kind): string | undefined =>
  Object.entries(kind.params).find(([, param]) => param.type === 'catalogue' && param.of === 'dataset')?.[0];

export function placeDataset(session: Session, name: string, version: number): void {
  const kind = kindOf('data.registered-dataset');
  const param = kind && datasetParam(kind);
  if (!kind || !param) return;
  const { document } = session.documents.getState();
  const params = { [param]: name, ...('version' in kind.params ? { version: String(version) } : {}) };
  const { edit, id } = addNode(document, kind, freePlace(document), params);
  session.documents.edit(edit);
  session.selection.getState().select({ nodes: [id] });
  go('designer');
}
