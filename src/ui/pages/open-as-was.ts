/** Brings a run's pipeline back on the canvas as it was; the way back is one undo. */
import type { PipelineDocument } from '../../engine/document.ts';
import type { RunRecord } from '../../registry/records.ts';
import { translate } from '../i18n/text.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { restoreEdit } from './restore-document.ts';

export async function openAsItWas(session: Session, run: RunRecord): Promise<void> {
  const then = JSON.parse(run.document) as PipelineDocument;
  if (session.documents.getState().document.id !== then.id) {
    if (!(await session.openStored(then.id))) await session.open(then);
  }
  const now = session.documents.getState().document;
  session.documents.edit(restoreEdit(now, then, translate('pages.runs.openedAsWas', { number: run.number })));
  go('designer');
}
