/** Bringing an older version back: one edit, whole, with the pipeline's name and description; pure. */
import type { Words } from '../../base/words.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { restoreEdit } from '../pages/restore-document.ts';

export function restoreVersion(now: PipelineDocument, then: PipelineDocument, label: Words): Edit {
  const edit = restoreEdit(now, then, label);
  const fields = (['name', 'description'] as const).filter((field) => now[field] !== then[field]);
  return { ...edit, changes: [...edit.changes, ...fields.map((field): Change => ({ type: 'field', field, value: then[field] ?? null }))] };
}
